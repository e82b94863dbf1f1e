import { UserError } from "../../errors";
import { applyRollout, commitOf, Journal } from "../../rollout";
import { changedSince } from "../deployment/changed-since";
import { openBundle } from "../deployment/open-bundle";
import { Progress } from "../deployment/progress";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { lockedRun } from "../deployment/rollout-lock";
import { otherSource } from "../deployment/same-source";
import { enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { applyDocument } from "../documents/apply";
import { isPreview } from "../previews/standing";
import project from "../project";
import { type PromotionOptions, promotionOf, settled } from "../promotion/promotion";
import { BetweenWaves, type WaveOptions } from "../rollout/between-waves";
import { journalCopyOf } from "../rollout/journal-copy";

export interface ApplyOptions extends WaveOptions, PromotionOptions {
  /** Go on without a question. */
  readonly autoApprove?: boolean;
  /** Put the aliases of the last wave back instead of applying anything. */
  readonly wayBack?: boolean;
}

/** What a bundle was planned from is no longer what is here. */
export class MovedError extends UserError {
  override readonly name = "MovedError";
}

/** A bundle is of a preview, which would stand without an expiry. */
export class PreviewInBundleError extends UserError {
  override readonly name = "PreviewInBundleError";

  constructor(name: string) {
    super(`${name} is a preview, which nobody reviews; deploy it with npx evenkeel deploy ${name}, so that it expires`);
  }
}

/**
 * Applies a bundle that `plan` has written: exactly the plans that were reviewed, and where these were made on predicted outputs,
 * fresh ones that equal them but for the predicted values.
 * @returns exit code 0 when everything is applied, or taken back
 * @throws UnhealthyError where services are not healthy after a wave
 */
export async function apply(file: string, options: ApplyOptions): Promise<Outcome> {
  const bundle = await openBundle(file);
  const { about, digest, reviewed, foretold, unpack } = bundle;
  const name = about.environment;
  const environment = project.find(name);
  if (isPreview(environment)) throw new PreviewInBundleError(name);
  if (!options.autoApprove) checkSomebodyAnswers(`apply ${file}`);
  return lockedRun(environment, { verb: "apply", bundle: digest }, async (signal) => {
    const workplace = await enterWorkplace(environment, "apply");
    try {
      const parsed = environment.parse();
      const journalFile = `${workplace.output}.journal.jsonl`;
      const copy = journalCopyOf(parsed, digest);
      const journal = copy ? await Journal.open(journalFile, digest, copy) : new Journal(journalFile, digest);
      const waves = { file, environment: parsed, output: workplace.output, reviewed, journal, signal };
      const between = new BetweenWaves({ ...waves, ...options, waves: about.waves });
      const nothing = { environment: name, bundle: digest, stacks: [], takenBack: [], promotion: null, evidence: null };
      if (options.wayBack) {
        unpack(workplace.output);
        if (!options.autoApprove && (await ask(`Take the last wave of ${file} back? (yes, no) `, signal)) !== "yes") {
          return applyDocument.outcome(nothing, 1);
        }
        return applyDocument.outcome({ ...nothing, takenBack: [...(await between.wayBack())] });
      }
      const written = [file, options.evidence, options.writeEvidence].filter((path) => path !== undefined);
      const moved = [
        ...otherSource(about, await commitOf(process.cwd(), written)),
        ...changedSince(workplace.output, about.files),
      ];
      if (moved.length > 0) {
        throw new MovedError(
          [
            `${file} was planned from something else than what is here:`,
            ...moved.map((what) => `  ${what}`),
            "Nothing was applied. Check out what was planned, or plan again and have the new plan reviewed.",
          ].join("\n"),
        );
      }
      unpack(workplace.output);
      const { promotion: terms } = parsed.rollout;
      const promoted = terms && (await promotionOf(project.find(terms.from), terms, bundle, workplace.output, options));
      const promotion = promoted ? { ...promoted.report, checks: [...promoted.report.checks] } : null;
      if (promotion?.passed === false) return applyDocument.outcome({ ...nothing, promotion }, 1);
      await between.before();
      if (!options.autoApprove && (await ask(`Apply ${file} to ${name}? (yes, no) `, signal)) !== "yes") {
        return applyDocument.outcome({ ...nothing, promotion }, 1);
      }
      const progress = new Progress(workplace.stacks);
      const stacks = await applyRollout({
        output: workplace.output,
        env: {},
        environment: name,
        reviewed,
        foretold,
        untouched: about.untouched,
        journal,
        waves: about.waves,
        afterWave: (wave, changed) => between.after(wave, changed),
        signal,
        onEvent: progress.listener("looking at its state"),
      });
      const evidence = await settled(environment, bundle, workplace.output, promoted, options);
      return applyDocument.outcome({ ...nothing, stacks: [...stacks], promotion, evidence });
    } finally {
      workplace.leave();
    }
  });
}
