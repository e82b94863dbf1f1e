import { UserError } from "../../errors";
import { summarizePlans } from "../../gates";
import { screenOf } from "../../output";
import { applyDestruction, type CheckedReport, planDestruction, whereItRan } from "../../terraform";
import { Progress } from "../deployment/progress";
import { holdersIn, type ProtectedResource, protectedResources } from "../deployment/protected";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { lockedRun } from "../deployment/rollout-lock";
import { type RunOptions, runSafely } from "../deployment/run";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { destroyDocument } from "../documents/run";
import { note } from "../note";
import { isExpired } from "../previews/record";
import { standingPreview } from "../previews/standing";
import { enterRecorded } from "../previews/workplace";
import project from "../project";

/** Something that is protected from deletion still stands. */
export class ProtectedError extends UserError {
  override readonly name = "ProtectedError";

  constructor(environment: string, resources: readonly ProtectedResource[]) {
    const fields = [...new Set(resources.map(({ change }) => change))];
    super(
      [
        `${environment} is not destroyed: ${resources.length} of its resources are protected from deletion.`,
        ...resources.map(({ stack, address }) => `  ${stack}: ${address}`),
        `Change this in the file of ${environment}, deploy it, then destroy:`,
        "  disposable: true",
        ...fields.map((text) => `  ${text}`),
        "  acknowledgedRemovals, each with reason and expires:",
        ...resources.map(
          ({ stack, address }) => `    { stack: ${JSON.stringify(stack)}, address: ${JSON.stringify(address)} },`,
        ),
        `  ${whereItRan(process.env)}npx evenkeel deploy ${environment}`,
      ].join("\n"),
    );
  }
}

export interface DestroyOptions extends RunOptions {
  /** Does nothing to a preview that has not expired. */
  readonly ifExpired?: boolean;
}

/**
 * Destroys an environment: plans all stacks, refuses while anything is protected, asks for the environment's name, and applies
 * exactly those plans, each stack before those whose outputs it reads. Of a preview it destroys what was deployed, whatever is checked out.
 * @returns exit code 0 when everything is destroyed; 1 on a refusal or a failure; 128 + the signal's number after a signal
 */
export async function destroy(name: string, options: DestroyOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (!options.autoApprove) checkSomebodyAnswers(`destroy ${name}`);
  return lockedRun(environment, { verb: "destroy" }, async (signal) => {
    const preview = await standingPreview(environment);
    if (options.ifExpired && !(preview && isExpired(preview.record, new Date()))) {
      note(`${name} has not expired.`);
      return destroyDocument.outcome({ environment: name, complete: true, stacks: [], failure: null, runAgain: null });
    }
    const workplace = preview
      ? await enterRecorded(preview.environment, preview.record)
      : await enterWorkplace(environment, "destroy");
    try {
      const only = chosenStacks(name, workplace.stacks, options.stacks);
      const progress = new Progress([...workplace.stacks].reverse().filter(only));
      const { concurrency } = options;
      const driver = { output: workplace.output, env: {}, environment: name, only, signal, concurrency };
      let plans: CheckedReport[] = [];
      const run = async () => {
        plans = await planDestruction({ ...driver, onEvent: progress.listener("planning the destruction") });
        const resources = plans.flatMap(({ stack, plan }) =>
          protectedResources(stack, plan, () => holdersIn(environment)),
        );
        if (resources.length > 0) throw new ProtectedError(name, resources);
        if (!plans.some(({ changes }) => changes.length > 0)) note(`Nothing of ${name} stands.`);
        else if (!(await consents(name, plans, options, signal))) return plans;
        return applyDestruction({ ...driver, onEvent: progress.listener("destroying") }, plans);
      };
      const end = await runSafely(progress, { verb: "destroy", environment: name, options, signal }, run);
      if (end.complete && options.stacks === undefined) await preview?.forget();
      return destroyDocument.outcome({ environment: name, ...end }, end.complete ? 0 : 1);
    } finally {
      workplace.leave();
    }
  });
}

async function consents(
  name: string,
  plans: readonly CheckedReport[],
  options: RunOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const all = plans.map(({ plan }) => plan);
  note(summarizePlans(all, screenOf(process.stderr)));
  if (options.autoApprove) return true;
  const answer = await ask(
    `All of this is destroyed, and its data is lost. Type the environment's name to go on: `,
    signal,
  );
  if (answer === name) return true;
  note(
    answer === undefined
      ? "\nThere was no answer; nothing was destroyed."
      : `"${answer}" is not "${name}"; nothing was destroyed.`,
  );
  return false;
}
