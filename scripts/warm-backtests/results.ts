import { readFileSync } from "node:fs";
import { join } from "node:path";
import { warmBacktest } from "../../cli/commands/warm-backtest";
import type { DocumentData } from "../../cli/document";
import type { warmBacktestDocument } from "../../cli/documents/warm-backtest";

/** Where the files of traffic and the plots are. */
export const folder = join("docs", "predictive-warming");
export const page = join("docs", "predictive-warming.md");

/** What is tested: a file of traffic, with the days that there are to learn from. */
export const traffic = [
  { name: "taxi-demand", minDays: 14 },
  { name: "mentions", minDays: 14 },
  { name: "load-balancer", minDays: 7 },
  { name: "office-hours", minDays: 14 },
  { name: "growing-days", minDays: 14 },
  { name: "nightly-batch", minDays: 14 },
] as const;

/** Each file is scaled, so that its busiest hour needs as many environments. */
const peak = 100;
const coverages = [90, 95, 99] as const;

type Result = DocumentData<typeof warmBacktestDocument>;

/** The tables of the page, from backtests of all files; writes their plots. @param plots folder for these */
export function results(plots: string): string {
  const rows = traffic.map(({ name, minDays }) => {
    const run = (coverage: number): Result =>
      warmBacktest(join(folder, `${name}.csv`), {
        region: "eu-west-1",
        memory: 1769,
        peak,
        coverage,
        minDays,
        min: 1,
        output: join(plots, `${name}.svg`),
      }).json as Result;
    // The plot that stays is that of 95 %, which runs last.
    const others = coverages
      .filter((coverage) => coverage !== 95)
      .map((coverage) => [coverage, run(coverage)] as const);
    return { name, at: new Map<number, Result>([...others, [95, run(95)]]) };
  });
  return [
    "| traffic | tested days | without a forecast | no warming | fixed, as many cold requests | predictive | optimum, as many cold requests | predictive against fixed |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map(({ name, at }) => {
      const { days, daysWithoutForecast, strategies, ratio } = at.get(95) as Result;
      const told = ["no warming", "fixed, equal cold requests", "predictive", "optimum, equal cold requests"].map(
        (way) => {
          const found = strategies.find((strategy) => strategy.name === way) as Result["strategies"][number];
          return `${usd(found.costUsd)}, ${whole(found.coldRequests)} cold, ${whole(found.idleHours)} h idle`;
        },
      );
      return `| [${name}](predictive-warming/${name}.csv) | ${days} | ${daysWithoutForecast} | ${told.join(" | ")} | ${change(ratio)} |`;
    }),
    "",
    `The last column with other values of \`coverage\`:`,
    "",
    `| traffic | ${coverages.map((coverage) => `${coverage} %`).join(" | ")} |`,
    `|---|${coverages.map(() => "---|").join("")}`,
    ...rows.map(
      ({ name, at }) => `| ${name} | ${coverages.map((each) => change((at.get(each) as Result).ratio)).join(" | ")} |`,
    ),
  ].join("\n");
}

const marks = ["<!-- results: written by npm run warm-backtests -->", "<!-- end of results -->"] as const;

/** The page with other results. */
export function pageWith(tables: string): string {
  const text = readFileSync(page, "utf8");
  const [before, rest = ""] = text.split(marks[0]);
  const [, after = ""] = rest.split(marks[1]);
  return `${before}${marks[0]}\n\n${tables}\n\n${marks[1]}${after}`;
}

const usd = (value: number): string => `${value.toFixed(0)} USD`;
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const change = (ratio: number): string => `${ratio < 1 ? "-" : "+"}${Math.abs(100 * (ratio - 1)).toFixed(1)} %`;
