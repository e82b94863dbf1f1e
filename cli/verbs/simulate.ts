import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const simulateVerb: Verb = (program) => {
  const command = program
    .command("simulate")
    .description("run a command inside the simulated cloud: real Terraform, nothing created in AWS")
    .argument("<command...>", "the command and its arguments, after --")
    .passThroughOptions()
    .action((words: string[], options: OutputOptions) =>
      runVerb(options, async () => {
        const { simulate } = await import("../commands/simulate.js");
        return simulate(words, options);
      }),
    );
  withManual(command, {
    examples: [
      ["simulate -- npx evenkeel deploy dev", "deploy an environment, simulated"],
      ["simulate -- terraform apply", "the same for any Terraform in the current folder"],
      [
        "simulate --json -- npm test",
        "say what was created as a document; the command's output goes to standard error",
      ],
    ],
    exitCodes: {
      any: "that of the command; never 0 after it was interrupted or one of its Terraforms killed",
    },
  });
};
