import { UserError } from "../../errors";
import { applyRollout, commitOf, Journal, readBundle } from "../../rollout";
import { changedSince } from "../deployment/changed-since";
import { Progress } from "../deployment/progress";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { applyDocument } from "../documents/apply";
import { interruptible } from "../interruptible";
import project from "../project";

export interface ApplyOptions {
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
  const { about, digest, reviewed, foretold, unpack } = readBundle(file);
  const name = about.environment;
  const environment = project.findDeployable(name);
  if (!options.autoApprove) checkSomebodyAnswers(`apply ${file}`);
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "apply");
    try {
      const { commit } = await commitOf(process.cwd());
      const moved = [
        ...(commit === about.commit
          ? []
          : [`the commit: planned at ${about.commit ?? "none"}, here is ${commit ?? "none"}`]),
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
      if (!options.autoApprove && (await ask(`Apply ${file} to ${name}? (yes, no) `, signal)) !== "yes") {
        return applyDocument.outcome({ environment: name, bundle: digest, stacks: [] }, 1);
      }
      const progress = new Progress(workplace.stacks);
      const stacks = await applyRollout({
        output: workplace.output,
        env: {},
        environment: name,
        reviewed,
        foretold,
        untouched: about.untouched,
        journal: new Journal(`${workplace.output}.journal.jsonl`, digest),
        signal,
        onEvent: progress.listener("looking at its state"),
      });
      return applyDocument.outcome({ environment: name, bundle: digest, stacks: [...stacks] });
    } finally {
      workplace.leave();
    }
  });
}
