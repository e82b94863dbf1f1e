import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { positiveNumber } from "../../cli/verbs/numbers";
import { KeptLines } from "../kept-lines";
import { inWords, momentsOf } from "./moment";
import { page, type Result } from "./results";
import { runMoment } from "./run-moment";

const root = resolve(__dirname, "..", "..", "..");
const fullCount = 150;

interface Options {
  readonly seed: string;
  readonly sample?: number;
  readonly resume?: boolean;
  readonly list?: boolean;
  readonly only?: readonly number[];
}

const numbers = (text: string): number[] => text.split(",").map((part) => positiveNumber(part));

const command = new Command("npm run test:soak -- --states")
  .description(
    "Kills applies whose states are in two buckets, loses regions, and goes from one bucket to the other and back.",
  )
  .option("--states")
  .option("--seed <text>", "a different seed chooses different moments", "1")
  .option("--sample <number>", "only this many, and no page", positiveNumber)
  .option("--only <numbers>", "only these moments, anew; their results replace those that are kept", numbers)
  .option("--resume", "continue the run of this seed that was stopped")
  .option("--list", "only print the moments");

async function main(): Promise<void> {
  const { seed, sample, resume = false, list, only } = command.parse().opts<Options>();
  const all = momentsOf(seed, fullCount);
  const moments = all.slice(0, sample);
  if (list) {
    for (const moment of moments) process.stdout.write(`${moment.number} ${inWords(moment)}\n`);
    return;
  }
  if (process.platform !== "linux") throw new Error("Processes are found through /proc: run it on Linux.");
  const results = new KeptLines<Result>(
    join(root, ".evenkeel", "soak", `states${sample ? "-sample" : ""}-${seed}.jsonl`),
    {
      resume: resume || only !== undefined,
      keyOf: ({ moment }) => moment.number,
      run: createHash("sha256").update(JSON.stringify(moments)).digest("hex"),
    },
  );
  const sorted = (): Result[] => results.values().sort((one, other) => one.moment.number - other.moment.number);
  for (const moment of moments) {
    if (only ? !only.includes(moment.number) : results.get(moment.number)) continue;
    const verdict = await runMoment(moment);
    results.add({ moment, ...verdict });
    const words = verdict.faults.length > 0 ? `WRONG: ${verdict.faults.join("; ")}` : "right";
    process.stdout.write(
      `[${moment.number}/${moments.length}] ${inWords(moment)}: ${verdict.ended}; ${verdict.afterwards.join("; ")}; ${words}\n`,
    );
    if (sample) continue;
    mkdirSync(join(root, "docs", "soak"), { recursive: true });
    writeFileSync(join(root, "docs", "soak", "states.md"), page(sorted(), seed, all.length));
  }
  process.exitCode = results.values().some(({ faults }) => faults.length > 0) ? 1 : 0;
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
