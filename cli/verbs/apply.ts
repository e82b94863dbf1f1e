import { Option } from "commander";
import type { ApplyOptions } from "../commands/apply";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const applyVerb: Verb = (program) => {
  const command = program
    .command("apply")
    .description("apply a bundle that plan has written: exactly what was reviewed, or nothing")
    .argument("<bundle>", "file that `plan --out` has written")
    .option("--auto-approve", "do not ask")
    .option("--despite-alarms <names>", "go on although these alarms are on, separated by commas; they do not count")
    .addOption(
      new Option(
        "--on-alarm <what>",
        "once services are not healthy after a wave: only stop, or go the way back without a question",
      ).choices(["stop", "back"]),
    )
    .option("--way-back", "apply nothing: put function aliases of the last wave back to the versions before it")
    .option(
      "--evidence <file>",
      "evidence of the environment that this one is promoted from, in place of what is beside its states",
    )
    .option("--write-evidence <file>", "write there as well that the rollout has settled, for a pipeline")
    .option(
      "--rely-on-evidence",
      "do not ask how the alarms of that environment are now; it is recorded that they were not asked",
    )
    .action((file: string, options: ApplyOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { apply } = await import("../commands/apply.js");
        return apply(file, options);
      }),
    );
  withManual(command, {
    examples: [
      [
        "apply rollouts/prod-4f1c.rollout",
        "ask, and apply the reviewed plans wave by wave, with a look at alarms between them",
      ],
      [
        "apply rollouts/prod-4f1c.rollout --auto-approve --on-alarm=back",
        "in a pipeline: take a wave back that is not healthy",
      ],
      [
        "apply rollouts/prod-4f1c.rollout --way-back",
        "put the functions of the last wave back to the versions before it",
      ],
      [
        "apply rollouts/staging-77ab.rollout --write-evidence settled.json",
        "the same, and a file for the pipeline that applies prod",
      ],
      [
        "apply rollouts/prod-4f1c.rollout --evidence settled.json",
        "only if the same files have settled, as the file says",
      ],
    ],
    exitCodes: {
      0: "everything is applied",
      1: "something is not as it was reviewed, has not settled where it has to, or failed",
      2: "the file is no bundle, or not the one of this name",
      3: "services are not healthy: before the rollout, or after a wave, where it has stopped",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
