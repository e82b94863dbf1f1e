import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const doctorVerb: Verb = (program) => {
  const command = program
    .command("doctor")
    .description("say what this machine or project lacks, and what to do about it")
    .action((options: OutputOptions) =>
      runVerb(options, async () => {
        const { doctor } = await import("../commands/doctor.js");
        return doctor();
      }),
    );
  withManual(command, {
    examples: [["doctor", "examine this machine and the project in the current folder"]],
    exitCodes: { 0: "nothing is wrong", 1: "something is" },
  });
};
