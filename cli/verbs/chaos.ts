import type { ChaosVerbOptions } from "../commands/chaos";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const chaosVerb: Verb = (program) => {
  const command = program
    .command("chaos")
    .description("what experiments an environment has, what each would touch, and when each last ran; starts nothing")
    .argument("<environment>", "name of the environment")
    .option("--offline", "do not ask AWS when they last ran")
    .action((name: string, options: ChaosVerbOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { chaos } = await import("../commands/chaos.js");
        return chaos(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["chaos prod --wide", "each experiment with its hypothesis, its stop alarms and its game days"],
      ["chaos prod --offline", "the same without an account"],
    ],
  });
};
