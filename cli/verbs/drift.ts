import { Option } from "commander";
import type { DriftOptions } from "../commands/drift";
import { type OutputOptions, runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const driftVerb: Verb = (program) => {
  const command = program
    .command("drift")
    .description(
      "what has changed in AWS beside Terraform: by a failover, by scaling, by hand, or unknown; nothing is applied",
    )
    .argument("<environment>", "name of the environment")
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to look at at once", positiveNumber)
    .addOption(
      new Option(
        "--report <forge>",
        "keep one issue open while somebody has to look at something, and close it then; with GITHUB_TOKEN or GITLAB_TOKEN",
      ).choices(["github", "gitlab"]),
    )
    .action((name: string, options: DriftOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { drift } = await import("../commands/drift.js");
        return drift(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["drift prod", "what differs from the last deployment, and why"],
      ["drift prod --stacks keys,data --json", "the same of two stacks, as a document"],
      ["drift prod --report github", "on a schedule of GitHub Actions: one issue, opened and closed"],
    ],
    exitCodes: {
      0: "nothing has changed but what a failover, scaling and the toolkit itself move, and what is accepted",
      1: "it could not be read, or not be reported",
      2: "somebody has to look at something: changes by hand, or unknown ones",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
