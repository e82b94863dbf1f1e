import type { StateFailoverOptions } from "../commands/state-failover";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const stateVerb: Verb = (program) => {
  const state = program
    .command("state")
    .description("Terraform's states in two buckets: what stands in both, and going over");

  const doctor = state
    .command("doctor")
    .description(
      "explain locks, serials, forks, orphans and what is not replicated, with what to do for each; changes nothing",
    )
    .argument("<environment>", "name of the environment or account")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, async () => {
        const { stateDoctor } = await import("../commands/state-doctor.js");
        return stateDoctor(name);
      }),
    );
  withManual(doctor, {
    examples: [
      ["state doctor prod", "the states of prod in both buckets, and what is wrong with them"],
      ["state doctor prod --json", "the same for a program"],
    ],
    exitCodes: { 0: "nothing has to be done", 1: "something has to be done" },
  });

  const failover = state
    .command("failover")
    .description(
      "check that no serial is missing in the other bucket, fence the one to leave, and say which field to switch",
    )
    .argument("<environment>", "name of the environment or account")
    .requiredOption("--to <region>", "region of the bucket to go to")
    .option(
      "--accept-lag <stack=serial>",
      "go on with this serial of a stack although a later one may be lost; once for each stack",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("--write", "switch the field in the environment's file too")
    .action((name: string, options: StateFailoverOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { stateFailover } = await import("../commands/state-failover.js");
        return stateFailover(name, options);
      }),
    );
  withManual(failover, {
    examples: [
      ["state failover prod --to eu-central-1", "go to the bucket in Frankfurt, if nothing is missing there"],
      ["state failover prod --to eu-central-1 --write", "and switch the field in environments/prod.ts"],
      [
        "state failover prod --to eu-central-1 --accept-lag prod-data=41",
        "go on with serial 41 of the stack data, although the lost bucket may have had a later one",
      ],
    ],
    exitCodes: { 0: "the other bucket can be worked with", 1: "something is in the way, and nothing was changed" },
  });

  const migrate = state
    .command("migrate")
    .description("move local states into the bucket that the file names by now")
    .argument("<environment>", "name of the environment or account")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, async () => {
        const { stateMigrate } = await import("../commands/state-migrate.js");
        return stateMigrate(name);
      }),
    );
  withManual(migrate, {
    examples: [["state migrate live", "the state that made the buckets of the account live, into these buckets"]],
  });

  withManual(state, {
    examples: [["state doctor prod", "what stands in both buckets"]],
    withoutDocument: true,
  });
};
