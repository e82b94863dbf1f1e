import type { UnlockOptions } from "../commands/unlock";
import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const unlockVerb: Verb = (program) => {
  program
    .command("unlock")
    .description("show who holds the locks of an environment's states, and release what a killed run has left")
    .argument("<environment>", "name of the environment")
    .argument("[stack]", "one of its stacks; by default all")
    .option("--auto-approve", "do not ask")
    .action((name: string, stack: string | undefined, options: UnlockOptions) =>
      runVerb(async () => {
        const { unlock } = await import("../commands/unlock.js");
        return unlock(name, stack, options);
      }),
    );
};
