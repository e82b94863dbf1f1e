import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plainTable } from "../cli/plain-table";
import { bundleTable } from "./bundles";
import { measure, type Run, run } from "./measure";

/** `npm run bench`: wall time and peak memory of synthesis, relative to loading cdktf with an empty app in the same run. */
async function synthesis(): Promise<void> {
  const output = mkdtempSync(join(tmpdir(), "evenkeel-bench-"));
  const env = { CDKTF_OUTDIR: output, ENVIRONMENT: "prod" };
  const node =
    (...args: string[]) =>
    () =>
      run(args, env);
  const synthCase = join(__dirname, "synth-case.js");
  try {
    const floor = await measure(7, node("-e", "new (require('cdktf').App)().synth()"));
    const rows = [row("cdktf, empty app (the floor)", floor, floor)];
    rows.push(row("prod, as `cdktf synth` runs it", await measure(7, node(join(__dirname, "..", "main.js"))), floor));
    for (const regions of [1, 2, 4]) {
      rows.push(row(`1 service, ${regions} region(s)`, await measure(5, node(synthCase, String(regions), "1")), floor));
    }
    for (const services of [10, 100, 1000]) {
      const result = await measure(services === 1000 ? 1 : 5, node(synthCase, "1", String(services)));
      rows.push(row(`${services} services, 1 region`, result, floor));
      rows.at(-1)?.push(`${((result.wall - floor.wall) / services).toFixed(1)} ms`);
    }
    process.stdout.write(
      `${plainTable(["synthesis of", "wall", "x floor", "memory", "x floor", "above floor, per service"], padded(rows))}\n`,
    );
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function row(name: string, { wall, memory }: Run, floor: Run): string[] {
  return [
    name,
    `${Math.round(wall)} ms`,
    (wall / floor.wall).toFixed(2),
    `${Math.round(memory)} MiB`,
    (memory / floor.memory).toFixed(2),
  ];
}

function padded(rows: string[][]): string[][] {
  return rows.map((cells) => (cells.length < 6 ? [...cells, ""] : cells));
}

async function main(): Promise<void> {
  await synthesis();
  process.stdout.write(`${await bundleTable()}\n`);
}

void main();
