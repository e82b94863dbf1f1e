import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  metricAlarm,
  parseConfig,
  resourceName,
} from "../core";
import { type BusinessMetricConfig, type BusinessMetricsInput, businessMetricsConfig } from "./config";

export interface BusinessMetricsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: BusinessMetricsInput;
  /** Name of the environment; the dimension `Environment`. */
  readonly environment: string;
  /** Name of the service; the dimension `Service`. */
  readonly service: string;
  /** The region of the function that writes them. */
  readonly region: string;
  /** Where alarms send notifications; without it there are none. */
  readonly alarms?: AlarmTarget;
}

/** A function that writes metrics: its variables name them. */
export interface MeasuringFunction extends Grantee {
  addEnvironmentVariables(variables: Readonly<Record<string, string>>): void;
}

/** A metric as dashboards name it. */
export interface BusinessSeries {
  readonly environment: string;
  readonly service: string;
  readonly metric: string;
  readonly description: string;
  readonly statistic: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
}

/** The namespace that runtime/observability/business-metrics writes to. */
export const businessNamespace = "Evenkeel/Business";

/** The variable that tells a handler what it may write: unit and dimensions of each metric by name, as JSON. */
export const businessMetricsVariable = "BUSINESS_METRICS";

/**
 * The business metrics of one service in one region: its function learns their names, and alarms look at them. The handler writes
 * them by `businessMetricsFromEnvironment`, as log lines, so it needs no permission.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export class BusinessMetrics extends Construct {
  readonly region: string;
  /** The metrics, for dashboards. */
  readonly series: readonly BusinessSeries[];
  private readonly metrics: readonly BusinessMetricConfig[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BusinessMetricsProps,
  ) {
    super(scope, id);
    const { environment, service, region } = props;
    this.region = region;
    this.metrics = parseConfig(businessMetricsConfig, props.config, this.node.path).metrics;
    this.series = this.metrics.map(({ name, description, statistic, unit, dimensions }) => ({
      environment,
      service,
      metric: name,
      description,
      statistic,
      unit,
      dimensions,
    }));
    for (const metric of this.metrics) this.addAlarm(metric);
  }

  /** Tells a function which metrics it may write. @throws ConstructError if it is in another region */
  attach(fn: MeasuringFunction): void {
    if (fn.region !== this.region) {
      throw new ConstructError(
        this,
        `has alarms in "${this.region}", which see nothing of a function in "${fn.region}"`,
        "create BusinessMetrics for each region",
      );
    }
    const told = this.metrics.map(({ name, unit, dimensions }) => [
      name,
      Object.keys(dimensions).length === 0 ? [unit] : [unit, dimensions],
    ]);
    fn.addEnvironmentVariables({ [businessMetricsVariable]: JSON.stringify(Object.fromEntries(told)) });
  }

  private addAlarm({ name, statistic, alarm }: BusinessMetricConfig): void {
    const { environment, service, region, alarms } = this.props;
    if (!alarm || !alarms) return;
    const { above, below, periodSeconds, periods, breaching, missingData, severity, description } = alarm;
    metricAlarm(this, `${kebabOf(name)}-alarm`, deploymentStackOf(this).providers, alarms, {
      region,
      alarmName: resourceName(this, [environment, service, name, severity], 255),
      alarmDescription: description,
      namespace: businessNamespace,
      metricName: name,
      dimensions: { Environment: environment, Service: service },
      ...(statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic }),
      period: periodSeconds,
      evaluationPeriods: periods,
      datapointsToAlarm: breaching ?? periods,
      comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
      threshold: above ?? below ?? 0,
      treatMissingData: missingData,
    });
  }
}

/** `OrdersPlaced` as an id: `orders-placed`. */
const kebabOf = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
