import type { DeployOptions } from "../commands/deploy";
import { runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import type { Verb } from "./verb";

export const deployVerb: Verb = (program) => {
  program
    .command("deploy")
    .description("plan, check and apply an environment, stack by stack; nothing is applied that was not checked")
    .argument("<environment>", "name of the environment")
    .option("--auto-approve", "do not ask")
    .option("--first-deployment", "the states are still empty: keys and what holds data may be created from nothing")
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to work on at once", positiveNumber)
    .option("--json", "JSON lines on standard output")
    .action((name: string, options: DeployOptions) =>
      runVerb(async () => {
        const { deploy } = await import("../commands/deploy.js");
        return deploy(name, options);
      }),
    );
};
