import { availableParallelism, totalmem } from "node:os";
import { isUserError, UserError } from "../errors";
import type { StackFolder } from "./manifest";

/** How far the work on a stack came. */
export type StackProgress =
  | "done"
  | "failed"
  /** It was being worked on when the run was told to stop: some of its resources may be done. */
  | "interrupted"
  /** Its plan was refused, or not applied because another one was. */
  | "not applied"
  | "not started";

/** Stacks that failed, each with Terraform's own message, and those that were therefore not started. */
export class DeploymentError extends UserError {
  override readonly name = "DeploymentError";

  constructor(
    failures: readonly UserError[],
    /** How far each stack came, in the order of the work. */
    readonly progress: ReadonlyMap<string, StackProgress>,
    interrupted: boolean,
  ) {
    const notStarted = [...progress].filter(([, state]) => state === "not started").map(([name]) => name);
    super(
      [
        ...failures.map(({ message }) => message),
        ...(interrupted ? ["Interrupted: Terraform finished what it had started, and nothing else was started."] : []),
        ...(notStarted.length > 0 ? [`Not started: ${notStarted.join(", ")}.`] : []),
      ].join("\n"),
    );
  }

  /** Names of the stacks that were not started. */
  get notStarted(): readonly string[] {
    return [...this.progress].filter(([, state]) => state === "not started").map(([name]) => name);
  }
}

export interface InOrderOptions {
  /** How many stacks to work on at once. */
  readonly concurrency: number;
  /** When it aborts, nothing more is started. */
  readonly signal?: AbortSignal;
  /** Names of the stacks that have to be done before one of these. */
  readonly after: (stack: StackFolder) => readonly string[];
}

/** The result of the work on a stack: go on, or start nothing more. */
export type Verdict = "continue" | "stop";

/**
 * Works on stacks in parallel as far as their order allows. After a failure nothing more is started, but it waits for
 * what is still running.
 * @throws DeploymentError for failed stacks and an interruption; a defect in the work is thrown as it is
 */
export async function inOrder(
  stacks: readonly StackFolder[],
  { concurrency, signal, after }: InOrderOptions,
  work: (stack: StackFolder) => Promise<Verdict>,
): Promise<void> {
  const waiting = new Map(stacks.map((stack) => [stack.name, stack]));
  const unfinished = new Set(waiting.keys());
  const running = new Set<Promise<void>>();
  const progress = new Map<string, StackProgress>(stacks.map(({ name }) => [name, "not started"]));
  const thrown: unknown[] = [];
  let stopped = false;
  const start = (stack: StackFolder): void => {
    waiting.delete(stack.name);
    const run = work(stack)
      .then(
        (verdict) => {
          if (verdict === "stop") stopped = true;
          progress.set(stack.name, verdict === "continue" ? "done" : signal?.aborted ? "interrupted" : "not applied");
          unfinished.delete(stack.name);
        },
        (error: unknown) => {
          progress.set(stack.name, signal?.aborted ? "interrupted" : "failed");
          thrown.push(error);
        },
      )
      .finally(() => running.delete(run));
    running.add(run);
  };
  for (;;) {
    for (const stack of waiting.values()) {
      if (stopped || thrown.length > 0 || signal?.aborted || running.size >= concurrency) break;
      if (!after(stack).some((name) => unfinished.has(name))) start(stack);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  const defect = thrown.find((error) => !isUserError(error));
  if (defect !== undefined) throw defect;
  const interrupted = signal?.aborted === true && (stopped || unfinished.size > 0);
  if (thrown.length > 0 || interrupted) {
    throw new DeploymentError(thrown as UserError[], progress, interrupted);
  }
}

/** Memory needed to work on one stack: a provider process takes about 500 MB, and most stacks have two or three of them. */
const bytesPerStack = 1.5 * 1024 ** 3;

/** How many stacks to work on at once by default: as many as there are processors, within half of the memory. */
export function defaultConcurrency(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / 2 / bytesPerStack)));
}
