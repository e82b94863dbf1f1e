import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const gateVerb: Verb = (program) => {
  program
    .command("gate")
    .description(
      "check the plans of a rollout (terraform show -json) for lost data or keys and for addresses that disappear",
    )
    .argument("<plan.json...>", "files with plans as JSON, one for each state")
    .option("--first-deployment", "the stacks are deployed for the first time: their states are empty on purpose")
    .action((files: string[], options: { firstDeployment?: boolean }) =>
      runVerb(async () => {
        const { gate } = await import("../commands/gate.js");
        return gate(files, options);
      }),
    );
};
