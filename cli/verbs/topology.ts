import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const topologyVerb: Verb = (program) => {
  const command = program
    .command("topology")
    .description("draw regions, stacks, data flow and failover paths of an environment as SVG")
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--output <file>", "where to write; by default in .evenkeel/topology")
    .action((name: string, options: OutputOptions & { stage?: string; output?: string }) =>
      runVerb(options, async () => {
        const { topology } = await import("../commands/topology.js");
        return topology(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["topology prod", "draw prod, and print the name of the file"],
      ["topology prod --stage optimization --output prod.svg", "draw it as it will be at a later stage"],
    ],
  });
};
