import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { environment, notes } from "./parts";

const percent = (text: string) => z.number().nullable().describe(`${text}; null without requests.`);

const service = z.strictObject({
  name: z.string().describe("Name of the service."),
  region: z.string().describe("The region."),
  requests: z
    .number()
    .describe("Requests of its API or load balancer, or invocations of its function where it has none."),
  availabilityPercent: percent("Percentage of requests that did not fail"),
  objectivePercent: z.number().nullable().describe("What it promises of that; null without a promise."),
  errorBudgetLeftPercent: z
    .number()
    .nullable()
    .describe("What is left of its error budget over the time, in percent of it; below 0 once it is spent."),
  errorPercent: percent("Percentage of invocations that failed, or of requests that tasks of a container failed"),
  coldStartPercent: percent("Percentage of invocations that met a cold start; null for containers, which have none"),
  costUsd: z.number().describe("What its calls cost over the time, or its tasks, in US dollars."),
  usdPerThousandRequests: z
    .number()
    .nullable()
    .describe("The same for a thousand requests that succeeded; null where none did."),
  recovery: z
    .strictObject({
      alarm: z.string().describe("The alarm whose history it is from."),
      meanMinutes: z.number().nullable().describe("Mean time from ALARM to OK, in minutes; null where there was none."),
      recovered: z.int().nonnegative().describe("How many times it went from ALARM to OK."),
      openSince: z.string().nullable().describe("Since when it is in alarm, in UTC; null where it is not."),
      beganBefore: z.int().nonnegative().describe("Recoveries that are left out, as they began before the time."),
    })
    .describe("How fast it recovers."),
});

const lastRun = z.strictObject({
  at: z.string().describe("When it was started, in UTC."),
  status: z.string().describe("What became of it, in the words of FIS."),
});

const fields = {
  environment,
  since: z.string().describe("Beginning of the time, in UTC."),
  until: z.string().describe("End of the time, in UTC."),
  services: z.array(service).describe("Each service in each of its regions."),
  promises: z
    .array(
      z.strictObject({
        service: z.string().describe("Name of the service."),
        recoveryTimeSeconds: z
          .number()
          .nullable()
          .describe("Recovery time that it promises after the loss of its home region; null without a promise."),
        lastDrill: lastRun
          .extend({ experiment: z.string().describe("Name of the experiment.") })
          .nullable()
          .describe("The last run of an experiment about it; null where there was none yet."),
      }),
    )
    .describe("What services promise of recovery, and when that was last tried."),
  drills: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the experiment."),
        region: z.string().describe("Its region."),
        promisedSeconds: z.number().nullable().describe("Recovery time that its services promise."),
        expectedSeconds: z.number().nullable().describe("Within how many seconds its hypothesis must hold."),
        holds: z.string().nullable().describe("What must hold."),
        lastRun: lastRun.nullable().describe("Its last run; null where there was none yet."),
      }),
    )
    .describe("The experiments of the environment."),
  prices: z
    .strictObject({
      asOf: z.string().describe("Day of the oldest of the prices, YYYY-MM-DD."),
      assumedFrom: z.string().describe("The region whose prices stand in for those that are not known."),
    })
    .describe("The prices that costs are reckoned with."),
  notes,
};

const columns: readonly Column[] = [
  { title: "service", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "essential" },
  { title: "requests", kind: "number", importance: "useful" },
  { title: "available", kind: "number", importance: "essential" },
  { title: "budget left", kind: "number", importance: "useful" },
  { title: "errors", kind: "number", importance: "essential" },
  { title: "cold", kind: "number", importance: "essential" },
  { title: "USD per 1,000", kind: "number", importance: "essential" },
  { title: "recovery", kind: "text", importance: "essential" },
];

const drillColumns: readonly Column[] = [
  { title: "service", kind: "name", importance: "essential" },
  { title: "recovery time", kind: "text", importance: "essential" },
  { title: "last drill", kind: "text", importance: "essential" },
];

type Data = DataOf<typeof fields>;

function text(data: Data, screen: Screen): string {
  const { services, promises, prices } = data;
  const rows = services.map((each) => [
    each.name,
    each.region,
    each.requests.toLocaleString("en-US"),
    inPercent(each.availabilityPercent),
    inPercent(each.errorBudgetLeftPercent, 0),
    inPercent(each.errorPercent),
    inPercent(each.coldStartPercent),
    each.usdPerThousandRequests === null ? "-" : each.usdPerThousandRequests.toFixed(4),
    recovery(each.recovery),
  ]);
  const drills = promises.map(({ service: name, recoveryTimeSeconds, lastDrill }) => [
    name,
    recoveryTimeSeconds === null ? "no promise" : `${recoveryTimeSeconds} s`,
    lastDrill === null ? "no drill yet" : `${lastDrill.at} ${lastDrill.status} (${lastDrill.experiment})`,
  ]);
  return [
    paragraphs(`Key figures of ${data.environment} from ${data.since} to ${data.until}`, screen),
    ...(rows.length > 0 ? [renderTable({ columns, rows }, screen)] : []),
    ...(drills.length > 0 ? [renderTable({ columns: drillColumns, rows: drills }, screen)] : []),
    paragraphs(
      [...data.notes, `Prices of ${prices.asOf}; those of ${prices.assumedFrom} stand in for what is not known.`].join(
        " ",
      ),
      screen,
    ),
  ].join("\n\n");
}

const inPercent = (value: number | null, digits = 3): string =>
  value === null ? "-" : `${Number(value.toFixed(digits))} %`;

function recovery({ meanMinutes, recovered, openSince }: Data["services"][number]["recovery"]): string {
  const open = openSince === null ? [] : [`open since ${openSince}`];
  const mean = meanMinutes === null ? [] : [`${meanMinutes} min, ${recovered} ${recovered === 1 ? "time" : "times"}`];
  return [...mean, ...open].join("; ") || "nothing to recover from";
}

/** What `kpi` prints: the key figures of an environment. */
export const kpiDocument = new DocumentType({ verb: "kpi", version: 1, fields, text });
