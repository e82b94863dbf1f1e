import { DeploymentError, type StackProgress, type StackReport, whereItRan } from "../../terraform";
import { note } from "../note";
import type { Progress, StackRow } from "./progress";

/** Options that deployments and destructions have in common. */
export interface RunOptions {
  /** Go on without a question. */
  readonly autoApprove?: boolean;
  /** Comma-separated stacks, with or without the environment's name in front. */
  readonly stacks?: string;
  /** How many stacks to work on at once. */
  readonly concurrency?: number;
}

interface RunContext {
  readonly verb: string;
  readonly environment: string;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
}

/** How a run ended. */
export interface RunEnd {
  readonly complete: boolean;
  readonly stacks: StackRow[];
  /** What failed; null for nothing. */
  readonly failure: string | null;
  /** The command that goes on where this run ended; null where everything is done. */
  readonly runAgain: string | null;
}

/** Runs the driver over stacks, and says at the end, however it ends, what failed and what to run next. */
export async function runSafely(
  progress: Progress,
  context: RunContext,
  run: () => Promise<readonly StackReport[]>,
): Promise<RunEnd> {
  let failure: string | null = null;
  try {
    const reports = await run();
    progress.settle(
      new Map(reports.map(({ stack, applied }): [string, StackProgress] => [stack, applied ? "done" : "not applied"])),
    );
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    progress.settle(error.progress);
    failure = error.message;
    note(`\n${failure}\n`);
  }
  const { complete, rows: stacks } = progress;
  if (complete) return { complete, stacks, failure, runAgain: null };
  const runAgain = againOf(context);
  const why = context.signal.aborted ? "Interrupted" : "Not everything is done";
  note(`${why}. When what is said above is settled, run this again; it goes on where this run ended:\n  ${runAgain}`);
  return { complete, stacks, failure, runAgain };
}

const againOf = ({ verb, environment, options: { stacks } }: RunContext): string =>
  `${whereItRan(process.env)}npx evenkeel ${verb} ${environment}${stacks ? ` --stacks ${stacks}` : ""}`;
