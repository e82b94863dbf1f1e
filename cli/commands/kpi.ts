import { functionIn } from "../../contract";
import { coldStartsMetric, kpiNamespace } from "../../modules/kpi-dashboard";
import { assumedPriceRegion, pricesAsOf, type TaskSize } from "../../values/prices";
import { environmentResources } from "../aws/resources";
import { type Experiment, experimentsOf } from "../chaos/experiments";
import type { DocumentData, Outcome } from "../document";
import { kpiDocument } from "../documents/kpi";
import { type Asking, asking, type Query, type Watched } from "../kpi/cloudwatch";
import { figuresOf, type Sums } from "../kpi/figures";
import { meanMinutes, recoveriesOf } from "../kpi/recoveries";
import { historyDays, sinceSeconds } from "../kpi/since";
import project from "../project";
import { step } from "../step";

export interface KpiVerbOptions {
  /** `30d`, `12h` or `2w`. */
  readonly since?: string;
}

type Data = DocumentData<typeof kpiDocument>;

/** The key figures of an environment, by service and region, as CloudWatch and FIS know them. */
export async function kpi(name: string, { since }: KpiVerbOptions, now = new Date()): Promise<Outcome> {
  const seconds = sinceSeconds(since);
  const until = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const from = new Date(until.getTime() - seconds * 1000);
  const environment = project.find(name);
  const { account } = environment.input;
  const simulated = process.env.EVENKEEL_SIMULATED !== undefined && process.env.EVENKEEL_SIMULATED !== "";
  const subjects = subjectsOf(name);
  const services = simulated ? [] : await askedServices(subjects, account, from, until);
  const drills = await drillsOf(name, account, simulated);
  return kpiDocument.outcome({
    environment: name,
    since: iso(from),
    until: iso(until),
    services,
    promises: promisesOf(subjects, drills),
    drills,
    prices: {
      asOf: pricesAsOf.oldest,
      assumedFrom: assumedPriceRegion,
    },
    notes: notesOf(subjects, seconds, simulated),
  });
}

/** A service in one of its regions. */
interface Subject {
  readonly service: string;
  readonly region: string;
  /** What its metrics go by: `<environment>-<service>`. */
  readonly functionName: string;
  /** The size of its tasks, if it runs in containers. */
  readonly task?: TaskSize;
  readonly memoryMb: number;
  readonly provisioned: number;
  readonly hasApi: boolean;
  /** The alarm on what callers notice first: failures of its API, or of its function. */
  readonly alarm: string;
  readonly coldStarts: string;
  readonly objectivePercent: number | undefined;
  readonly recoveryTimeSeconds: number | undefined;
  readonly ownTables: readonly string[];
  readonly sharedTables: readonly string[];
}

/** What capabilities add to a service that is shown here. */
interface Promising {
  readonly errorBudget?: { readonly availabilityPercent: number };
}

function subjectsOf(name: string): Subject[] {
  const environment = project.find(name);
  const config = environment.parse();
  const { serviceRegions } = environment.resolve();
  const all = [...config.services, ...config.containers];
  const users = (table: string) => all.filter((each) => Object.hasOwn(each.tables, table)).length;
  const common = (each: (typeof all)[number]) => {
    const tables = Object.keys(each.tables);
    return {
      service: each.name,
      functionName: `${name}-${each.name}`,
      objectivePercent: (each as Promising).errorBudget?.availabilityPercent,
      recoveryTimeSeconds: each.recovery?.recoveryTimeSeconds,
      ownTables: tables.filter((table) => users(table) === 1).map((table) => `${name}-${table}`),
      sharedTables: tables.filter((table) => users(table) > 1),
    };
  };
  const provides = environment.toolkit.stages.enabled(config.stage, config.exceptions).has("provisionedConcurrency");
  const functions = config.services.flatMap((each) =>
    serviceRegions.map((region): Subject => {
      const { memoryMb, provisionedConcurrency } = functionIn(each, region);
      const its = common(each);
      return {
        ...its,
        region,
        memoryMb,
        provisioned: provides ? (provisionedConcurrency?.min ?? 0) : 0,
        hasApi: each.api !== undefined,
        alarm: each.api ? `${its.functionName}-api-server-errors` : `${its.functionName}-function-errors`,
        coldStarts: coldStartsMetric(name, each.name),
      };
    }),
  );
  const containers = config.containers.flatMap((each) =>
    serviceRegions.map((region): Subject => {
      const its = common(each);
      return {
        ...its,
        region,
        task: each.container,
        memoryMb: 0,
        provisioned: 0,
        hasApi: false,
        alarm: `${its.functionName}-server-errors`,
        coldStarts: "",
      };
    }),
  );
  return [...functions, ...containers];
}

async function askedServices(
  subjects: readonly Subject[],
  account: string,
  from: Date,
  until: Date,
): Promise<Data["services"]> {
  const modules = await import("@aws-sdk/client-cloudwatch");
  const regions = [...new Set(subjects.map(({ region }) => region))];
  const found: Data["services"] = [];
  await step("Asking CloudWatch", async (say) => {
    for (const region of regions) {
      say(region);
      const here = subjects.filter((subject) => subject.region === region);
      found.push(...(await askedRegion(asking(modules, region, account), here, from, until)));
    }
  });
  // In the order of the file, each with its regions.
  const order = subjects.map(({ service, region }) => `${service} ${region}`);
  return found.sort((a, b) => order.indexOf(`${a.name} ${a.region}`) - order.indexOf(`${b.name} ${b.region}`));
}

async function askedRegion(
  ask: Asking,
  subjects: readonly Subject[],
  from: Date,
  until: Date,
): Promise<Data["services"]> {
  const watched = await ask.watchedBy(subjects.flatMap(({ alarm, hasApi, task }) => (hasApi || task ? [alarm] : [])));
  const queries = subjects.map((subject) => queriesOf(subject, watched.get(subject.alarm) ?? {}));
  const sums = await ask.sums(
    queries.flatMap((of) => Object.values(of).flat()),
    from,
    until,
  );
  const earliest = new Date(Math.max(from.getTime(), until.getTime() - historyDays * 86_400_000));
  let at = 0;
  const rows: Data["services"] = [];
  for (const [index, subject] of subjects.entries()) {
    const added = Object.fromEntries(
      Object.entries(queries[index] ?? {}).map(([name, of]) => {
        const values = sums.slice(at, at + of.length);
        at += of.length;
        return [name, values.reduce((sum, value) => sum + value, 0)];
      }),
    ) as Record<keyof Sums, number>;
    const seconds = (until.getTime() - from.getTime()) / 1000;
    const { recovered, openSince, beganBefore } = recoveriesOf(await ask.changes(subject.alarm, earliest, until));
    rows.push({
      name: subject.service,
      region: subject.region,
      ...figuresOf(added, { ...subject, seconds }),
      objectivePercent: subject.objectivePercent ?? null,
      recovery: {
        alarm: subject.alarm,
        meanMinutes: meanMinutes(recovered),
        recovered: recovered.length,
        openSince: openSince === undefined ? null : iso(new Date(openSince)),
        beganBefore,
      },
    });
  }
  return rows;
}

/** What is added up for a service in a region, by what it is. */
function queriesOf(
  { functionName, task, coldStarts, ownTables }: Subject,
  { ApiId: apiId, LoadBalancer = "", TargetGroup = "" }: Watched,
): Record<keyof Sums, Query[]> {
  const lambda = (metric: string): Query[] => [
    { namespace: "AWS/Lambda", metric, dimensions: { FunctionName: functionName }, stat: "Sum" },
  ];
  const api = (metric: string, stat: Query["stat"]): Query[] => [
    { namespace: "AWS/ApiGateway", metric, dimensions: { ApiId: apiId ?? "" }, stat },
  ];
  const table = (metric: string): Query[] =>
    ownTables.map((name) => ({ namespace: "AWS/DynamoDB", metric, dimensions: { TableName: name }, stat: "Sum" }));
  const tables = { readUnits: table("ConsumedReadCapacityUnits"), writeUnits: table("ConsumedWriteCapacityUnits") };
  if (task) {
    const balancer = (metric: string, dimensions: Query["dimensions"], stat: Query["stat"] = "Sum"): Query => ({
      namespace: "AWS/ApplicationELB",
      metric,
      dimensions,
      stat,
    });
    const [whole, targets] = [{ LoadBalancer }, { LoadBalancer, TargetGroup }];
    const errors = balancer("HTTPCode_Target_5XX_Count", targets);
    return {
      ...tables,
      invocations: [balancer("RequestCount", targets)],
      errors: [errors],
      durationMs: [],
      coldStarts: [],
      requests: [balancer("RequestCount", whole)],
      // What the load balancer answers itself where no task does is a metric of its own.
      failed: [errors, balancer("HTTPCode_ELB_5XX_Count", whole)],
      tasks: [balancer("HealthyHostCount", targets)],
      taskSamples: [balancer("HealthyHostCount", targets, "SampleCount")],
    };
  }
  return {
    ...tables,
    invocations: lambda("Invocations"),
    errors: lambda("Errors"),
    durationMs: lambda("Duration"),
    coldStarts: [{ namespace: kpiNamespace, metric: coldStarts, dimensions: {}, stat: "Sum" }] as Query[],
    requests: apiId === undefined ? lambda("Invocations") : api("Count", "SampleCount"),
    failed: apiId === undefined ? lambda("Errors") : api("5xx", "Sum"),
    tasks: [],
    taskSamples: [],
  };
}

/** The experiments of the environment, and when each last ran: null where nobody has run it, or nobody can be asked. */
async function drillsOf(name: string, account: string, simulated: boolean): Promise<Data["drills"]> {
  const { resources, leave } = await environmentResources("kpi", name);
  try {
    const experiments = experimentsOf(resources, account);
    if (experiments.length === 0 || simulated) return experiments.map((each) => drill(each, null));
    const { lastRuns } = await import("../chaos/last-runs.js");
    const drills: Data["drills"] = [];
    for (const region of new Set(experiments.map((each) => each.region))) {
      const here = experiments.filter((each) => each.region === region);
      const runs = await step("Asking AWS when experiments last ran", () =>
        lastRuns(region, new Set(here.map((each) => each.name)), account),
      );
      drills.push(...here.map((each) => drill(each, runs.get(each.name) ?? null)));
    }
    return drills;
  } finally {
    leave();
  }
}

const drill = ({ name, region, hypothesis }: Experiment, lastRun: Data["drills"][number]["lastRun"]) => ({
  name,
  region,
  promisedSeconds: hypothesis?.promisedSeconds ?? null,
  expectedSeconds: hypothesis?.seconds ?? null,
  holds: hypothesis?.holds ?? null,
  lastRun: lastRun && { at: lastRun.at, status: lastRun.status },
});

/** What each service promises of recovery, and the last run of an experiment that is about it. */
function promisesOf(subjects: readonly Subject[], drills: Data["drills"]): Data["promises"] {
  const services = new Map(subjects.map((subject) => [subject.service, subject]));
  return [...services.values()].map(({ service, recoveryTimeSeconds }) => {
    const about = drills.filter(
      ({ holds }) => holds !== null && new RegExp(`(?<![\\w-])${service}(?![\\w-])`).test(holds),
    );
    const ran = about.flatMap(({ name, lastRun }) => (lastRun ? [{ experiment: name, ...lastRun }] : []));
    return {
      service,
      recoveryTimeSeconds: recoveryTimeSeconds ?? null,
      lastDrill: ran.sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null,
    };
  });
}

function notesOf(subjects: readonly Subject[], seconds: number, simulated: boolean): string[] {
  const shared = [...new Set(subjects.flatMap(({ sharedTables }) => sharedTables))];
  return [
    ...(simulated ? ["The simulated cloud has no metrics, so there are no figures of services."] : []),
    ...(seconds > historyDays * 86_400
      ? [
          `CloudWatch keeps the history of alarms for ${historyDays} days, so recoveries are those of the last ${historyDays}.`,
        ]
      : []),
    ...(shared.length > 0 ? [`Costs leave out tables that several services use: ${shared.join(", ")}.`] : []),
    "Costs are those of calls at list prices, without data transfer, logs and alarms.",
    ...(subjects.some(({ task }) => task)
      ? ["Costs of containers are those of tasks that answered, without load balancers and networks."]
      : []),
  ];
}

const iso = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");
