import { type InOrderOptions, inOrder } from "./in-order";
import type { SynthesizedStack } from "./synthesized-stack";

/**
 * Works on stacks in parallel, each after those that it reads. The first failure, like a signal from outside, interrupts what still
 * runs and waits for it.
 * @throws what has failed first; DeploymentError if it was interrupted before anything failed
 */
export async function sideBySide(
  stacks: readonly SynthesizedStack[],
  { signal, ...options }: InOrderOptions,
  work: (stack: SynthesizedStack, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  if (signal?.aborted) interrupt();
  signal?.addEventListener("abort", interrupt);
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const failures: unknown[] = [];
  try {
    await inOrder(stacks, { ...options, signal: stop.signal }, async ({ name }) => {
      try {
        await work(byName.get(name) as SynthesizedStack, stop.signal);
      } catch (error) {
        failures.push(error);
        interrupt();
        throw error;
      }
      return "continue";
    });
  } catch (error) {
    // What was interrupted on account of it has failed as well.
    throw failures[0] ?? error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}
