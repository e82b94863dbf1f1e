import type { CloudwatchMetricAlarmMetricQuery } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

/** Where the requests of a service are counted. */
export type RequestSource =
  /** An HTTP API: what its clients get. */
  | { readonly kind: "api"; readonly apiId: string }
  /** A load balancer: what tasks behind it answer, by its metric dimensions. */
  | {
      readonly kind: "load-balancer";
      readonly dimensions: { readonly LoadBalancer: string; readonly TargetGroup: string };
    }
  /** A function without one: what those who invoke it get, queues and buses among them. */
  | { readonly kind: "function"; readonly functionName: string };

const metricsOf = {
  api: { namespace: "AWS/ApiGateway", failed: "5xx", requests: ["Count", "SampleCount"], latency: "Latency", perMs: 1 },
  "load-balancer": {
    namespace: "AWS/ApplicationELB",
    failed: "HTTPCode_Target_5XX_Count",
    requests: ["RequestCount", "Sum"],
    latency: "TargetResponseTime",
    // In seconds.
    perMs: 1 / 1000,
  },
  function: {
    namespace: "AWS/Lambda",
    failed: "Errors",
    requests: ["Invocations", "Sum"],
    latency: "Duration",
    perMs: 1,
  },
} as const;

const dimensionsOf = (source: RequestSource): Record<string, string> => {
  if (source.kind === "api") return { ApiId: source.apiId };
  return source.kind === "function" ? { FunctionName: source.functionName } : { ...source.dimensions };
};

/** What a load balancer answers itself where no task does. It has no metrics of failures as long as there are none. */
function unanswered({ LoadBalancer }: { readonly LoadBalancer: string }, period: number) {
  const dimensions = { LoadBalancer };
  const metric = { namespace: "AWS/ApplicationELB", metricName: "HTTPCode_ELB_5XX_Count", dimensions, period };
  return { id: "unanswered", metric: { ...metric, stat: "Sum" } };
}

/** The percentage of failed requests of a period, 0 below the fewest requests. */
export function failedPercent(
  source: RequestSource,
  period: number,
  minimum: number,
): CloudwatchMetricAlarmMetricQuery[] {
  const { namespace, failed, requests } = metricsOf[source.kind];
  const [metricName, stat] = requests;
  const of = { namespace, dimensions: dimensionsOf(source), period };
  return [
    { id: "failed", metric: { ...of, metricName: failed, stat: "Sum" } },
    { id: "requests", metric: { ...of, metricName, stat } },
    ...(source.kind === "load-balancer" ? [unanswered(source.dimensions, period)] : []),
    percentOf(
      "Failed requests, percent",
      source.kind === "load-balancer"
        ? `IF(requests >= ${minimum}, 100 * (FILL(failed, 0) + FILL(unanswered, 0)) / requests, 0)`
        : `IF(requests >= ${minimum}, 100 * failed / requests, 0)`,
    ),
  ];
}

/** The percentage of requests of a period that took longer, 0 below the fewest requests. */
export function slowPercent(
  source: RequestSource,
  period: number,
  minimum: number,
  withinMs: number,
): CloudwatchMetricAlarmMetricQuery[] {
  const { namespace, latency, requests, perMs } = metricsOf[source.kind];
  const [metricName, stat] = requests;
  const of = { namespace, dimensions: dimensionsOf(source), period };
  return [
    // The rank of a value: the percentage of requests up to it.
    { id: "quick", metric: { ...of, metricName: latency, stat: `PR(:${withinMs * perMs})` } },
    { id: "requests", metric: { ...of, metricName, stat } },
    percentOf("Slow requests, percent", `IF(requests >= ${minimum}, 100 - quick, 0)`),
  ];
}

const percentOf = (label: string, expression: string): CloudwatchMetricAlarmMetricQuery => ({
  id: "percent",
  label,
  expression,
  returnData: true,
});
