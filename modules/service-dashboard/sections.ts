import { businessNamespace } from "../business-metrics";
import { followAnId, recentErrors } from "../saved-queries";
import {
  apiDimensions,
  type Dimensions,
  deadLetterDimensions,
  functionDimensions,
  invocationDimensions,
  type ServiceRegion,
} from "./service-region";
import { alarms, graph, logTable, type Metric, type MetricOptions, type Widget } from "./widgets";

/** A part of the dashboard. Each row has one widget per region that has something to show. */
export interface Section {
  readonly title: string;
  /** Uses the full width, for log tables. */
  readonly wide?: boolean;
  readonly rows: readonly ((of: ServiceRegion, periodSeconds: number) => Widget | undefined)[];
}

/** The sections, in the order of a typical investigation. */
export function sections(regions: readonly ServiceRegion[]): readonly Section[] {
  return [
    { title: "Alarms", rows: [alarmStates] },
    { title: "Business", rows: businessRows(regions) },
    { title: "Traffic", rows: [traffic] },
    { title: "Errors", rows: [errors] },
    { title: "Latency", rows: [apiLatency, duration] },
    { title: "Concurrency", rows: [concurrency] },
    { title: "Throttles", rows: [throttles] },
    { title: "Table", rows: [consumption, (of, period) => replication(of, regions, period)] },
    { title: "Dead letters", rows: [deadLetters] },
    { title: "Circuit breakers", rows: [breakers, pauses] },
    { title: "Injected faults", rows: [injectedFaults] },
    { title: "Logs", wide: true, rows: [errorLines, idLines] },
  ];
}

const lambda = metricsOf("AWS/Lambda");
const api = metricsOf("AWS/ApiGateway");
const table = metricsOf("AWS/DynamoDB");
const queue = metricsOf("AWS/SQS");
const breaker = metricsOf("Evenkeel/CircuitBreakers");
const business = metricsOf(businessNamespace);
const ours = metricsOf("Evenkeel/Functions");

function metricsOf(namespace: string) {
  return (name: string, dimensions: Dimensions, options: MetricOptions): Metric => [
    namespace,
    name,
    ...dimensions,
    options,
  ];
}

function alarmStates({ region, alarmArns = [] }: ServiceRegion): Widget | undefined {
  return alarmArns.length > 0 ? alarms(`Alarms in ${region}`, alarmArns) : undefined;
}

/** A row for each metric that a region has, by name: the whole, and what it is split by. */
function businessRows(regions: readonly ServiceRegion[]): Section["rows"] {
  const all = regions.flatMap(({ metricSeries = [] }) => metricSeries);
  const names = [...new Set(all.map(({ metric }) => metric))];
  return names.map((name) => ({ region, metricSeries = [] }, periodSeconds) => {
    const series = metricSeries.find(({ metric }) => metric === name);
    if (!series) return undefined;
    const { environment, service, description, statistic, unit, dimensions } = series;
    const whole = ["Environment", environment, "Service", service];
    const own = Object.keys(dimensions);
    return graph({
      title: `${description} in ${region}`,
      region,
      periodSeconds,
      left: unit === "None" ? statistic : `${statistic}, ${unit}`,
      metrics: [
        business(name, whole, { stat: statistic, label: own.length === 0 ? name : "all" }),
        // Values come and go, so the graph looks for those that there are.
        ...(own.length === 0
          ? []
          : [
              [
                {
                  expression: `SEARCH('{${[businessNamespace, "Environment", "Service", ...own].join(",")}} MetricName="${name}" Environment="${environment}" Service="${service}"', '${statistic}', ${periodSeconds})`,
                  label: "",
                },
              ] as const,
            ]),
      ],
    });
  });
}

function traffic(of: ServiceRegion, periodSeconds: number): Widget {
  const requests = apiDimensions(of);
  return graph({
    title: `Traffic in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    metrics: [
      ...(requests ? [api("Count", requests, { stat: "Sum", label: "requests" })] : []),
      lambda("Invocations", invocationDimensions(of), { stat: "Sum", label: "invocations" }),
    ],
  });
}

function errors(of: ServiceRegion, periodSeconds: number): Widget {
  const requests = apiDimensions(of);
  const failed = invocationDimensions(of);
  return graph({
    title: `Errors in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    right: "% of invocations",
    metrics: [
      ...(requests ? [api("5xx", requests, { stat: "Sum", label: "5xx" })] : []),
      ...(requests ? [api("4xx", requests, { stat: "Sum", label: "4xx" })] : []),
      lambda("Errors", failed, { stat: "Sum", label: "function errors", id: "errors" }),
      lambda("Invocations", failed, { stat: "Sum", id: "invocations", visible: false }),
      [{ expression: "100 * errors / invocations", label: "function errors, %", yAxis: "right" }],
    ],
  });
}

const percentiles = ["p50", "p90", "p99"] as const;

function apiLatency(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  const requests = apiDimensions(of);
  if (!requests) return undefined;
  return graph({
    title: `API latency in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "ms",
    metrics: percentiles.map((stat) => api("Latency", requests, { stat, label: stat })),
  });
}

function duration(of: ServiceRegion, periodSeconds: number): Widget {
  return graph({
    title: `Function duration in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "ms",
    metrics: percentiles.map((stat) => lambda("Duration", invocationDimensions(of), { stat, label: stat })),
  });
}

function concurrency(of: ServiceRegion, periodSeconds: number): Widget {
  const alias = invocationDimensions(of);
  return graph({
    title: `Concurrency in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "executions",
    metrics: [
      lambda("ConcurrentExecutions", functionDimensions(of), { stat: "Maximum", label: "concurrent executions" }),
      ...(of.isProvisioned
        ? [
            lambda("ProvisionedConcurrentExecutions", alias, { stat: "Maximum", label: "in warm environments" }),
            lambda("ProvisionedConcurrencySpilloverInvocations", alias, { stat: "Sum", label: "spilled over" }),
          ]
        : []),
    ],
    limit:
      typeof of.reservedConcurrency === "number" ? { label: "reserved", value: of.reservedConcurrency } : undefined,
  });
}

function throttles(of: ServiceRegion, periodSeconds: number): Widget {
  return graph({
    title: `Throttles in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    metrics: [
      lambda("Throttles", functionDimensions(of), { stat: "Sum", label: "function" }),
      ...tablesOf(of).flatMap((name) => [
        table("ReadThrottleEvents", ["TableName", name], { stat: "Sum", label: `reads of ${name}` }),
        table("WriteThrottleEvents", ["TableName", name], { stat: "Sum", label: `writes of ${name}` }),
      ]),
    ],
  });
}

function tablesOf({ tableNames = [] }: ServiceRegion): readonly string[] {
  return tableNames;
}

function consumption(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  const { region } = of;
  const names = tablesOf(of);
  if (names.length === 0) return undefined;
  return graph({
    title: `Consumed capacity in ${region}`,
    region,
    periodSeconds,
    left: "units",
    metrics: names.flatMap((name) => [
      table("ConsumedReadCapacityUnits", ["TableName", name], { stat: "Sum", label: `reads of ${name}` }),
      table("ConsumedWriteCapacityUnits", ["TableName", name], { stat: "Sum", label: `writes of ${name}` }),
    ]),
  });
}

/** DynamoDB reports replication in the sending region, once per receiving region. */
function replication(of: ServiceRegion, regions: readonly ServiceRegion[], periodSeconds: number): Widget | undefined {
  const { region } = of;
  const paths = tablesOf(of).flatMap((name) =>
    regions
      .filter((other) => other.region !== region && tablesOf(other).includes(name))
      .map((receiver) => ({ name, to: receiver.region })),
  );
  if (paths.length === 0) return undefined;
  return graph({
    title: `Replication from ${region}`,
    region,
    periodSeconds,
    left: "ms",
    metrics: paths.map(({ name, to }) =>
      table("ReplicationLatency", ["TableName", name, "ReceivingRegion", to], {
        stat: "Average",
        label: `${name} to ${to}`,
      }),
    ),
  });
}

function deadLetters(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  const letters = deadLetterDimensions(of);
  if (!letters) return undefined;
  return graph({
    title: `Dead letters in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    right: "seconds",
    metrics: [
      queue("ApproximateNumberOfMessagesVisible", letters, { stat: "Maximum", label: "waiting" }),
      lambda("DestinationDeliveryFailures", functionDimensions(of), { stat: "Sum", label: "lost" }),
      queue("ApproximateAgeOfOldestMessage", letters, { stat: "Maximum", label: "age of the oldest", yAxis: "right" }),
    ],
  });
}

function breakers(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  const { region, breakers: shown = [] } = of;
  if (shown.length === 0) return undefined;
  return graph({
    title: `Circuit breakers in ${region}`,
    region,
    periodSeconds,
    left: "open",
    right: "refused calls",
    metrics: shown.flatMap(({ environment, dependency, endpointRegion }) => {
      const dimensions = ["Environment", environment, "Dependency", dependency, "EndpointRegion", endpointRegion];
      const label = `${dependency} in ${endpointRegion}`;
      return [
        breaker("Open", dimensions, { stat: "Maximum", label }),
        breaker("Refused", dimensions, { stat: "Sum", label: `refused: ${label}`, yAxis: "right" }),
      ];
    }),
  });
}

function pauses(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  const { region, pauses: shown = [] } = of;
  if (shown.length === 0) return undefined;
  return graph({
    title: `Paused queues in ${region}`,
    region,
    periodSeconds,
    left: "paused",
    right: "messages, seconds",
    metrics: shown.flatMap(({ environment, queue: name }) => [
      breaker("Paused", ["Environment", environment, "Queue", name], { stat: "Maximum", label: name }),
      queue("ApproximateNumberOfMessagesVisible", ["QueueName", name], {
        stat: "Maximum",
        label: `waiting in ${name}`,
        yAxis: "right",
      }),
      queue("ApproximateAgeOfOldestMessage", ["QueueName", name], {
        stat: "Maximum",
        label: `age of the oldest in ${name}`,
        yAxis: "right",
      }),
    ]),
  });
}

function injectedFaults(of: ServiceRegion, periodSeconds: number): Widget | undefined {
  if (!of.hasFaults) return undefined;
  return graph({
    title: `Injected faults in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    metrics: [ours("FaultsInjected", functionDimensions(of), { stat: "Sum", label: "injected faults" })],
  });
}

function errorLines({ region, logGroupName }: ServiceRegion): Widget {
  return logTable({ title: `Recent errors in ${region}`, region, logGroups: [logGroupName], query: recentErrors });
}

function idLines({ region, logGroupName, accessLogGroupName }: ServiceRegion): Widget {
  return logTable({
    title: `Lines with the id above, in ${region}`,
    region,
    logGroups: [logGroupName, ...(accessLogGroupName ? [accessLogGroupName] : [])],
    query: followAnId,
  });
}
