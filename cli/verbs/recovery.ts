import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const recoveryVerb: Verb = (program) => {
  program
    .command("recovery")
    .description("how soon each service works again after the loss of its home region, and how much data may be lost")
    .argument("<environment>", "name of the environment")
    .action((name: string) =>
      runVerb(async () => {
        const { recovery } = await import("../commands/recovery.js");
        return recovery(name);
      }),
    );
};
