import { join } from "node:path";
import { plainTable } from "../cli/plain-table";
import { aimTable, milliseconds, showNumber } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved, node, type Run, runOnce } from "./measure";
import { floorOn } from "./program";
import { withoutShortcuts } from "./without-shortcuts";

const few = 10;
const many = 100;

/** What a further service costs: the slope between two numbers of services, in which nothing is that every run has. */
export const growthBenchmark: Benchmark = {
  name: "growth",
  about:
    `each further service, between ${few} and ${many} of them. Before: without the shortcuts, which variables turn off` +
    "; with --against, the other commit.",
  async run({ times, scratch, against }) {
    const env = { CDKTF_OUTDIR: join(scratch, "growth") };
    const services = (count: number, more: NodeJS.ProcessEnv = {}, cwd = process.cwd()): Command =>
      node(["--require", "evenkeel/register", join(cwd, "dist", "bench", "synth-case.js"), "1", String(count)], {
        env: { ...env, ...more },
        cwd,
      });
    const results = await interleaved<string>(
      {
        floor: floorOn(process.execPath, env),
        few: services(few),
        many: services(many),
        fewOff: services(few, withoutShortcuts),
        manyOff: services(many, withoutShortcuts),
        ...(against && {
          fewAgainst: services(few, {}, against.folder),
          manyAgainst: services(many, {}, against.folder),
        }),
      },
      times,
    );
    const { floor, few: now, many: nowMany } = results;
    if (!floor || !now || !nowMany) throw new Error("nothing was measured");
    const slope = perService(now, nowMany);
    const offSlope = perService(results.fewOff, results.manyOff);
    const againstSlope = perService(results.fewAgainst, results.manyAgainst);
    const table = aimTable("per further service", "before", [
      { name: "without the shortcuts (before)", run: offSlope, to: offSlope },
      ...(against ? [{ name: `at ${against.name}`, run: againstSlope, to: offSlope }] : []),
      { name: "now", run: slope, to: offSlope, aim: 0.6 },
      ...(against ? [{ name: `now, against ${against.name}`, run: slope, to: againstSlope, aim: 0.6 }] : []),
    ]);
    const sizes: [string, Run][] = [
      ["empty app (the floor)", floor],
      [`${few} services, 1 region`, now],
      [`${many} services, 1 region`, nowMany],
      ["1000 services, 1 region", await runOnce(services(1000))],
    ];
    return `${table}\n${sizeTable(sizes, floor)}`;
  },
};

function perService(from: Run | undefined, to: Run | undefined): Run {
  const part = (of: (run: Run) => number): number => (from && to ? (of(to) - of(from)) / (many - few) : Number.NaN);
  return { wall: part(({ wall }) => wall), cpu: part(({ cpu }) => cpu), memory: part(({ memory }) => memory) };
}

const sizeTable = (sizes: readonly [string, Run][], floor: Run): string =>
  plainTable(
    ["synthesis of", "wall", "CPU", "x floor", "memory", "x floor"],
    sizes.map(([name, run]) => [
      name,
      milliseconds(run.wall),
      milliseconds(run.cpu),
      showNumber(run.wall / floor.wall, 2),
      `${showNumber(run.memory, 0)} MiB`,
      showNumber(run.memory / floor.memory, 2),
    ]),
  );
