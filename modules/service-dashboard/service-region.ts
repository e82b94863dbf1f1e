import { Fn, Token } from "cdktf";
import type { BusinessSeries } from "../business-metrics";
import type { BreakerSeries } from "../circuit-breakers";
import type { BalancerDimensions } from "../load-balancer";
import type { PauseSeries } from "../queue-pausing";

/** The resources of a service in one region. Names may be tokens from other stacks; numbers may not. */
export interface ServiceRegion {
  readonly region: string;
  readonly functionName: string;
  /** The alias that callers use. Metrics cover its invocations. */
  readonly aliasName?: string;
  readonly logGroupName: string;
  /** The literal from the config: number tokens cannot be rendered in text. */
  readonly reservedConcurrency?: number | null;
  /** Whether the alias has provisioned concurrency. */
  readonly isProvisioned?: boolean;
  /** The HTTP API; requires `stage`. */
  readonly apiId?: string;
  readonly stage?: string;
  readonly accessLogGroupName?: string;
  /** The tables that the service uses; their names are the same in every region with replicas. */
  readonly tableNames?: readonly string[];
  readonly deadLetterQueueArn?: string;
  /** The circuit breakers that the function calls through. */
  readonly breakers?: readonly BreakerSeries[];
  /** The queues that circuit breakers pause. */
  readonly pauses?: readonly PauseSeries[];
  /** The business metrics that the function writes. */
  readonly metricSeries?: readonly BusinessSeries[];
  /** Whether faults can be injected into the function. */
  readonly hasFaults?: boolean;
  /** Alarms of this region; at most 100. */
  readonly alarmArns?: readonly string[];
}

/** The resources of a service in containers in one region. Names and dimensions may be tokens from other stacks; numbers may not. */
export interface ContainerRegion {
  readonly region: string;
  /** Name of the ECS service and of its cluster. */
  readonly serviceName: string;
  readonly logGroupName: string;
  /** The load balancer in front of its tasks. */
  readonly dimensions: BalancerDimensions;
  /** The most tasks that scaling starts. */
  readonly mostTasks: number;
  /** The tables that the service uses; their names are the same in every region with replicas. */
  readonly tableNames?: readonly string[];
  /** The business metrics that its code writes. */
  readonly metricSeries?: readonly BusinessSeries[];
  /** Whether faults can be injected into its code. */
  readonly hasFaults?: boolean;
  /** Alarms of this region; at most 100. */
  readonly alarmArns?: readonly string[];
}

/** What a dashboard shows of a service in one region. */
export type ShownRegion = ServiceRegion | ContainerRegion;

/** Whether a service runs in containers there. */
export const inContainer = (of: ShownRegion): of is ContainerRegion => "serviceName" in of;

/** CloudWatch dimensions as alternating names and values, as in a dashboard body. */
export type Dimensions = readonly string[];

/** Dimensions of the invocations that callers see: those of the alias, if there is one. */
export function invocationDimensions({ functionName, aliasName }: ServiceRegion): Dimensions {
  const all = functionDimensions({ functionName });
  return aliasName ? [...all, "Resource", `${functionName}:${aliasName}`] : all;
}

/** Dimensions of the whole function: reserved concurrency applies to all of its versions. */
export function functionDimensions({ functionName }: Pick<ServiceRegion, "functionName">): Dimensions {
  return ["FunctionName", functionName];
}

/** Dimensions of the API; undefined if the service has none. */
export function apiDimensions({ apiId, stage }: ServiceRegion): Dimensions | undefined {
  return apiId && stage ? ["ApiId", apiId, "Stage", stage] : undefined;
}

/** Dimensions of the dead-letter queue; undefined if there is none. */
export function deadLetterDimensions({ deadLetterQueueArn: arn }: ServiceRegion): Dimensions | undefined {
  if (!arn) return undefined;
  const name = Token.isUnresolved(arn) ? Fn.element(Fn.split(":", arn), 5) : arn.split(":")[5];
  return ["QueueName", String(name)];
}

/** What a dashboard shows. */
export interface DashboardSubject {
  readonly environment: string;
  readonly service: string;
  readonly regions: readonly ShownRegion[];
}
