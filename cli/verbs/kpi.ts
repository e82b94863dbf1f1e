import type { KpiVerbOptions } from "../commands/kpi";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const kpiVerb: Verb = (program) => {
  const command = program
    .command("kpi")
    .description("availability, errors, recovery, cost and cold starts of each service, as CloudWatch knows them")
    .argument("<environment>", "name of the environment")
    .option("--since <duration>", "how far back: hours, days or weeks, such as 12h, 30d or 2w", "30d")
    .action((name: string, options: KpiVerbOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { kpi } = await import("../commands/kpi.js");
        return kpi(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["kpi prod --since 30d", "the key figures of the last 30 days, by service and region"],
      ["kpi prod --since 12h --json", "the same of half a day, for a program"],
    ],
  });
};
