import type { ApplyOptions } from "../commands/apply";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const applyVerb: Verb = (program) => {
  const command = program
    .command("apply")
    .description("apply a bundle that plan has written: exactly what was reviewed, or nothing")
    .argument("<bundle>", "file that `plan --out` has written")
    .option("--auto-approve", "do not ask")
    .action((file: string, options: ApplyOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { apply } = await import("../commands/apply.js");
        return apply(file, options);
      }),
    );
  withManual(command, {
    examples: [["apply rollouts/prod-4f1c.rollout", "ask, and apply the reviewed plans stack by stack"]],
    exitCodes: {
      0: "everything is applied",
      1: "something is not as it was reviewed, or failed",
      2: "the file is no bundle, or not the one of this name",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
