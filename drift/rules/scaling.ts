import type { DriftChange } from "../change";
import type { Bounds, EnvironmentView } from "../environment-view";
import type { DriftRule } from "../rule";

/** What scaling moves, within the limits that the environment configures; what is beyond them somebody has set. */
export const scalingRules: readonly DriftRule[] = [
  {
    id: "provisioned-concurrency",
    kind: "scaling",
    types: ["aws_lambda_provisioned_concurrency_config"],
    attributes: ["provisioned_concurrent_executions"],
    when: isWithinBounds,
    because: (change, environment) =>
      `Provisioned concurrency is scaled between ${boundsInWords(change, environment)}.`,
  },
  {
    id: "scaling-limits",
    kind: "scaling",
    types: ["aws_appautoscaling_target"],
    attributes: ["min_capacity", "max_capacity"],
    when: isScheduledLimit,
    because: "A scheduled action of the environment, or of its forecast, has set this limit.",
  },
  {
    id: "tasks-of-a-service",
    kind: "scaling",
    types: ["aws_ecs_service"],
    attributes: ["desired_count"],
    when: isWithinBounds,
    because: (change, environment) => `Tasks are scaled between ${boundsInWords(change, environment)}.`,
  },
  {
    id: "capacity-of-a-table",
    kind: "scaling",
    types: ["aws_dynamodb_table"],
    attributes: ["read_capacity", "write_capacity", "global_secondary_index"],
    when: isWithinBounds,
    because: (change, environment) => `Its capacity is scaled between ${boundsInWords(change, environment)}.`,
  },
  {
    id: "readers-of-a-database",
    kind: "scaling",
    types: ["aws_rds_cluster"],
    attributes: ["cluster_members"],
    when: ({ after, ...change }, environment) => {
      const bounds = boundsFor(change, environment);
      // One of the members is the writer.
      return (
        bounds !== undefined && Array.isArray(after) && after.length - 1 >= bounds.min && after.length - 1 <= bounds.max
      );
    },
    because: (change, environment) => `Readers are scaled between ${boundsInWords(change, environment)}.`,
  },
];

/** Limits of what an argument says; undefined where nothing scales it. */
export function boundsFor(
  { type, attribute, path = "", region, values }: Omit<DriftChange, "after">,
  environment: EnvironmentView,
): Bounds | undefined {
  const text = (name: string): string => String(values[name] ?? "");
  if (type === "aws_lambda_provisioned_concurrency_config") {
    const [name, alias] = [text("function_name"), text("qualifier")];
    const scaled = environment.bounds(`function:${name}:${alias}`, "lambda:function:ProvisionedConcurrency", region);
    return joined(scaled, environment.forecast(name, alias, region));
  }
  if (type === "aws_ecs_service") {
    const cluster = text("cluster").split("/").at(-1);
    return environment.bounds(`service/${cluster}/${text("name")}`, "ecs:service:DesiredCount", region);
  }
  if (type === "aws_rds_cluster") {
    return environment.bounds(`cluster:${text("cluster_identifier")}`, "rds:cluster:ReadReplicaCount", region);
  }
  if (type !== "aws_dynamodb_table") return undefined;
  const [, index, capacity = ""] =
    /^(?:global_secondary_index(?:\["([^"]+)"\])?\.)?(read|write)_capacity$/.exec(path) ?? [];
  const direction = { read: "Read", write: "Write" }[capacity];
  if (direction === undefined) return undefined;
  const ofIndex = attribute === "global_secondary_index";
  const indexName = index ?? onlyIndex(values);
  return environment.bounds(
    `table/${text("name")}${ofIndex ? `/index/${indexName}` : ""}`,
    `dynamodb:${ofIndex ? "index" : "table"}:${direction}CapacityUnits`,
    region,
  );
}

/** The name of the only index of a table: its path has no name in it. */
const onlyIndex = ({ global_secondary_index: indexes }: DriftChange["values"]): unknown =>
  Array.isArray(indexes) ? (indexes[0] as { readonly name?: unknown } | undefined)?.name : undefined;

const joined = (one: Bounds | undefined, other: Bounds | undefined): Bounds | undefined =>
  one && other ? { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) } : one;

function isWithinBounds(change: DriftChange, environment: EnvironmentView): boolean {
  const bounds = boundsFor(change, environment);
  return (
    bounds !== undefined && typeof change.after === "number" && change.after >= bounds.min && change.after <= bounds.max
  );
}

/** In words that are the limits alone: numbers of the configuration. */
export function boundsInWords(change: DriftChange, environment: EnvironmentView): string {
  const bounds = boundsFor(change, environment);
  return bounds ? `${bounds.min} and ${bounds.max}, as the environment configures it` : "limits";
}

function isScheduledLimit({ attribute, after, region, values }: DriftChange, environment: EnvironmentView): boolean {
  const [id, dimension] = [String(values.resource_id), String(values.scalable_dimension)];
  const which = attribute === "min_capacity" ? "min" : "max";
  if (environment.limits(id, dimension, region).some((limits) => limits[which] === after)) return true;
  const [, name = "", alias = ""] = id.split(":");
  const forecast = environment.forecast(name, alias, region);
  if (!forecast || typeof after !== "number") return false;
  return which === "max" ? after === forecast.max : after >= forecast.min && after <= forecast.max;
}
