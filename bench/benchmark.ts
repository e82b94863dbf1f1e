/** How a run of benchmarks was asked for. */
export interface BenchOptions {
  /** How often each command is run, besides the warm-up run. */
  readonly times: number;
  /** Folder with the build of another commit to compare with. */
  readonly against?: { readonly name: string; readonly folder: string };
  /** A folder for what commands write; removed at the end. */
  readonly scratch: string;
}

/** One table of `npm run bench`. */
export interface Benchmark {
  /** What `--only` calls it. */
  readonly name: string;
  /** What is measured, in one line, and against what. */
  readonly about: string;
  /** Is run only when `--only` names it. */
  readonly isLong?: boolean;
  /** @returns the lines to print */
  run(options: BenchOptions): Promise<string>;
}
