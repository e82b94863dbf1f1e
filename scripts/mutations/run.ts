import type { Mutation } from "./mutation";
import { type KeptResults, type Result, resultOf } from "./results";
import type { Verdict } from "./workplace";

export interface RunOptions {
  /** In the order in which they are taken. */
  readonly mutations: readonly Mutation[];
  /** How many are wanted, besides those that the type checker refuses. */
  readonly count: number;
  /** Each judges one mutation at a time. */
  readonly judges: readonly ((mutation: Mutation) => Promise<Verdict>)[];
  readonly results: Pick<KeptResults, "of" | "add">;
  /** Told each result, and how many of those that count there are by then. */
  readonly said: (result: Result, done: number) => void;
}

/**
 * Judges mutations until there are enough, or none is left. The result depends on the order of the mutations alone, not on how
 * many are judged at a time: one more is only begun where those that run could not be enough.
 * @returns the results in the order of the mutations
 */
export async function runMutations({ mutations, count, judges, results, said }: RunOptions): Promise<Result[]> {
  const found = new Map<Mutation, Result>();
  let next = 0;
  let counted = 0;
  let running = 0;
  // Those who wait for a running one to turn out refused.
  let waiting: (() => void)[] = [];

  async function work(judge: RunOptions["judges"][number]): Promise<void> {
    while (next < mutations.length && counted < count) {
      if (counted + running >= count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        continue;
      }
      const mutation = mutations[next++];
      if (!mutation) return;
      running += 1;
      try {
        const known = results.of(mutation);
        const result = known ?? resultOf(mutation, await judge(mutation));
        if (!known) results.add(result);
        found.set(mutation, result);
        if (result.outcome !== "refused") counted += 1;
        if (!known) said(result, counted);
      } finally {
        running -= 1;
        for (const resolve of waiting) resolve();
        waiting = [];
      }
    }
  }

  await Promise.all(judges.map(work));
  return mutations.map((mutation) => found.get(mutation)).filter((result) => result !== undefined);
}
