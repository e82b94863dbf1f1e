import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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

/** Results as JSON lines, each written as soon as it is known, so that a stopped run can be continued. */
export class KeptResults {
  private readonly known = new Map<string, Result>();

  /** @throws Error if the results to be continued are from another run */
  constructor(
    private readonly file: string,
    run: string,
    { resume, retry = false }: KeptResultsOptions,
  ) {
    if (resume && existsSync(file)) {
      const [head = "", ...lines] = readFileSync(file, "utf8").split("\n");
      if ((JSON.parse(head) as { run: string }).run !== run) {
        throw new Error(`${file} is from another seed or other sources; run without --resume to start again`);
      }
      // The last line is incomplete if the run was killed while writing it.
      for (const line of lines.filter((each) => each.endsWith("}"))) {
        const result = JSON.parse(line) as Result;
        this.known.set(result.id, result);
      }
      if (retry) for (const [id, { outcome }] of this.known) if (outcome === "unnoticed") this.known.delete(id);
    }
    mkdirSync(dirname(file), { recursive: true });
    const lines = [{ run }, ...this.known.values()].map((line) => JSON.stringify(line));
    writeFileSync(file, `${lines.join("\n")}\n`);
  }

  of(mutation: Mutation): Result | undefined {
    return this.known.get(identityOf(mutation));
  }

  add(result: Result): void {
    this.known.set(result.id, result);
    appendFileSync(this.file, `${JSON.stringify(result)}\n`);
  }
}
