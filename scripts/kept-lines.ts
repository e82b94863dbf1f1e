import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface KeptLinesOptions<R> {
  /** Continues what is in the file; otherwise it begins anew. */
  readonly resume: boolean;
  /** What tells results apart; of two with one key the later counts. */
  readonly keyOf: (result: R) => string | number;
  /** Identifies the run: results of another one cannot be continued. */
  readonly run?: string;
  /** Which of the kept results count; all by default. */
  readonly counts?: (result: R) => boolean;
}

/** Results as JSON lines, each written as soon as it is known, so that a stopped run can be continued. */
export class KeptLines<R> {
  private readonly known = new Map<string | number, R>();

  /** @throws Error if the results to be continued are from another run */
  constructor(
    private readonly file: string,
    private readonly options: KeptLinesOptions<R>,
  ) {
    const { run, counts = () => true } = options;
    if (options.resume && existsSync(file)) {
      const lines = readFileSync(file, "utf8").split("\n");
      if (run !== undefined && (JSON.parse(lines.shift() ?? "{}") as { run?: string }).run !== run) {
        throw new Error(`${file} is from another seed or other sources; run without --resume to start again`);
      }
      // The last line is incomplete if the run was killed while writing it.
      for (const line of lines.filter((each) => each.endsWith("}"))) {
        const result = JSON.parse(line) as R;
        if (counts(result)) this.known.set(options.keyOf(result), result);
      }
    }
    mkdirSync(dirname(file), { recursive: true });
    const head = run === undefined ? [] : [{ run }];
    writeFileSync(file, [...head, ...this.known.values()].map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  get(key: string | number): R | undefined {
    return this.known.get(key);
  }

  add(result: R): void {
    this.known.set(this.options.keyOf(result), result);
    appendFileSync(this.file, `${JSON.stringify(result)}\n`);
  }

  values(): R[] {
    return [...this.known.values()];
  }
}
