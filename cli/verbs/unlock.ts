import type { UnlockOptions } from "../commands/unlock";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const unlockVerb: Verb = (program) => {
  const command = program
    .command("unlock")
    .description(
      "show who holds the locks of an environment's rollout and states, and release what a killed run has left",
    )
    .argument("<environment>", "name of the environment")
    .argument("[stack]", "one of its stacks; by default all")
    .option("--lock <id>", "only the lock with this id")
    .option("--auto-approve", "do not ask")
    .action((name: string, stack: string | undefined, options: UnlockOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { unlock } = await import("../commands/unlock.js");
        return unlock(name, stack, options);
      }),
    );
  withManual(command, {
    examples: [
      ["unlock prod", "show who holds the locks of prod, and ask before they are released"],
      [
        "unlock prod --lock 0c6f6a0e-3c1d-4f60-9a5e-9d2f7b1c8e11",
        "the lock that a message has named, and no newer one",
      ],
      ["unlock prod data --auto-approve", "release the lock of one stack without a question"],
    ],
    exitCodes: { 0: "nothing is locked any more", 1: "a lock was left" },
  });
};
