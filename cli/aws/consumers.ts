import { literalOf, type Resource } from "../../topology";

/** A function that handles what a queue, a rule or a bus brings. */
export interface Consumer {
  /** Name of the function, as AWS knows it. */
  readonly name: string;
  readonly region: string;
  /** Whether the environment says that handling a message twice is the same as once. */
  readonly idempotent: boolean;
}

/** A function by its alias, as one invokes it. */
export interface FunctionPlace {
  readonly name: string;
  readonly qualifier: string | undefined;
  readonly region: string;
}

/**
 * Environment variables by which a function gets the table that remembers what it has handled. A function without any may handle a
 * message twice.
 */
export const idempotencyVariables = ["HANDLED_EVENTS_TABLE_NAME", "IDEMPOTENCY_TABLE_NAME"] as const;

/** The resource that an argument refers to: `at("arn")`, `at("dead_letter_config", "arn")`. */
export function referred(resource: Resource, ...path: readonly string[]): Resource | undefined {
  // Terraform writes a block with or without a list around it.
  const without = (steps: readonly string[]) => steps.filter((step) => !/^\d+$/.test(step)).join("/");
  return resource.references.find((reference) => without(reference.path) === path.join("/"))?.target;
}

/** The function behind an alias, or a function itself. */
export function functionOf(resource: Resource | undefined): Resource | undefined {
  if (resource?.type === "aws_lambda_function") return resource;
  return resource?.type === "aws_lambda_alias" ? functionOf(referred(resource, "function_name")) : undefined;
}

/** How to invoke what an alias or a function is. */
export function functionPlace(resource: Resource): FunctionPlace | undefined {
  const name = literalOf(functionOf(resource)?.body.function_name);
  if (name === undefined || resource.region === undefined) return undefined;
  const qualifier = resource.type === "aws_lambda_alias" ? literalOf(resource.body.name) : undefined;
  return { name, qualifier, region: resource.region };
}

/** A function as a consumer, and whether its own environment variables make it idempotent. */
export function consumerOf(resource: Resource | undefined): Consumer | undefined {
  const found = functionOf(resource);
  const name = literalOf(found?.body.function_name);
  if (!found || name === undefined || found.region === undefined) return undefined;
  const block = [found.body.environment].flat()[0] as { readonly variables?: object } | undefined;
  const variables = Object.keys(block?.variables ?? {});
  return {
    name,
    region: found.region,
    idempotent: idempotencyVariables.some((variable) => variables.includes(variable)),
  };
}

/** Functions that an event source mapping feeds from a queue. */
export function readersOf(queue: Resource, resources: readonly Resource[]): Consumer[] {
  return resources
    .filter((each) => each.type === "aws_lambda_event_source_mapping" && referred(each, "event_source_arn") === queue)
    .flatMap((each) => consumerOf(referred(each, "function_name")) ?? []);
}

/** Who handles what a rule brings: its target, or the readers of the queue that is its target. */
export function consumersOfTarget(target: Resource | undefined, resources: readonly Resource[]): Consumer[] {
  if (target?.type === "aws_sqs_queue") return readersOf(target, resources);
  const consumer = consumerOf(target);
  return consumer ? [consumer] : [];
}

/** Targets of the rules on a bus. */
export const targetsOn = (bus: Resource, resources: readonly Resource[]): Resource[] =>
  resources.filter((each) => each.type === "aws_cloudwatch_event_target" && referred(each, "event_bus_name") === bus);

/** Each consumer once. */
export const distinct = (consumers: readonly Consumer[]): Consumer[] => [
  ...new Map(consumers.map((each) => [`${each.region}/${each.name}`, each])).values(),
];

/**
 * Why nothing may be handled again, in words; undefined where it may.
 * @param of what is refused, to be named where it has no consumer
 * @param repeatable names that the user says may handle a message twice
 */
export function refusalOf(
  of: string,
  consumers: readonly Consumer[],
  repeatable: ReadonlySet<string>,
): string | undefined {
  if (consumers.length === 0) {
    if (repeatable.has(of)) return undefined;
    return `nothing in the environment says who handles it; if twice is the same as once, add --repeatable ${of}`;
  }
  const bad = consumers.filter(({ name, idempotent }) => !idempotent && !repeatable.has(name)).map(({ name }) => name);
  if (bad.length === 0) return undefined;
  const names = [...new Set(bad)];
  return `${names.join(", ")} may handle a message twice: no table of handled events; add one, or --repeatable ${names.join(",")}`;
}
