import type { RunOptions } from "../deployment/run";
import { runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import type { Verb } from "./verb";

export const destroyVerb: Verb = (program) => {
  program
    .command("destroy")
    .description("destroy an environment, stack by stack, the other way round; refuses while anything is protected")
    .argument("<environment>", "name of the environment")
    .option("--auto-approve", "do not ask")
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to work on at once", positiveNumber)
    .option("--json", "JSON lines on standard output")
    .action((name: string, options: RunOptions) =>
      runVerb(async () => {
        const { destroy } = await import("../commands/destroy.js");
        return destroy(name, options);
      }),
    );
};
