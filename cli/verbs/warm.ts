import { InvalidArgumentError } from "commander";
import type { WarmBacktestOptions } from "../commands/warm-backtest";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const warmVerb: Verb = (program) => {
  const warm = program
    .command("warm")
    .description("execution environments that are ready before requests come: what they cost, and what they save");

  const advise = warm
    .command("advise")
    .description("which of nothing, a warmer and provisioned concurrency is cheapest for each service, and why")
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { warmAdvise } = await import("../commands/warm-advise.js");
          return warmAdvise(name);
        }),
      ),
    );
  withManual(advise, {
    examples: [["warm advise prod", "by the traffic and latency objectives that its file states"]],
  });

  const backtest = warm
    .command("backtest")
    .description(
      "test predictive warming with traffic of the past: cold requests, paid idle and cost, as a table and a plot",
    )
    .argument("<csv>", "file with lines of time,requests or time,concurrency, one an hour or more")
    .option("--region <region>", "region whose prices are used", "eu-west-1")
    .option("--memory <mb>", "memory of the function, in MB; 512 by default", positiveNumber, 512)
    .option("--duration <ms>", "mean duration of a request, in milliseconds, for a file of requests", positiveNumber)
    .option("--peak <environments>", "scale the file, so that its busiest moment needs as many", positiveNumber)
    .option("--coverage <percent>", "share of the hours that the forecast is to cover; 95 by default", share, 95)
    .option(
      "--min-days <days>",
      "days that it learns from before the first forecast, 7 or more; 14 by default",
      week,
      14,
    )
    .option("--min <environments>", "keep at least as many warm; 1 by default", positiveNumber, 1)
    .option("--max <environments>", "keep at most as many warm", positiveNumber)
    .option(
      "--fixed <environments>",
      "the fixed number to compare with; by default what covers the days before the first forecast",
      positiveNumber,
    )
    .option("--output <svg>", "file for the plot; by default in .evenkeel/warm")
    .action((file: string, options: WarmBacktestOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { warmBacktest } = await import("../commands/warm-backtest.js");
        return warmBacktest(file, options);
      }),
    );
  withManual(backtest, {
    examples: [
      ["warm backtest requests.csv --duration 120", "with requests per hour that take 120 ms each"],
      ["warm backtest concurrency.csv --memory 1769 --max 100", "with the metric ConcurrentExecutions, as exported"],
      ["warm backtest requests.csv --peak 100 --output plot.svg", "as if the busiest moment needed 100 environments"],
    ],
  });
  withManual(warm, {
    examples: [
      ["warm advise prod", "the cheapest way for each service"],
      ["warm backtest requests.csv --peak 100", "what predictive warming would have done"],
    ],
    withoutDocument: true,
  });
};

function share(value: string): number {
  const percent = Number(value);
  if (!(percent >= 50 && percent < 100))
    throw new InvalidArgumentError("It must be a percentage from 50 to below 100.");
  return percent;
}

function week(value: string): number {
  const days = positiveNumber(value);
  if (days < 7) throw new InvalidArgumentError("It must be 7 or more: a week.");
  return days;
}
