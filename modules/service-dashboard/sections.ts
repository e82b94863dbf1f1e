import {
  apiDimensions,
  deadLetterDimensions,
  functionDimensions,
  invocationDimensions,
  type ServiceRegion,
} from "./service-region";
import {
  alarmStates,
  businessRows,
  consumption,
  errorLines,
  idLines,
  injectedFaults,
  metricsOf,
  replication,
  type Section,
  throttledTables,
} from "./shared-sections";
import { graph, type Widget } from "./widgets";

/** The sections, in the order of a typical investigation. */
export function sections(regions: readonly ServiceRegion[]): readonly Section<ServiceRegion>[] {
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
    { title: "Injected faults", rows: [(of, period) => injectedFaults(of, functionDimensions(of), period)] },
    { title: "Logs", wide: true, rows: [errorLines, idLines] },
  ];
}

const lambda = metricsOf("AWS/Lambda");
const api = metricsOf("AWS/ApiGateway");
const queue = metricsOf("AWS/SQS");
const breaker = metricsOf("Evenkeel/CircuitBreakers");

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
    metrics: [lambda("Throttles", functionDimensions(of), { stat: "Sum", label: "function" }), ...throttledTables(of)],
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
