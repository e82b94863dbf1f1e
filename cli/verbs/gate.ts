import type { GateOptions } from "../commands/gate";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { amount } from "./numbers";
import { type Verb, withManual } from "./verb";

export const gateVerb: Verb = (program) => {
  const command = program
    .command("gate")
    .description(
      "check the plans of a rollout (terraform show -json) for lost data or keys, addresses that disappear, and what should not be created",
    )
    .argument("<plan.json...>", "files with plans as JSON, one for each state")
    .option("--first-deployment", "the stacks are deployed for the first time: their states are empty on purpose")
    .option("--wave", "the plans are applied together: they may change the services of one region only")
    .option("--static-stability", "refuse steps of recovery that need a control plane or us-east-1")
    .option("--require-tags <keys>", "tags that what is created has, with commas; beside those of the organisation")
    .option("--max-cost-increase <usd>", "most that the plans may add to the costs of a month, in US dollars", amount)
    .option(
      "--results <file>",
      "results of Checkov or conftest as JSON, or of any scanner as SARIF, to be put in; may be repeated",
      (file: string, before: string[] = []) => [...before, file],
    )
    .option("--sarif <file>", "write what is found as SARIF, what is acknowledged as suppressed")
    .option("--junit <file>", "write the gates as JUnit's XML, what is acknowledged as skipped")
    .action((files: string[], options: OutputOptions & GateOptions) =>
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
      [
        "gate --sarif gate.sarif --junit gate.xml --results checkov.json plan.json",
        "with what Checkov found in the plan, and files for a code host and for a pipeline's list of tests",
      ],
      ["gate --wave --max-cost-increase 100 cdktf.out/stacks/prod-*/plan.json", "the plans of one wave, with a limit"],
    ],
    exitCodes: {
      0: "every plan passes every gate",
      1: "there is a violation",
      2: "nothing was checked: a file is not a complete plan or not the results of a scanner, --first-deployment is not true, or nothing is known of the costs that are limited",
    },
  });
};
