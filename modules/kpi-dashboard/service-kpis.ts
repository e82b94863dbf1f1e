import { callPricesIn, lambdaPricesIn } from "../../values/prices";

/** A service in one of its regions. Names may be tokens; numbers may not. */
export interface KpiRegion {
  readonly region: string;
  readonly functionName: string;
  /** Memory of the function, in MB. */
  readonly memoryMb: number;
  /** The HTTP API in front of it, if there is one. */
  readonly apiId?: string;
  /** Name of the metric of its cold starts. */
  readonly coldStarts: string;
  /** Tables that no other service uses: what they consume is what the service costs. */
  readonly ownTableNames: readonly string[];
}

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
type Letter = "c" | "d" | "e" | "f" | "i" | "q" | "r" | "w";

const sum = (letter: Letter, regions: readonly KpiRegion[]): string =>
  `SUM([${regions.map((_, index) => `${letter}${index}`).join(",")}])`;

/** The hidden series of a service that formulas are made of. */
export function seriesOf({ regions }: KpiService, letters: readonly Letter[]): KpiMetric[] {
  return regions.flatMap((of, index) =>
    letters.flatMap((letter) =>
      metricsOf(of, letter).map((metric, at) => {
        const stat = letter === "r" && of.apiId !== undefined ? "SampleCount" : "Sum";
        return [...metric, { id: idOf(letter, index, at), region: of.region, stat, visible: false }];
      }),
    ),
  );
}

const idOf = (letter: Letter, index: number, at = 0): string => `${letter}${index}${at > 0 ? `t${at}` : ""}`;

function metricsOf(of: KpiRegion, letter: Letter): readonly (readonly string[])[] {
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
  availability: ({ regions }: KpiService): string => `100 * (1 - ${sum("f", regions)} / ${sum("r", regions)})`,
  /** What is left of the budget, in percent of it. */
  budgetLeft: ({ regions, objectivePercent = 100 }: KpiService): string =>
    `100 * (1 - ${sum("f", regions)} / (${sum("r", regions)} * ${plain((100 - objectivePercent) / 100)}))`,
  /** Percentage of invocations that failed. */
  errors: ({ regions }: KpiService): string => `100 * ${sum("e", regions)} / ${sum("i", regions)}`,
  /** Percentage of invocations that met a cold start. */
  coldStarts: ({ regions }: KpiService): string => `100 * ${sum("c", regions)} / ${sum("i", regions)}`,
  /** US dollars for a thousand requests that succeeded. */
  cost: ({ regions }: KpiService): string => {
    const parts = regions.flatMap(({ region, memoryMb, apiId, ownTableNames }, index): [string, number][] => {
      const { onDemandGbSecond, request } = lambdaPricesIn(region);
      const { httpApiRequest, tableRead, tableWrite } = callPricesIn(region);
      return [
        [idOf("i", index), request],
        [idOf("d", index), ((memoryMb / 1024) * onDemandGbSecond) / 1000],
        ...(apiId === undefined ? [] : [[idOf("r", index), httpApiRequest] as [string, number]]),
        ...ownTableNames.flatMap((_, at): [string, number][] => [
          [idOf("q", index, at), tableRead],
          [idOf("w", index, at), tableWrite],
        ]),
      ];
    });
    // A region without traffic has no values, and costs nothing.
    const all = parts.map(([id, price]) => `FILL(${id}, 0) * ${plain(price)}`).join(" + ");
    return `1000 * (${all}) / (${sum("r", regions)} - ${sum("f", regions)})`;
  },
};

/** Without an exponent, which formulas of CloudWatch do not have, and without the digits that binary fractions add. */
const plain = (value: number): string =>
  Number(value.toPrecision(12)).toFixed(15).replace(/0+$/, "").replace(/\.$/, "");
