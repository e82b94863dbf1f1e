import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const describeVerb: Verb = (program) => {
  const command = program
    .command("describe")
    .description("what an environment consists of: stage, capabilities, stacks and regions")
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { describe } = await import("../commands/describe.js");
          return describe(name);
        }),
      ),
    );
  withManual(command, {
    examples: [
      ["describe prod", "what prod consists of, and what each stage brings"],
      ["describe prod --json", "the same for a program"],
    ],
  });
};
