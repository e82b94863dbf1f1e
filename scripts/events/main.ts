import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { positiveNumber } from "../../cli/verbs/numbers";
import { KeptLines } from "../kept-lines";
import { type BreakageName, breakages, bundled } from "./bundles";
import { startDynamoDb } from "./dynamodb";
import { faultKinds } from "./faults";
import { startPostgres } from "./postgres";
import { page } from "./results";
import { type Part, type PartResult, runPart, type Surroundings } from "./run-part";
import { startMoto } from "./sqs";

const root = resolve(__dirname, "..", "..", "..");
/** What a full run has. */
const full = { parts: 10, events: 1_000, kills: 4, faults: 3 };
/** What CI runs: under a minute. */
const fewest = { events: 150, kills: 3, faults: 1 };

interface Options {
  readonly seed: string;
  readonly parts: number;
  readonly sample?: boolean;
  readonly resume?: boolean;
  readonly break?: BreakageName;
}

const command = new Command("npm run test:soak -- --events")
  .description("Handles events while a dependency fails and processes are killed, and counts what became of them.")
  .option("--events")
  .option("--seed <text>", "a different seed chooses other faults and kills", "1")
  .option("--parts <number>", `how many parts of ${full.events} events`, positiveNumber, full.parts)
  .option("--sample", `one small part of ${fewest.events} events, and no page`)
  .option("--resume", "continue the run of this seed that was stopped")
  .addOption(
    new Option("--break <what>", "breaks one thing of the code under test; the run has to fail").choices(
      Object.keys(breakages),
    ),
  );

/** The parts of a run: each fault is in some of them, in the order of its kinds. */
function partsOf({ parts, sample }: Options): Part[] {
  const { events, kills, faults } = sample ? fewest : full;
  return Array.from({ length: sample ? 1 : parts }, (_, at) => ({
    number: at + 1,
    events,
    kills,
    faults: Array.from({ length: faults }, (__, turn) => {
      // A sample takes one whose effect is there although the call failed.
      const index = sample ? faultKinds.indexOf("lost-answer") : at * faults + turn;
      return faultKinds[index % faultKinds.length] as (typeof faultKinds)[number];
    }),
  }));
}

async function main(): Promise<void> {
  const options = command.parse().opts<Options>();
  const { seed, sample = false, resume = false, break: broken } = options;
  const kind = broken ? `-${broken}` : sample ? "-sample" : "";
  const file = join(root, ".evenkeel", "soak", `events${kind}-${seed}.jsonl`);
  const results = new KeptLines<PartResult>(file, { resume, keyOf: ({ part }) => part });
  const parts = partsOf(options);
  const folder = mkdtempSync(join(tmpdir(), "soak-events-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const bundle = (entry: string, name: string) => bundled(root, entry, join(folder, name), broken);
  const bundles = {
    picking: await bundle("services/picking/handler.ts", "picking"),
    pausing: await bundle("handlers/queue-pausing/handler.ts", "pausing"),
  };
  const surroundings: Surroundings = {
    bundles,
    folder,
    moto: await startMoto(),
    dynamoDb: await startDynamoDb(),
    postgres: await startPostgres(root),
  };
  try {
    if (!sample && !broken) document(results.values(), seed);
    for (const part of parts) {
      if (results.get(part.number)) continue;
      const result = await runPart(part, seed, surroundings);
      results.add(result);
      const { count, kills, seconds, wrong } = result;
      const words = wrong.length > 0 ? `WRONG: ${wrong.join("; ")}` : "as it has to be";
      process.stdout.write(
        `[${part.number}/${parts.length}] ${count.sent} events, ${part.faults.join(", ")}, ${kills.workers + kills.controllers} kills, ${seconds} s: ${count.once} once, ${count.lost} lost, ${count.twice} twice, ${count.outOfOrder} out of order; ${words}\n`,
      );
      if (!sample && !broken) document(results.values(), seed);
    }
  } finally {
    await surroundings.postgres.stop();
    await surroundings.dynamoDb.stop();
    await surroundings.moto.stop();
  }
  process.exitCode = results.values().some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

/** Keeps the page of a full run up to date. */
function document(results: readonly PartResult[], seed: string): void {
  mkdirSync(join(root, "docs", "soak"), { recursive: true });
  const sorted = [...results].sort((one, other) => one.part - other.part);
  writeFileSync(join(root, "docs", "soak", "events.md"), page(sorted, seed, full.parts));
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
