import type { RunOptions } from "../deployment/run";
import { type OutputOptions, runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const destroyVerb: Verb = (program) => {
  const command = program
    .command("destroy")
    .description("destroy an environment, stack by stack, the other way round; refuses while anything is protected")
    .argument("<environment>", "name of the environment")
    .option("--auto-approve", "do not ask")
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to work on at once", positiveNumber)
    .action((name: string, options: RunOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { destroy } = await import("../commands/destroy.js");
        return destroy(name, options);
      }),
    );
  withManual(command, {
    examples: [["destroy sandbox", "plan the destruction of everything, ask for the name, and destroy it"]],
    exitCodes: {
      0: "everything is destroyed",
      1: "a refusal or a failure",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
