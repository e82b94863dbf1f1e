import type { MetricUnitName, WriteLine } from "./metrics.js";

/** What a metric may be split by, as the environment declares it. */
type Dimensions = Readonly<Record<string, readonly string[]>>;

/** The metrics of a service, as `BUSINESS_METRICS` has them: unit, and dimensions with their values. */
type Declared = Readonly<Record<string, readonly [unit: MetricUnitName, dimensions?: Dimensions]>>;

export interface BusinessMetricsOptions<Name extends string> {
  /** The names that the handler writes; each must be declared in the environment's file. */
  readonly names: readonly Name[];
  /** `process.env`, unless a test says otherwise. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Where lines go; standard output unless a test says otherwise. */
  readonly write?: WriteLine;
}

/** Writes the numbers that the business is run by. */
export interface BusinessMetrics<Name extends string> {
  /**
   * Adds a value to a metric, as of now.
   * @param value 1 if left out
   * @param split a value for each dimension that is declared; one that is not in its list counts as `other`
   */
  record(name: Name, value?: number, split?: Readonly<Record<string, string>>): Promise<void>;
}

const namespace = "Evenkeel/Business";

/**
 * The business metrics of a service, each written as a line of the embedded metric format, without a call of AWS. A service that is
 * deployed without metrics writes none.
 * @throws Error at the start of the function, if a name is not declared for the service
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function businessMetricsFromEnvironment<const Name extends string>({
  names,
  variables = process.env,
  write,
}: BusinessMetricsOptions<Name>): BusinessMetrics<Name> {
  const { BUSINESS_METRICS: told, ENVIRONMENT: environment = "", SERVICE_NAME: service = "" } = variables;
  if (told === undefined || told === "") return { record: async () => undefined };
  const declared = JSON.parse(told) as Declared;
  const missing = names.filter((name) => !Object.hasOwn(declared, name));
  if (missing.length > 0) {
    const known = Object.keys(declared).join(", ");
    throw new Error(
      `The metrics ${missing.join(", ")} are not declared for this service, which has: ${known}. Add them to its metrics in the environment's file.`,
    );
  }
  return {
    async record(name, value = 1, split = {}) {
      // The name may come from code without types.
      const [unit, dimensions] = declared[name] ?? [];
      if (unit === undefined || !Number.isFinite(value)) return;
      const values = Object.entries(dimensions ?? {}).map(([dimension, known]) => {
        const given = split[dimension] ?? "";
        return [dimension, known.includes(given) ? given : "other"] as const;
      });
      // Loaded with the first value, so that a cold start does not wait for it.
      const { metricLine, writeToStandardOutput } = await import("./metrics.js");
      const common = { Environment: environment, Service: service };
      // The whole, and what it is split by: two sets of dimensions are two metrics.
      const sets = values.length > 0 ? [common, { ...common, ...Object.fromEntries(values) }] : [common];
      for (const dimensions of sets) {
        (write ?? writeToStandardOutput)(metricLine({ namespace, dimensions, metrics: { [name]: { value, unit } } }));
      }
    },
  };
}
