import type { ReportOptions } from "../commands/report";
import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const reportVerb: Verb = (program) => {
  program
    .command("report")
    .description("write one HTML file that shows an environment: topology, stages, recovery, every resource")
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--output <file>", "where to write; by default <environment>-report.html")
    .action((name: string, options: ReportOptions) =>
      runVerb(async () => {
        const { report } = await import("../commands/report.js");
        return report(name, options);
      }),
    );
};
