import { createHash } from "node:crypto";
import { KeptLines } from "../kept-lines";
import { identityOf, type Mutation } from "./mutation";
import type { Verdict } from "./workplace";

/** A mutation and its outcome, as stored in one line of the results file. */
export interface Result extends Verdict {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly change: string;
}

export const resultOf = (mutation: Mutation, verdict: Verdict): Result => ({
  id: identityOf(mutation),
  file: mutation.file,
  line: mutation.line,
  mutator: mutation.mutator,
  change: mutation.change,
  ...verdict,
});

/** What identifies a run: results with another seed or other sources do not belong to it. */
export const runOf = (seed: string, sources: ReadonlyMap<string, string>): string => {
  const hash = createHash("sha256").update(seed);
  for (const [file, text] of sources) hash.update(`\0${file}\0${text}`);
  return hash.digest("hex");
};

export interface KeptResultsOptions {
  readonly resume: boolean;
  /** With `resume`: retries what was not noticed, after tests were added. */
  readonly retry?: boolean;
}

/** The results of a run, by what identifies a mutation. */
export class KeptResults {
  private readonly lines: KeptLines<Result>;

  /** @throws Error if the results to be continued are from another run */
  constructor(file: string, run: string, { resume, retry = false }: KeptResultsOptions) {
    const counts = ({ outcome }: Result) => !retry || outcome !== "unnoticed";
    this.lines = new KeptLines(file, { resume, run, counts, keyOf: ({ id }) => id });
  }

  of(mutation: Mutation): Result | undefined {
    return this.lines.get(identityOf(mutation));
  }

  add(result: Result): void {
    this.lines.add(result);
  }
}
