import type { ContainerRegion, Dimensions } from "./service-region";
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

/** The sections of a service in containers, in the order of a typical investigation. */
export function containerSections(regions: readonly ContainerRegion[]): readonly Section<ContainerRegion>[] {
  return [
    { title: "Alarms", rows: [alarmStates] },
    { title: "Business", rows: businessRows(regions) },
    { title: "Traffic", rows: [traffic] },
    { title: "Errors", rows: [errors] },
    { title: "Latency", rows: [latency] },
    { title: "Tasks", rows: [tasks, use] },
    { title: "Throttles", rows: [throttles] },
    { title: "Table", rows: [consumption, (of, period) => replication(of, regions, period)] },
    { title: "Injected faults", rows: [(of, period) => injectedFaults(of, ["FunctionName", of.serviceName], period)] },
    { title: "Logs", wide: true, rows: [errorLines, idLines] },
  ];
}

const balancer = metricsOf("AWS/ApplicationELB");
const ecs = metricsOf("AWS/ECS");

const wholeBalancer = ({ dimensions }: ContainerRegion): Dimensions => ["LoadBalancer", dimensions.LoadBalancer];

const targets = ({ dimensions }: ContainerRegion): Dimensions => [
  ...["LoadBalancer", dimensions.LoadBalancer],
  ...["TargetGroup", dimensions.TargetGroup],
];

function traffic(of: ContainerRegion, periodSeconds: number): Widget {
  return graph({
    title: `Traffic in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    metrics: [
      balancer("RequestCount", wholeBalancer(of), { stat: "Sum", label: "requests" }),
      balancer("RequestCountPerTarget", targets(of), { stat: "Sum", label: "requests to each task" }),
    ],
  });
}

function errors(of: ContainerRegion, periodSeconds: number): Widget {
  return graph({
    title: `Errors in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "count",
    right: "% of requests",
    metrics: [
      balancer("HTTPCode_Target_5XX_Count", targets(of), { stat: "Sum", label: "5xx of tasks", id: "failed" }),
      balancer("HTTPCode_ELB_5XX_Count", wholeBalancer(of), {
        stat: "Sum",
        label: "5xx without a task",
        id: "unanswered",
      }),
      balancer("HTTPCode_Target_4XX_Count", targets(of), { stat: "Sum", label: "4xx" }),
      balancer("TargetConnectionErrorCount", targets(of), { stat: "Sum", label: "connections that failed" }),
      balancer("RequestCount", wholeBalancer(of), { stat: "Sum", id: "requests", visible: false }),
      [
        {
          expression: "100 * (FILL(failed, 0) + FILL(unanswered, 0)) / requests",
          label: "failed requests, %",
          yAxis: "right",
        },
      ],
    ],
  });
}

/** In seconds, as the load balancer measures it. */
function latency(of: ContainerRegion, periodSeconds: number): Widget {
  return graph({
    title: `Latency in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "s",
    metrics: ["p50", "p90", "p99"].map((stat) => balancer("TargetResponseTime", targets(of), { stat, label: stat })),
  });
}

function tasks(of: ContainerRegion, periodSeconds: number): Widget {
  return graph({
    title: `Tasks in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "tasks",
    metrics: [
      balancer("HealthyHostCount", targets(of), { stat: "Minimum", label: "healthy" }),
      balancer("UnHealthyHostCount", targets(of), { stat: "Maximum", label: "unhealthy" }),
    ],
    limit: { label: "most", value: of.mostTasks },
  });
}

function use(of: ContainerRegion, periodSeconds: number): Widget {
  const service = ["ClusterName", of.serviceName, "ServiceName", of.serviceName];
  return graph({
    title: `CPU and memory in ${of.region}`,
    region: of.region,
    periodSeconds,
    left: "%",
    metrics: ["CPUUtilization", "MemoryUtilization"].flatMap((name) => {
      const what = name === "CPUUtilization" ? "CPU" : "memory";
      return [
        ecs(name, service, { stat: "Average", label: what }),
        ecs(name, service, { stat: "Maximum", label: `${what} of the busiest task` }),
      ];
    }),
  });
}

function throttles(of: ContainerRegion, periodSeconds: number): Widget | undefined {
  const metrics = throttledTables(of);
  if (metrics.length === 0) return undefined;
  return graph({ title: `Throttles in ${of.region}`, region: of.region, periodSeconds, left: "count", metrics });
}
