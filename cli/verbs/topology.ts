import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const topologyVerb: Verb = (program) => {
  program
    .command("topology")
    .description("draw regions, stacks, data flow and failover paths of an environment as SVG")
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--output <file>", "where to write; by default in .evenkeel/topology")
    .action((name: string, options: { stage?: string; output?: string }) =>
      runVerb(async () => {
        const { topology } = await import("../commands/topology.js");
        return topology(name, options);
      }),
    );
};
