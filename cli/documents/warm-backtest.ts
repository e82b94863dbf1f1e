import { z } from "zod";
import { strategyNames } from "../../forecast";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { sparkline } from "../warm/chart";

const usd = z.number().describe("What environments cost over the tested days, kept and executing, in US dollars.");

const strategy = z.strictObject({
  name: z.enum(strategyNames).describe("How environments are kept warm."),
  warm: z.number().describe("Environments kept warm, on average."),
  coldRequests: z
    .number()
    .describe(
      "Environments that were needed and not warm, summed over the hours: at least as many requests met a cold start.",
    ),
  idleHours: z.number().describe("Hours of warm environments in which they executed nothing, all of them together."),
  costUsd: usd,
});

const hour = z.strictObject({
  start: z.string().describe("Begin of the hour, ISO 8601 in UTC."),
  need: z.number().describe("Environments in use at once, at most."),
  warm: z.number().describe("Environments that the forecast keeps warm."),
});

const columns: readonly Column[] = [
  { title: "warming", kind: "text", importance: "essential" },
  { title: "warm", kind: "number", importance: "useful" },
  { title: "cold requests", kind: "number", importance: "essential" },
  { title: "paid idle", kind: "number", importance: "useful" },
  { title: "cost", kind: "number", importance: "essential" },
];

/** Three hours a block: a week fits into 80 columns. */
const hoursOfBlock = 3;

/** What `warm backtest` prints: what ways to warm would have done with a file of traffic. */
export const warmBacktestDocument = new DocumentType({
  verb: "warm backtest",
  version: 1,
  fields: {
    file: z.string().describe("The file of traffic."),
    region: z.string().describe("Region whose prices are used."),
    pricesOf: z.string().describe("Day on which the prices were read, and what they were read from."),
    assumedPrices: z
      .boolean()
      .describe("Whether the prices are those of eu-west-1, as the region's own are not known."),
    memoryMb: z.int().describe("Memory of the function, in MB."),
    coverage: z.number().describe("Share of the hours that the forecast is to cover."),
    from: z.string().describe("First tested hour, ISO 8601 in UTC."),
    days: z.int().describe("Tested days: each was forecast from what was before it alone."),
    daysWithoutForecast: z
      .int()
      .describe("Tested days on which the forecast said that a fixed number is better, and it was kept."),
    reason: z.string().nullable().describe("Why the last one of these had none; null for no such day."),
    fixed: z.number().describe("The fixed number: what is kept on days without a forecast, too."),
    strategies: z.array(strategy).describe("Ways to warm, beside each other."),
    ratio: z
      .number()
      .describe(
        "Cost of predictive warming, divided by that of the fixed number with as many cold requests; below 1 it is cheaper.",
      ),
    lastHours: z.array(hour).describe("The last week of the tested hours."),
    picture: z.string().describe("The plot that was written, as SVG."),
  },
  text: (data, screen) => {
    const rows = data.strategies.map(({ name, warm, coldRequests, idleHours, costUsd }) => [
      name,
      warm.toFixed(1),
      whole(coldRequests),
      `${whole(idleHours)} h`,
      `${costUsd.toFixed(2)} USD`,
    ]);
    const percent = Math.abs(100 * (1 - data.ratio)).toFixed(1);
    const verdict =
      data.ratio < 1
        ? `Predictive warming costs ${percent} % less than a fixed number with as many cold requests.`
        : `Predictive warming costs ${percent} % more than a fixed number with as many cold requests: keep a fixed number.`;
    const most = Math.max(...data.lastHours.flatMap(({ need, warm }) => [need, warm]));
    const unforecast = `${data.daysWithoutForecast} of these days had no forecast and ${data.fixed} warm environments; of the last one: ${data.reason}.`;
    return [
      paragraphs(`${data.file}: ${data.days} days from ${data.from.slice(0, 10)}, at prices of ${data.region}`, screen),
      ...(data.assumedPrices
        ? [paragraphs(`Prices of ${data.region} are not known: these are of eu-west-1.`, screen)]
        : []),
      renderTable({ columns, rows }, screen),
      paragraphs(verdict, screen),
      ...(data.reason === null ? [] : [paragraphs(unforecast, screen)]),
      paragraphs(`The last week, up to ${whole(most)} environments:`, screen),
      `needed ${sparkline(
        data.lastHours.map(({ need }) => need),
        hoursOfBlock,
        most,
      )}`,
      `warm   ${sparkline(
        data.lastHours.map(({ warm }) => warm),
        hoursOfBlock,
        most,
      )}`,
      paragraphs(`Plot: ${data.picture}`, screen),
    ].join("\n");
  },
});

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
