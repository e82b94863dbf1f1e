import { z } from "zod";
import { timeZone } from "../../values/languages";
import { checkedText, type Report, strictObject, withRule } from "../core";
import { hourCounts } from "./hours";

export type * from "./input";

const rate = z.number().min(0).max(1_000_000);

/** A path below the project's folder, as those of handlers. */
const trafficFile = z.string().regex(/^(?!\/|[A-Za-z]:)(?!.*\\)(?!(.*\/)?\.\.?(\/|$)).+\.csv$/, {
  message: "is not a CSV file of the project; write its path relative to the project folder, ending in .csv",
});

const many = z.number().min(0).max(10_000);

const perRequest = strictObject(() => ({
  reads: many.default(1).describe("Items read of each table that the service may read, eventually consistent."),
  writes: many.default(0.2).describe("Items written to each table that the service may write."),
  itemKb: z.number().min(0.1).max(400).default(1).describe("Size of an item, in KB."),
  events: many.default(0.2).describe("Events published to each bus that the service may publish to."),
  eventKb: z.number().min(0.1).max(256).default(1).describe("Size of an event, in KB."),
  databaseIo: many
    .default(4)
    .describe("I/Os of the database: pages read that are not in its memory, and 4 KB blocks written."),
  databaseWriteIo: many.default(1).describe("Those of databaseIo that are written, and replicated to standby regions."),
  kmsRequests: many
    .default(0.01)
    .describe("Requests to KMS of a service that encrypts: one for each data key, which serves many requests."),
  responseKb: z.number().min(0).max(10_000).default(2).describe("Size of an answer to the internet, in KB."),
  logKb: z.number().min(0).max(1_000).default(0.6).describe("What the function and Lambda write to its log, in KB."),
  accessLogKb: z.number().min(0).max(100).default(0.5).describe("What the API writes to its access log, in KB."),
  edgeRequests: z
    .number()
    .min(1)
    .max(10_000)
    .default(1)
    .describe(
      "Requests to the edge, of which one reaches the service: 4 where three of four are answered from the cache.",
    ),
}));

const fields = strictObject(() => ({
  requestsPerSecond: z
    .union([rate, z.array(rate), trafficFile])
    .describe(
      "Requests per second in the region that serves: one number, 24 for the hours of a day, 168 for those of a week from Monday on, or the path of a CSV file of the project. Its first line is hour,requestsPerSecond with 24 or 168 lines after it, or timestamp,requestsPerSecond with a history of at least a day.",
    ),
  timezone: checkedText(timeZone).default("UTC").describe("IANA time zone of the hours, such as Europe/Dublin."),
  peakFactor: z
    .number()
    .min(1)
    .max(100)
    .default(2)
    .describe("The busiest seconds of an hour, as a multiple of the average of the hour."),
  averageDurationMs: z
    .number()
    .min(1)
    .max(900_000)
    .describe("Average duration of a request in a warm execution environment, in milliseconds."),
  coldStartMs: z
    .number()
    .min(0)
    .max(900_000)
    .default(1_000)
    .describe(
      "What a cold start adds to a request, in milliseconds: Init Duration in the function's log, plus what the first request loads.",
    ),
  latency: strictObject(() => ({
    objectiveMs: z.number().min(1).describe("The function's answer comes within so many milliseconds."),
    percent: z
      .number()
      .min(50)
      .max(99.999)
      .default(99)
      .describe("Percentage of the requests that this is promised for."),
    each: z
      .enum(["week", "hour"])
      .default("week")
      .describe("What the percentage is of: all requests of a week, or those of each hour, quiet ones included."),
  })).describe("The latency objective."),
  perRequest: perRequest.prefault({}).describe("What a request uses on average, for the estimate of costs."),
  failoverShare: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe(
      "Share of this traffic that a standby region has to be able to take over. Less than 1 means that the rest is refused there.",
    ),
}));

/**
 * What a service has to answer, and how fast: stated once, for everything that is sized by it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export const serviceTrafficConfig = withRule(fields, (traffic, report) => {
  checkHours(traffic.requestsPerSecond, report);
  checkObjective(traffic, report);
});

export type ServiceTrafficConfig = z.output<typeof fields>;

function checkHours(rates: ServiceTrafficConfig["requestsPerSecond"], report: Report): void {
  if (!Array.isArray(rates)) return;
  if (!(hourCounts as readonly number[]).includes(rates.length)) {
    report(
      ["requestsPerSecond"],
      `has ${rates.length} numbers; write 24, one for each hour of a day, or 168 for those of a week from Monday on`,
    );
  }
}

function checkObjective({ averageDurationMs, latency }: ServiceTrafficConfig, report: Report): void {
  if (averageDurationMs <= latency.objectiveMs) return;
  report(
    ["latency", "objectiveMs"],
    `is below averageDurationMs, ${averageDurationMs}, so even warm requests miss it on average; raise it, or make the function faster`,
  );
}
