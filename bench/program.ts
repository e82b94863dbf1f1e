import { join } from "node:path";
import { aimTable, type Comparison } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved, node } from "./measure";
import { nodeProgram } from "./nodes";
import { workloadProject } from "./workload/workload-project";

const floorScript = "new (require('cdktf').App)().synth()";

/** What Node.js loads is part of the floor: an app without anything in it. */
export const floorOn = (program: string, env: NodeJS.ProcessEnv): Command =>
  node(["-e", floorScript], { program, env });

/** Our program alone, as the app command of a project runs it. */
export const programBenchmark: Benchmark = {
  name: "program",
  about:
    "the program on the environment in bench/workload, at optimization. Floor: the Node.js 20 that loads cdktf and " +
    "synthesizes an empty app.",
  async run({ times, scratch, against }) {
    const node20 = nodeProgram(20);
    const node22 = nodeProgram(22);
    const floorNode = node20 ?? process.execPath;
    const env = { ENVIRONMENT: "prod", CDKTF_OUTDIR: join(scratch, "program") };
    const args = ["--require", "evenkeel/register", "main.ts"];
    const cwd = workloadProject(scratch);
    const results = await interleaved<string>(
      {
        floor: floorOn(floorNode, env),
        ...(node20 && { on20: node(args, { program: node20, env, cwd }) }),
        ...(node22 && { on22: node(args, { program: node22, env, cwd }) }),
        prod: node(args, { program: floorNode, env }),
        ...(against && { against: node(args, { program: floorNode, env, cwd: against.folder }) }),
      },
      times,
    );
    const to = results.floor;
    if (!to) throw new Error("the floor was not measured");
    const rows: [string, keyof typeof results, number?][] = [
      ["empty app (the floor)", "floor"],
      ["bench/workload, Node.js 20", "on20", 3.3],
      ["bench/workload, Node.js 22", "on22", 2.8],
      ["prod, which grows with the toolkit", "prod"],
      [`prod at ${against?.name}`, "against"],
    ];
    const comparisons = rows.flatMap(([name, key, aim]): Comparison[] => {
      const run = results[key];
      return run ? [{ name, run, to, aim }] : [];
    });
    const missing = [node20 ? [] : [20], node22 ? [] : [22]]
      .flat()
      .map((major) => `Node.js ${major} is not to be had here.`);
    return [aimTable("program", "floor", comparisons), ...missing].join("\n");
  },
};
