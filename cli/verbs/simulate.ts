import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const simulateVerb: Verb = (program) => {
  program
    .command("simulate")
    .description("run a command inside the simulated cloud: real Terraform, nothing created in AWS")
    .argument("<command...>", "the command and its arguments, after --")
    .passThroughOptions()
    .action((command: string[]) =>
      runVerb(async () => {
        const { simulate } = await import("../commands/simulate.js");
        return simulate(command);
      }),
    );
};
