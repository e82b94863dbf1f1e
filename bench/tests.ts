import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { aimTable } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Run, runOnce } from "./measure";

/** What jest writes with `--json`, as far as it is read here. */
interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

/** How long each passed test took, in milliseconds, by its file and name. */
type Durations = ReadonlyMap<string, number>;

/** The tests that another commit has as well. It takes twice as long as `npm test`, so it is run only when it is named. */
export const testsBenchmark: Benchmark = {
  name: "tests",
  about:
    "the test files of `npm test` that the commit of --against has, too. The same tests: those of them that pass in both, without" +
    " the loading of their files.",
  isLong: true,
  async run({ scratch, against }) {
    if (!against) return "There is nothing to compare with: name a commit with --against.";
    const here = process.cwd();
    const files = testFiles(here).filter((file) => existsSync(join(against.folder, file)));
    const before = await measured(against.folder, files, join(scratch, "before.json"));
    const now = await measured(here, files, join(scratch, "now.json"));
    const same = [...before.durations.keys()].filter((test) => now.durations.has(test));
    const alone = ({ durations }: Measured): Run => ({
      wall: same.reduce((sum, test) => sum + (durations.get(test) ?? 0), 0),
      cpu: Number.NaN,
      memory: Number.NaN,
    });
    return aimTable(`${files.length} test files`, "before", [
      { name: `at ${against.name}, ${before.durations.size} tests`, run: before.run, to: before.run },
      { name: `now, ${now.durations.size} tests`, run: now.run, to: before.run },
      { name: `the same ${same.length} tests at ${against.name}`, run: alone(before), to: alone(before) },
      { name: "the same tests now", run: alone(now), to: alone(before), aim: 0.8 },
    ]);
  },
};

interface Measured {
  readonly run: Run;
  readonly durations: Durations;
}

const testFiles = (folder: string): string[] =>
  readdirSync(join(folder, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith("full"))
    .map((file) => join("test", file))
    .sort();

/**
 * With an empty cache: the commit that is run more often would have more in its own. With as many workers for both commits: tests that
 * share two processors with more of them take longer, each by itself.
 */
async function measured(cwd: string, files: readonly string[], output: string): Promise<Measured> {
  const jest = join("node_modules", "jest", "bin", "jest.js");
  const run = await runOnce({
    program: process.execPath,
    args: [
      "--max-semi-space-size=64",
      jest,
      `--cacheDirectory=${output}-cache`,
      "--maxWorkers=2",
      "--json",
      `--outputFile=${output}`,
      "--runTestsByPath",
      ...files,
    ],
    cwd,
    mayFail: true,
  });
  const { testResults } = JSON.parse(readFileSync(output, "utf8")) as Results;
  const durations = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed")
      .map(({ fullName, duration }) => [`${relative(cwd, name)} ${fullName}`, duration ?? 0] as const),
  );
  return { run, durations: new Map(durations) };
}
