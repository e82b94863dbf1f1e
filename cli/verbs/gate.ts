import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const gateVerb: Verb = (program) => {
  const command = program
    .command("gate")
    .description(
      "check the plans of a rollout (terraform show -json) for lost data or keys and for addresses that disappear",
    )
    .argument("<plan.json...>", "files with plans as JSON, one for each state")
    .option("--first-deployment", "the stacks are deployed for the first time: their states are empty on purpose")
    .action((files: string[], options: OutputOptions & { firstDeployment?: boolean }) =>
      runVerb(options, () =>
        briefly("Checking the plans", async () => {
          const { gate } = await import("../commands/gate.js");
          return gate(files, options);
        }),
      ),
    );
  withManual(command, {
    examples: [
      ["gate cdktf.out/stacks/prod-*/plan.json", "check all plans of a rollout, each against the others"],
      [
        "gate --json plan.json",
        "the same as a document, for a pipeline: `passed`, and each violation with its address",
      ],
    ],
    exitCodes: {
      0: "every plan passes every gate",
      1: "there is a violation",
      2: "nothing was checked: a file is not a complete plan, or --first-deployment is not true",
    },
  });
};
