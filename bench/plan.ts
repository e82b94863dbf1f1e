import { join, resolve } from "node:path";
import { startSimulator } from "../simulator";
import { aimTable } from "./aim";
import type { Benchmark } from "./benchmark";
import { interleaved, runOnce } from "./measure";
import { workloadProject } from "./workload/workload-project";

/** A plan of a whole rollout: synthesis, every stack, predicted values and gates. */
export const planBenchmark: Benchmark = {
  name: "plan",
  about:
    "`evenkeel plan prod` of the environment in bench/workload, deployed to the simulated cloud. Before: `terraform init` " +
    "and `terraform plan` stack by stack, of what is synthesized already.",
  isLong: true,
  async run({ times, scratch }) {
    const [same, grown] = [workloadProject(join(scratch, "same")), workloadProject(join(scratch, "grown"), "grown")];
    const bin = resolve("dist", "cli", "main.js");
    const program = process.execPath;
    const simulator = await startSimulator({ directory: join(scratch, "cloud") });
    try {
      // Each project works in a folder of its own, so that Terraform's stays as it is from run to run.
      const envOf = (folder: string) => ({ ...simulator.env, EVENKEEL_SIMULATED: join(folder, "simulated") });
      const verb = (folder: string, ...args: string[]) => ({
        program,
        args: [bin, ...args],
        cwd: folder,
        env: envOf(folder),
      });
      await runOnce(verb(same, "deploy", "prod", "--auto-approve"));
      const results = await interleaved(
        {
          before: {
            program,
            args: [join(__dirname, "terraform-plans.js"), join(same, "simulated", "deploy", "prod")],
            env: envOf(same),
          },
          one: verb(same, "plan", "prod", "--concurrency", "1"),
          now: verb(same, "plan", "prod"),
          grown: verb(grown, "plan", "prod"),
        },
        Math.min(times, 3),
      );
      const to = results.before;
      return aimTable("plan of prod", "before", [
        { name: "terraform plan, stack by stack (before)", run: to, to },
        { name: "evenkeel plan, one stack at a time", run: results.one, to },
        { name: "evenkeel plan", run: results.now, to },
        { name: "the same, with a change that needs predicted values", run: results.grown, to },
      ]);
    } finally {
      await simulator.stop();
    }
  },
};
