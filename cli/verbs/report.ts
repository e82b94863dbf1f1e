import type { ReportOptions } from "../commands/report";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const reportVerb: Verb = (program) => {
  const command = program
    .command("report")
    .description("write one HTML file that shows an environment: topology, stages, recovery, every resource")
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--output <file>", "where to write; by default <environment>-report.html")
    .option("--open", "open it in the browser")
    .action((name: string, options: OutputOptions & ReportOptions) =>
      runVerb(options, async () => {
        const { report } = await import("../commands/report.js");
        return report(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["report prod", "write prod-report.html, and print the name of the file"],
      ["report prod --open", "write it, and look at it"],
      ["report staging --stage hardening --output next.html", "show staging as it will be at a later stage"],
    ],
  });
};
