import { z } from "zod";
import { percent, warmingKinds } from "../../modules/service-traffic";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { environment, stage } from "./parts";

const kind = z.enum(warmingKinds);
const share = z.number().min(0).max(1);
const dollars = z.number().nonnegative();

const option = z.strictObject({
  kind: kind.describe("What keeps environments ready."),
  environments: z.int().nonnegative().describe("Environments that are kept, in the hour with the most."),
  leastEnvironments: z.int().nonnegative().describe("Environments that are kept, in the hour with the fewest."),
  coldShare: share.describe("Share of requests that meet a cold start, between 0 and 1."),
  meetsObjective: z.boolean().describe("Whether the latency objective holds."),
  monthlyUsd: dollars.describe("US dollars a month: executions, requests and what is kept, in all regions."),
});

const service = z.strictObject({
  name: z.string().describe("Name of the service."),
  requestsPerSecondAtPeak: z.number().nonnegative().describe("Requests per second in its busiest seconds."),
  executionsAtPeak: z.int().nonnegative().describe("Executions at once that they need."),
  objective: z
    .strictObject({
      objectiveMs: z.number().describe("Milliseconds within which it answers."),
      percent: z.number().describe("Percentage of requests that this is promised for."),
      each: z.enum(["week", "hour"]).describe("What the percentage is of."),
    })
    .describe("Its latency objective."),
  allowedColdShare: share.describe(
    "Share of requests that may meet a cold start; 1 where a cold start is within the objective.",
  ),
  options: z.array(option).describe("Each way, the simplest first."),
  cheapest: kind.describe("The cheapest way with which the objective holds."),
  now: z
    .strictObject({
      kind: z.enum(["nothing", "warmer", "provisioned"]).describe("What its file says."),
      environments: z.int().nonnegative().describe("Environments that it keeps at the most."),
    })
    .describe("What it has in the region that serves first."),
  why: z.string().describe("The reason, in sentences."),
});

const fields = {
  environment,
  stage,
  regions: z
    .array(z.string())
    .describe("Regions that are reckoned with: the one that serves first, then those that take over."),
  prices: z
    .strictObject({
      asOf: z.string().describe("Day of the prices, YYYY-MM-DD."),
      source: z.string().describe("Where they are from."),
      assumedFor: z.array(z.string()).describe("Regions whose prices are not known; another region's stand in."),
      assumedFrom: z.string().describe("The region whose prices stand in."),
    })
    .describe("The prices."),
  assumptions: z.array(z.string()).describe("What is taken to be true without AWS saying so; a sentence each."),
  services: z.array(service).describe("Services whose traffic is stated."),
  withoutTraffic: z
    .array(z.string())
    .describe("Services whose traffic is not stated, so that nothing is said of them."),
};

const columns: readonly Column[] = [
  { title: "service", kind: "name", importance: "essential" },
  { title: "with", kind: "text", importance: "essential" },
  { title: "kept", kind: "number", importance: "essential" },
  { title: "cold requests", kind: "number", importance: "essential" },
  { title: "objective", kind: "text", importance: "useful" },
  { title: "USD a month", kind: "number", importance: "essential" },
  { title: "", kind: "text", importance: "essential" },
];

function text(data: DataOf<typeof fields>, screen: Screen): string {
  const { prices, services, withoutTraffic } = data;
  const rows = services.flatMap(({ name, options, cheapest, now }) =>
    options.map((option) => [
      name,
      option.kind,
      option.leastEnvironments === option.environments
        ? String(option.environments)
        : `${option.leastEnvironments} to ${option.environments}`,
      percent(option.coldShare),
      option.meetsObjective ? "holds" : "missed",
      option.monthlyUsd.toFixed(2),
      [
        ...(option.kind === cheapest ? ["cheapest"] : []),
        ...(option.kind.startsWith(now.kind) && option.kind !== "provisioned by hour" ? ["now"] : []),
      ].join(", "),
    ]),
  );
  const stood =
    prices.assumedFor.length > 0 ? ` Those of ${prices.assumedFrom} stand in for ${prices.assumedFor.join(", ")}.` : "";
  const sections = [
    `Warming of ${data.environment} at ${data.stage}, in ${data.regions.join(", ")}`,
    ...(rows.length > 0 ? [renderTable({ columns, rows }, screen)] : []),
    ...services.map(
      ({ name, objective, requestsPerSecondAtPeak, executionsAtPeak, why }) =>
        `${name}: ${objective.percent} % within ${objective.objectiveMs} ms, ${requestsPerSecondAtPeak} requests/s at the peak, ${executionsAtPeak} executions at once. ${why}`,
    ),
    ...(withoutTraffic.length > 0 ? [`No traffic is stated for ${withoutTraffic.join(", ")}.`] : []),
    `Prices of ${prices.asOf} (${prices.source}).${stood} ${data.assumptions.join(" ")}`,
  ];
  return sections
    .map((section, index) => (rows.length > 0 && index === 1 ? section : paragraphs(section, screen)))
    .join("\n\n");
}

/** What `warm advise` prints: for each service the cheapest way of keeping environments ready that its objective holds with. */
export const warmAdviseDocument = new DocumentType({ verb: "warm advise", version: 1, fields, text });
