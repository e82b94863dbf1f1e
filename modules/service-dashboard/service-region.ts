import { Fn, Token } from "cdktf";

/** What a service has in one region. Names may be tokens of other stacks; numbers may not. */
export interface ServiceRegion {
  readonly region: string;
  readonly functionName: string;
  /** The alias that callers use: metrics are those of its invocations. */
  readonly aliasName?: string;
  readonly logGroupName: string;
  /** Literal, from the config: tokens of numbers cannot be written into a text. */
  readonly reservedConcurrency?: number | null;
  /** Whether the alias has provisioned concurrency. */
  readonly isProvisioned?: boolean;
  /** The HTTP API, with `stage`. */
  readonly apiId?: string;
  readonly stage?: string;
  readonly accessLogGroupName?: string;
  /** The tables that the service uses; the same in every region that has replicas of them. */
  readonly tableNames?: readonly string[];
  readonly deadLetterQueueArn?: string;
  /** Alarms of this region; at most 100. */
  readonly alarmArns?: readonly string[];
}

/** Name and value of each CloudWatch dimension, in turn, as a dashboard lists them. */
export type Dimensions = readonly string[];

/** The invocations that callers see: those of the alias, where there is one. */
export function invocationDimensions({ functionName, aliasName }: ServiceRegion): Dimensions {
  const all = functionDimensions({ functionName });
  return aliasName ? [...all, "Resource", `${functionName}:${aliasName}`] : all;
}

/** All of a function, whoever calls it: reserved concurrency counts for all of its versions. */
export function functionDimensions({ functionName }: Pick<ServiceRegion, "functionName">): Dimensions {
  return ["FunctionName", functionName];
}

/** The dimensions of the API; undefined for a service without one. */
export function apiDimensions({ apiId, stage }: ServiceRegion): Dimensions | undefined {
  return apiId && stage ? ["ApiId", apiId, "Stage", stage] : undefined;
}

/** The dimensions of the dead-letter queue; undefined where dead letters are not kept. */
export function deadLetterDimensions({ deadLetterQueueArn: arn }: ServiceRegion): Dimensions | undefined {
  if (!arn) return undefined;
  const name = Token.isUnresolved(arn) ? Fn.element(Fn.split(":", arn), 5) : arn.split(":")[5];
  return ["QueueName", String(name)];
}
