import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import { coldStartsMetric, kpiNamespace } from "./service-kpis";

export interface ColdStartsProps {
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service within the environment. */
  readonly service: string;
  /** The region of the function. */
  readonly region: string;
  /** Name of the function's log group, whose lines are JSON; a token, so that it is there before. */
  readonly logGroupName: string;
}

/**
 * Counts the cold starts of a function, which Lambda has no metric of: from the report of each invocation in its log.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export class ColdStarts extends Construct {
  /** Name of the metric, in the namespace Evenkeel/Kpis. */
  readonly metricName: string;

  constructor(scope: Construct, id: string, { environment, service, region, logGroupName }: ColdStartsProps) {
    super(scope, id);
    this.metricName = coldStartsMetric(environment, service);
    new CloudwatchLogMetricFilter(this, "filter", {
      provider: deploymentStackOf(this).providers.in(region),
      name: this.metricName,
      logGroupName,
      pattern: '{ ($.type = "platform.report") && ($.record.metrics.initDurationMs > 0) }',
      metricTransformation: {
        name: this.metricName,
        namespace: kpiNamespace,
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    });
  }
}
