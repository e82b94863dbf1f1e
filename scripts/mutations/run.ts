import type { Mutation } from "./mutation";
import { type KeptResults, type Result, resultOf } from "./results";
import type { Verdict } from "./workplace";

export interface RunOptions {
  /** In the order in which they are tested. */
  readonly mutations: readonly Mutation[];
  /** How many to judge, not counting those that the type checker refuses. */
  readonly count: number;
  /** Each judges one mutation at a time. */
  readonly judges: readonly ((mutation: Mutation) => Promise<Verdict>)[];
  readonly results: Pick<KeptResults, "of" | "add">;
  /** Called with each result, and with how many that count there are so far. */
  readonly said: (result: Result, done: number) => void;
}

/**
 * Judges mutations until there are enough, or none is left. The result only depends on the order of the mutations, not on how
 * many are judged at a time: another one is only started if those that are running could not be enough.
 * @returns the results in the order of the mutations
 */
export async function runMutations({ mutations, count, judges, results, said }: RunOptions): Promise<Result[]> {
  const found = new Map<Mutation, Result>();
  let next = 0;
  let counted = 0;
  let running = 0;
  // Workers that wait in case a running mutation turns out to be refused.
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
