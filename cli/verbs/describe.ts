import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const describeVerb: Verb = (program) => {
  program
    .command("describe")
    .description("what an environment consists of: stage, capabilities, stacks and regions")
    .argument("<environment>", "name of the environment")
    .action((name: string) =>
      runVerb(async () => {
        const { describe } = await import("../commands/describe.js");
        return describe(name);
      }),
    );
};
