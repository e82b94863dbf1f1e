import { isAccount } from "../../config";
import { judgeDrift, planDrift, sortDrift } from "../../drift";
import { UserError } from "../../errors";
import { Progress } from "../deployment/progress";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { driftDocument } from "../documents/drift";
import { driftData } from "../drift/data";
import { closingSentence, issueMarker, issueText, issueTitle } from "../drift/issue-text";
import { type forges, issuesOf, keepIssue } from "../drift/issues";
import { interruptible } from "../interruptible";
import project from "../project";
import { runAddress } from "../review/github";

export interface DriftOptions {
  /** Comma-separated stacks, with or without the environment's name in front. */
  readonly stacks?: string;
  /** How many stacks to look at at once. */
  readonly concurrency?: number;
  /** Where to keep one issue open while there is drift. */
  readonly report?: (typeof forges)[number];
}

/**
 * Says what has changed in AWS beside Terraform, and who may have changed it. Nothing is applied, and no state is written.
 * @returns exit code 0 where all of it is meant or accepted; 2 where somebody has to look at something
 * @throws UserError for what cannot be reported, before anything is read
 */
export async function drift(name: string, options: DriftOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (isAccount(environment)) throw new UserError(`${name}: is an account; drift looks at environments`);
  if (options.report !== undefined && options.stacks !== undefined) {
    throw new UserError(
      "--report: the issue tells of all stacks, and would be closed by a look at some; leave --stacks out",
    );
  }
  const issues = options.report === undefined ? undefined : issuesOf(options.report, process.env);
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "drift");
    try {
      const { acceptedDrift } = environment.parse();
      const planned = await planDrift({
        output: workplace.output,
        env: {},
        environment: name,
        only: chosenStacks(name, workplace.stacks, options.stacks),
        concurrency: options.concurrency,
        signal,
        onEvent: new Progress(workplace.stacks).listener("reading"),
      });
      const sorted = sortDrift(planned.changes, planned.view);
      const data = driftData(name, planned, judgeDrift(sorted, acceptedDrift, planned.stacks));
      const run = runAddress(process.env);
      const told =
        issues && data.open > 0
          ? { title: issueTitle(name), body: issueText(data, { limit: issues.limit - 1, run }) }
          : undefined;
      const issue = issues ? await keepIssue(issues, issueMarker(name), told, closingSentence(name, run)) : null;
      return driftDocument.outcome({ ...data, issue }, data.open > 0 ? 2 : 0);
    } finally {
      workplace.leave();
    }
  });
}
