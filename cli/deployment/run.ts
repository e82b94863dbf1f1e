import { DeploymentError, type StackProgress, type StackReport, whereItRan } from "../../terraform";
import { note, type Progress } from "./progress";

/** Options that deployments and destructions have in common. */
export interface RunOptions {
  /** Go on without a question. */
  readonly autoApprove?: boolean;
  /** Comma-separated stacks, with or without the environment's name in front. */
  readonly stacks?: string;
  /** How many stacks to work on at once. */
  readonly concurrency?: number;
  /** JSON lines on standard output. */
  readonly json?: boolean;
}

interface RunContext {
  readonly verb: string;
  readonly environment: string;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
}

/**
 * Runs the driver over stacks, and says at the end, however it ends, how far each stack came and what to run next.
 * @returns 0 if every stack is done, else 1
 */
export async function runSafely(
  progress: Progress,
  context: RunContext,
  run: () => Promise<readonly StackReport[]>,
): Promise<number> {
  try {
    const reports = await run();
    progress.settle(
      new Map(reports.map(({ stack, applied }): [string, StackProgress] => [stack, applied ? "done" : "not applied"])),
    );
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    progress.settle(error.progress);
    note(`\n${error.message}\n`);
  }
  progress.finish();
  if (progress.complete) return 0;
  note(whatNext(context));
  return 1;
}

function whatNext({ verb, environment, options, signal }: RunContext): string {
  const again = `${whereItRan(process.env)}npx evenkeel ${verb} ${environment}${options.stacks ? ` --stacks ${options.stacks}` : ""}`;
  const why = signal.aborted ? "Interrupted" : "Not everything is done";
  return `${why}. When what is said above is settled, run this again; it goes on where this run ended:\n  ${again}`;
}

/** Prints a result for people on standard output, which belongs to JSON where that is wanted. */
export function say({ json }: RunOptions, text: string): void {
  (json ? process.stderr : process.stdout).write(`${text}\n`);
}
