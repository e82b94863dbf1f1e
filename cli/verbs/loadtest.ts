import type { LoadtestOptions } from "../commands/loadtest";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { commaSeparated } from "./lists";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const loadtestVerb: Verb = (program) => {
  const command = program
    .command("loadtest")
    .description("write load tests for Artillery, from the limits and objectives of an environment; nothing is sent")
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--service <names>", "comma-separated services; by default all that have an API", commaSeparated)
    .option(
      "--scenario <names>",
      "comma-separated: steady, slow-start, spike, throttled-dependency, region-down; by default all",
      commaSeparated,
    )
    .option("--target <url>", "URL of the service; by default the name that its callers use")
    .option("--duration <seconds>", "length of the phases that are measured; by default 300", positiveNumber)
    .option("--request-ms <ms>", "mean time of a request, as measured; by default 100", positiveNumber)
    .option("--percent <percent>", "how far to go to the limits, for a small first run; by default 100", positiveNumber)
    .option("--requests <file>", "JSON file with requests by service; by default open routes without parameters")
    .option("--output <folder>", "where to write; by default <environment>-loadtest")
    .action((name: string, options: LoadtestOptions & OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { loadtest } = await import("../commands/loadtest.js");
          return loadtest(name, options);
        }),
      ),
    );
  withManual(command, {
    examples: [
      ["loadtest prod", "write every test of every service to prod-loadtest, for the names that callers use"],
      ["loadtest prod --service orders --requests orders-requests.json", "with requests of your own"],
      ["loadtest prod --percent 10 --duration 60", "a tenth of the limits, for a minute: a first run"],
      [
        "loadtest staging --service orders --scenario steady,spike --target https://abc.execute-api.eu-west-1.amazonaws.com",
        "two tests, of one region",
      ],
    ],
  });
};
