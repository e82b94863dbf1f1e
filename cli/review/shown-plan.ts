import { note } from "../note";
import { writtenFile } from "../written-file";
import { type Comments, commentsOf, putComment } from "./comments";
import {
  addOutputs,
  addSummary,
  annotations,
  failureAnnotation,
  runAddress,
  type StepFiles,
  stepFiles,
  stepOutputs,
  summaryBytesLeft,
} from "./github";
import { terraformReport } from "./gitlab";
import { failureSummary, type PlanData, rolloutSummary } from "./rollout-summary";

export interface ShowOptions {
  /** Whether this is a step of GitHub Actions: its summary, its outputs, and annotations. */
  readonly github?: boolean;
  /** File for GitLab's report. */
  readonly gitlab?: string;
  /** Whether to comment on the pull request or merge request. */
  readonly comment?: boolean;
  /** File for the summary as Markdown. */
  readonly summary?: string;
}

/** Shows a plan to the people and programs around a pipeline. */
export class ShownPlan {
  private readonly step: StepFiles | undefined;
  private readonly comments: Comments | undefined;
  private readonly run: string | undefined;

  /** @throws UserError if something that it needs is not there, before anything is planned */
  constructor(
    private readonly environment: string,
    private readonly options: ShowOptions,
    env: NodeJS.ProcessEnv,
  ) {
    this.run = runAddress(env);
    this.step = options.github ? stepFiles(env) : undefined;
    this.comments = options.comment ? commentsOf(env) : undefined;
    if (options.comment && !this.comments)
      note("No pull request or merge request is built here: nothing is commented.");
  }

  /** @throws CommentError if the comment could not be put; everything else is written then */
  async show(plan: PlanData): Promise<void> {
    const { gitlab, summary } = this.options;
    if (gitlab !== undefined) writtenFile(gitlab, `${JSON.stringify(terraformReport(plan))}\n`);
    if (summary !== undefined) writtenFile(summary, this.summaryOf(plan, Number.POSITIVE_INFINITY));
    if (this.step) {
      addSummary(this.step, this.summaryOf(plan, summaryBytesLeft(this.step)));
      addOutputs(this.step, stepOutputs(plan));
      // On standard error, which GitHub reads as well: standard output may be one document.
      for (const line of annotations(plan)) process.stderr.write(`${line}\n`);
    }
    if (this.comments) await putComment(this.comments, this.summaryOf(plan, this.comments.limit - 1));
  }

  /** Says that there is no plan, so that nobody takes the last one for it. */
  async failed(): Promise<void> {
    const text = failureSummary(this.environment, this.run);
    if (this.step) {
      addSummary(this.step, text);
      process.stderr.write(`${failureAnnotation(this.environment)}\n`);
    }
    if (this.comments) await putComment(this.comments, text).catch((error: unknown) => note(String(error)));
  }

  private summaryOf(plan: PlanData, limit: number): string {
    return rolloutSummary(plan, { limit, run: this.run });
  }
}
