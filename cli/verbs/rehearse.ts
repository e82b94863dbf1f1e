import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const rehearseVerb: Verb = (program) => {
  const command = program
    .command("rehearse")
    .description("prove on the simulated cloud that a promotion destroys nothing that holds data or keys")
    .argument("<environment>", "name of the environment")
    .option("--from <stage>", "stage to start from", "foundation")
    .option("--to <stage>", "stage to promote to", "optimization")
    .option("--standby <regions>", "comma-separated standby regions to promote to; by default the environment's own")
    .action((name: string, options: OutputOptions & { from: string; to: string; standby?: string }) =>
      runVerb(options, async () => {
        const { rehearse } = await import("../commands/rehearse.js");
        return rehearse(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["rehearse prod --from hardening", "promote prod to the last stage, and see that nothing is lost"],
      ["rehearse prod --from optimization --standby eu-central-1,eu-west-2", "the same for a further region"],
    ],
    exitCodes: { 0: "nothing that holds data or keys is lost", 1: "there is a violation" },
  });
};
