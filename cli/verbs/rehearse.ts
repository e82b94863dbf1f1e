import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const rehearseVerb: Verb = (program) => {
  program
    .command("rehearse")
    .description("prove on the simulated cloud that a promotion destroys nothing that holds data or keys")
    .argument("<environment>", "name of the environment")
    .option("--from <stage>", "stage to start from", "foundation")
    .option("--to <stage>", "stage to promote to", "optimization")
    .option("--standby <regions>", "comma-separated standby regions to promote to; by default the environment's own")
    .action((name: string, options: { from: string; to: string; standby?: string }) =>
      runVerb(async () => {
        const { rehearse } = await import("../commands/rehearse.js");
        return rehearse(name, options);
      }),
    );
};
