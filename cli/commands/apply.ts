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
import project from "../project";
import { type PromotionOptions, promotionOf, settled } from "../promotion/promotion";

export interface ApplyOptions extends PromotionOptions {
  /** Go on without a question. */
  readonly autoApprove?: boolean;
}

/** What a bundle was planned from is no longer what is here. */
export class MovedError extends UserError {
  override readonly name = "MovedError";
}

/**
 * Applies a bundle that `plan` has written: exactly the plans that were reviewed, and where these were made on predicted outputs,
 * fresh ones that equal them but for the predicted values.
 * @returns exit code 0 when everything is applied
 */
export async function apply(file: string, options: ApplyOptions): Promise<Outcome> {
  const bundle = await openBundle(file);
  const { about, digest, reviewed, foretold, unpack } = bundle;
  const name = about.environment;
  const environment = project.find(name);
  if (!options.autoApprove) checkSomebodyAnswers(`apply ${file}`);
  return lockedRun(environment, { verb: "apply", bundle: digest }, async (signal) => {
    const workplace = await enterWorkplace(environment, "apply");
    try {
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
      const { promotion: terms } = environment.parse().rollout;
      const promoted = terms && (await promotionOf(project.find(terms.from), terms, bundle, workplace.output, options));
      const promotion = promoted?.report ? { ...promoted.report, checks: [...promoted.report.checks] } : null;
      const nothing = { environment: name, bundle: digest, stacks: [], promotion, evidence: null };
      if (promotion?.passed === false) return applyDocument.outcome(nothing, 1);
      if (!options.autoApprove && (await ask(`Apply ${file} to ${name}? (yes, no) `, signal)) !== "yes") {
        return applyDocument.outcome(nothing, 1);
      }
      const progress = new Progress(workplace.stacks);
      const stacks = await applyRollout({
        output: workplace.output,
        env: {},
        environment: name,
        reviewed,
        foretold,
        journal: new Journal(`${workplace.output}.journal.jsonl`, digest),
        signal,
        onEvent: progress.listener("looking at its state"),
      });
      const evidence = await settled(environment, bundle, workplace.output, promoted, options);
      return applyDocument.outcome({ ...nothing, stacks: [...stacks], evidence });
    } finally {
      workplace.leave();
    }
  });
}
