import type { DeployOptions } from "../commands/deploy";
import { type OutputOptions, runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const deployVerb: Verb = (program) => {
  const command = program
    .command("deploy")
    .description("plan, check and apply an environment, stack by stack; nothing is applied that was not checked")
    .argument("<environment>", "name of the environment")
    .option("--auto-approve", "do not ask")
    .option("--first-deployment", "the states are still empty: keys and what holds data may be created from nothing")
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to work on at once", positiveNumber)
    .action((name: string, options: DeployOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { deploy } = await import("../commands/deploy.js");
        return deploy(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["deploy prod", "plan each stack, check the plan by the gates, ask, and apply exactly that plan"],
      ["deploy prod --first-deployment", "the same where nothing stands yet"],
      [
        "deploy prod --stacks keys,data --auto-approve --json",
        "two of its stacks, without a question, from a pipeline",
      ],
    ],
    exitCodes: {
      0: "everything is deployed",
      1: "a violation, a refusal or a failure",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
