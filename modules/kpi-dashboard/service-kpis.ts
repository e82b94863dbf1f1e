import { callPricesIn, lambdaPricesIn, type TaskSize, taskHourIn } from "../../values/prices";
import type { BalancerDimensions } from "../load-balancer";

interface KpiPlace {
  readonly region: string;
  /** Tables that no other service uses: what they consume is what the service costs. */
  readonly ownTableNames: readonly string[];
}

/** A function in one of its regions. Names may be tokens; numbers may not. */
export interface KpiFunction extends KpiPlace {
  readonly functionName: string;
  /** Memory of the function, in MB. */
  readonly memoryMb: number;
  /** The HTTP API in front of it, if there is one. */
  readonly apiId?: string;
  /** Name of the metric of its cold starts. */
  readonly coldStarts: string;
}

/** A service in a container in one of its regions. Dimensions may be tokens; numbers may not. */
export interface KpiContainer extends KpiPlace, TaskSize {
  /** The load balancer in front of its tasks. */
  readonly dimensions: BalancerDimensions;
}

/** A service in one of its regions. */
export type KpiRegion = KpiFunction | KpiContainer;

const inContainer = (of: KpiRegion): of is KpiContainer => "dimensions" in of;

/** Whether a service runs in containers. */
export const runsInContainers = ({ regions }: KpiService): boolean => regions.some(inContainer);

/** What a service promises, and what is known of it. */
export interface KpiService {
  readonly name: string;
  /** Its regions, the home region first. */
  readonly regions: readonly KpiRegion[];
  /** Percentage of requests that it promises to answer; undefined without a promise. */
  readonly objectivePercent?: number;
  /** Percentage of failed requests in 5 minutes from which on it counts as failing. */
  readonly failingPercent: number;
  /** Recovery time that it promises after the loss of its home region, in seconds. */
  readonly recoveryTimeSeconds?: number;
}

/** The namespace of the metrics that filters of logs make. */
export const kpiNamespace = "Evenkeel/Kpis";

export const coldStartsMetric = (environment: string, service: string): string =>
  `${environment}-${service}-cold-starts`;

/** An entry of `metrics` in a widget. */
export type KpiMetric = readonly (string | Readonly<Record<string, unknown>>)[];

/** Series of a service in a region, by the letter of their ids; those of tables have one for each table. */
type Letter = "c" | "d" | "e" | "f" | "h" | "i" | "l" | "q" | "r" | "w";

const sum = (letter: Letter, regions: readonly KpiRegion[]): string =>
  `SUM([${regions.map((_, index) => `${letter}${index}`).join(",")}])`;

/** Requests that failed. A load balancer has no such metric while there are none; what it answers itself is another one. */
const failed = (regions: readonly KpiRegion[]): string =>
  regions.some(inContainer)
    ? `(${regions.map((_, index) => `FILL(f${index}, 0) + FILL(${idOf("f", index, 1)}, 0)`).join(" + ")})`
    : sum("f", regions);

/** The hidden series of a service that formulas are made of. */
export function seriesOf({ regions }: KpiService, letters: readonly Letter[]): KpiMetric[] {
  return regions.flatMap((of, index) =>
    letters.flatMap((letter) =>
      metricsOf(of, letter).map((metric, at) => {
        return [
          ...metric,
          { id: idOf(letter, index, at), region: of.region, stat: statOf(of, letter), visible: false },
        ];
      }),
    ),
  );
}

const idOf = (letter: Letter, index: number, at = 0): string => `${letter}${index}${at > 0 ? `t${at}` : ""}`;

function statOf(of: KpiRegion, letter: Letter): string {
  if (inContainer(of)) return letter === "h" ? "Average" : letter === "l" ? "p99" : "Sum";
  return letter === "r" && of.apiId !== undefined ? "SampleCount" : "Sum";
}

function metricsOfContainer({ dimensions, ownTableNames }: KpiContainer, letter: Letter): readonly string[][] {
  const all = Object.entries(dimensions).flat();
  const balancer = (name: string, of: readonly string[] = all) => ["AWS/ApplicationELB", name, ...of];
  const whole = ["LoadBalancer", dimensions.LoadBalancer];
  switch (letter) {
    case "r":
      return [balancer("RequestCount", whole)];
    case "f":
      return [balancer("HTTPCode_Target_5XX_Count"), balancer("HTTPCode_ELB_5XX_Count", whole)];
    case "h":
      return [balancer("HealthyHostCount")];
    case "l":
      return [balancer("TargetResponseTime")];
    case "q":
    case "w": {
      const name = letter === "q" ? "ConsumedReadCapacityUnits" : "ConsumedWriteCapacityUnits";
      return ownTableNames.map((each) => ["AWS/DynamoDB", name, "TableName", each]);
    }
    default:
      return [];
  }
}

function metricsOf(of: KpiRegion, letter: Letter): readonly (readonly string[])[] {
  if (inContainer(of)) return metricsOfContainer(of, letter);
  const { functionName, apiId, coldStarts, ownTableNames } = of;
  const lambda = (name: string) => [["AWS/Lambda", name, "FunctionName", functionName]];
  const table = (name: string) => ownTableNames.map((each) => ["AWS/DynamoDB", name, "TableName", each]);
  switch (letter) {
    case "i":
      return lambda("Invocations");
    case "e":
      return lambda("Errors");
    case "d":
      return lambda("Duration");
    case "r":
      return apiId === undefined ? lambda("Invocations") : [["AWS/ApiGateway", "Count", "ApiId", apiId]];
    case "f":
      return apiId === undefined ? lambda("Errors") : [["AWS/ApiGateway", "5xx", "ApiId", apiId]];
    case "c":
      return [[kpiNamespace, coldStarts]];
    case "q":
      return table("ConsumedReadCapacityUnits");
    default:
      return table("ConsumedWriteCapacityUnits");
  }
}

/** Formulas over the series of a service. */
export const formulas = {
  /** Percentage of requests that did not fail. */
  availability: ({ regions }: KpiService): string => `100 * (1 - ${failed(regions)} / ${sum("r", regions)})`,
  /** What is left of the budget, in percent of it. */
  budgetLeft: ({ regions, objectivePercent = 100 }: KpiService): string =>
    `100 * (1 - ${failed(regions)} / (${sum("r", regions)} * ${plain((100 - objectivePercent) / 100)}))`,
  /** Percentage of requests that failed. */
  failing: ({ regions }: KpiService): string => `100 * ${failed(regions)} / ${sum("r", regions)}`,
  /** The 99th percentile of the answers of tasks, in milliseconds, where it is worst. */
  slowest: ({ regions }: KpiService): string => `1000 * MAX([${regions.map((_, index) => `l${index}`).join(",")}])`,
  /** Tasks that answer. */
  tasks: ({ regions }: KpiService): string => sum("h", regions),
  /** Percentage of invocations that failed. */
  errors: ({ regions }: KpiService): string => `100 * ${sum("e", regions)} / ${sum("i", regions)}`,
  /** Percentage of invocations that met a cold start. */
  coldStarts: ({ regions }: KpiService): string => `100 * ${sum("c", regions)} / ${sum("i", regions)}`,
  /** US dollars for a thousand requests that succeeded. */
  cost: ({ regions }: KpiService): string => {
    const parts = regions.flatMap((of, index): [string, number][] => {
      const { tableRead, tableWrite } = callPricesIn(of.region);
      return [
        ...codeCost(of, index),
        ...of.ownTableNames.flatMap((_, at): [string, number][] => [
          [idOf("q", index, at), tableRead],
          [idOf("w", index, at), tableWrite],
        ]),
      ];
    });
    // A region without traffic has no values, and costs nothing.
    const all = parts.map(([term, price]) => `FILL(${term}, 0) * ${plain(price)}`).join(" + ");
    return `1000 * (${all}) / (${sum("r", regions)} - ${failed(regions)})`;
  },
};

/** What the code of a service costs: terms of a formula with what each counts. */
function codeCost(of: KpiRegion, index: number): [string, number][] {
  // The mean number of tasks, for the seconds that a value is of.
  if (inContainer(of)) return [[`PERIOD(h${index}) * h${index}`, taskHourIn(of.region, of) / 3600]];
  const { onDemandGbSecond, request } = lambdaPricesIn(of.region);
  const { httpApiRequest } = callPricesIn(of.region);
  return [
    [idOf("i", index), request],
    [idOf("d", index), ((of.memoryMb / 1024) * onDemandGbSecond) / 1000],
    ...(of.apiId === undefined ? [] : [[idOf("r", index), httpApiRequest] as [string, number]]),
  ];
}

/** Without an exponent, which formulas of CloudWatch do not have, and without the digits that binary fractions add. */
const plain = (value: number): string =>
  Number(value.toPrecision(12)).toFixed(15).replace(/0+$/, "").replace(/\.$/, "");
