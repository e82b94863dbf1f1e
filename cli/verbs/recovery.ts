import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const recoveryVerb: Verb = (program) => {
  const command = program
    .command("recovery")
    .description("how soon each service works again after the loss of its home region, and how much data may be lost")
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { recovery } = await import("../commands/recovery.js");
          return recovery(name);
        }),
      ),
    );
  withManual(command, {
    examples: [["recovery prod --wide", "with the calculation of each value, however narrow the terminal"]],
  });
};
