import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { KeptLines } from "../kept-lines";
import { type Proof, page } from "./page";

const root = resolve(__dirname, "..", "..", "..");
const { all: seldom } = require(join(root, "test", "support", "seldom.js")) as { readonly all: readonly string[] };

/** What CI runs of them: the proofs, and which of their tests. */
const sampled: Readonly<Record<string, string>> = { "deployment-mutations": "gate has anything|Data in the output" };

const {
  sample,
  resume = false,
  only,
} = new Command("npm run test:soak -- --proofs")
  .description("Runs the proofs that are run seldom, one after the other, and writes a table of them.")
  .option("--proofs")
  .option("--sample", "only what CI runs of them, and no page")
  .option("--resume", "continue the run that was stopped")
  .option("--only <names...>", "these proofs alone; with --resume, beside those that were run before")
  .parse()
  .opts<{ sample?: boolean; resume?: boolean; only?: string[] }>();

const folder = join(root, ".evenkeel", "soak");

/** Runs one file of tests. @throws Error if jest has written no result, as when it could not start */
function prove(name: string, only: string | undefined): Proof {
  const report = join(folder, "proof.json");
  rmSync(report, { force: true });
  const args = ["--config", "jest.seldom.config.js", `test/full/${name}.test.ts`, "--json", `--outputFile=${report}`];
  const jest = join("node_modules", "jest", "bin", "jest.js");
  spawnSync(process.execPath, ["--max-semi-space-size=64", jest, ...args, ...(only ? ["-t", only] : [])], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8")) as {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly numFailedTestSuites: number;
  };
  return { name, passed: numPassedTests, failed: numFailedTests, broken: numFailedTestSuites > 0 };
}

mkdirSync(folder, { recursive: true });
const kept = new KeptLines<Proof>(join(folder, `proofs${sample ? "-sample" : ""}.jsonl`), {
  resume,
  keyOf: ({ name }) => name,
});
for (const name of sample ? Object.keys(sampled) : (only ?? seldom)) {
  if (kept.get(name)) continue;
  const proof = prove(name, sample ? sampled[name] : undefined);
  kept.add(proof);
  process.stdout.write(`${name}: ${proof.passed} tests passed, ${proof.failed} failed\n`);
}
if (!sample) writeFileSync(join(root, "docs", "soak", "proofs.md"), page(kept.values(), seldom));
process.exitCode = kept.values().some(({ broken, passed }) => broken || passed === 0) ? 1 : 0;
