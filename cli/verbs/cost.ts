import type { CostOptions } from "../commands/cost";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const costVerb: Verb = (program) => {
  const command = program
    .command("cost")
    .description(
      "what an environment costs in a month, every day and during a failover, from what is synthesized for it",
    )
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "stage to estimate; by default the environment's own")
    .option("--failover <region>", "region that takes over; by default the first standby region")
    .option("--by <what>", "what the table is by: capability, stage, region or service; by default capability")
    .option("--assumptions", "list what is assumed")
    .action((name: string, options: CostOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { cost } = await import("../commands/cost.js");
        return briefly(`Estimating ${name}`, () => cost(name, options));
      }),
    );
  withManual(command, {
    examples: [
      ["cost prod", "by capability, with what each stage adds"],
      ["cost prod --by region --failover eu-central-1", "by region, with the traffic in Frankfurt beside it"],
      ["cost staging --stage optimization --json", "every line, with its price and how it is calculated"],
    ],
  });
};
