import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const doctorVerb: Verb = (program) => {
  program
    .command("doctor")
    .description("say what this machine or project lacks, and what to do about it")
    .action(() =>
      runVerb(async () => {
        const { doctor } = await import("../commands/doctor.js");
        return doctor();
      }),
    );
};
