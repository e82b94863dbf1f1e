import type { Finding } from "../contract/gate";
import { managedChanges, type Plan, type ResourceChange, valueAt } from "../terraform";

/** An argument of a resource that a plan changes. */
export interface ChangedArgument {
  readonly resource: ResourceChange;
  /** Names of blocks and of the argument, without the numbers of blocks: `viewer_certificate.minimum_protocol_version`. */
  readonly name: string;
  /** The last part of the name. */
  readonly last: string;
  readonly before: unknown;
  /** Undefined where the argument, or the block that it was in, is gone, and where the value is not known yet. */
  readonly after: unknown;
  /** Whether the value is only known after apply. */
  readonly isUnknown: boolean;
}

/**
 * The arguments that updates and replacements change, each single value by itself: those of blocks, and lists of values as one.
 * What is new in a resource is left out, as long as it was in no block that there was before.
 */
export function changedArguments(plan: Plan): ChangedArgument[] {
  return changedResources(plan).flatMap((resource) => {
    const { before, after, after_unknown: unknown } = resource.change;
    return differences(before, after, unknown, []).map(({ path, ...values }) => ({
      resource,
      name: path.join("."),
      last: path.at(-1) ?? "",
      ...values,
    }));
  });
}

/** The resources that a plan updates or replaces. */
export const changedResources = (plan: Plan): ResourceChange[] =>
  managedChanges(plan).filter(({ change: { actions } }) => actions.includes("update") || actions.length > 1);

/** What is said of an argument that no acknowledgement accepts, and what to do about it. */
export type Unacceptable = Required<Pick<Finding, "message" | "howToFix">>;

/** A finding for each changed argument that something is to be said of; one that is only a text is accepted by an acknowledgement. */
export const findingsOfArguments = (
  plan: Plan,
  saidOf: (argument: ChangedArgument) => string | Unacceptable | undefined,
): Finding[] =>
  changedArguments(plan).flatMap((argument): Finding[] => {
    const { address } = argument.resource;
    const said = saidOf(argument);
    if (said === undefined) return [];
    if (typeof said !== "string") return [{ address, ...said }];
    return [{ address, message: said, removes: addressOfArgument(argument) }];
  });

/** Address of an argument, as an acknowledgement names it: `aws_sqs_queue.orders.message_retention_seconds`. */
export const addressOfArgument = ({ resource, name }: Pick<ChangedArgument, "resource" | "name">): string =>
  `${resource.address}.${name}`;

/** A value as a report has it: text in quotes, nothing as "nothing", and long documents cut off. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

type Difference = Pick<ChangedArgument, "before" | "after" | "isUnknown"> & { readonly path: readonly string[] };

function differences(before: unknown, after: unknown, unknown: unknown, path: readonly string[]): Difference[] {
  if (isBlocks(before) || (isBlocks(after) && !isValue(before))) {
    const pairs = pairsOf(asList(before), asList(after));
    return pairs.flatMap(([one, other, at]) =>
      differences(one, other, unknown === true || valueAt(unknown, [at ?? -1]), path),
    );
  }
  if (isObject(before) || (isObject(after) && !isValue(before))) {
    const [one, other] = [asObject(before), asObject(after)];
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return names.flatMap((name) =>
      differences(one[name], other[name], unknown === true || valueAt(unknown, [name]), [...path, name]),
    );
  }
  const isUnknown = unknown === true;
  if (!isUnknown && JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return [];
  return [{ path, before, after, isUnknown }];
}

/** What tells one of several blocks from another, if they have it. */
const identities = ["name", "region_name", "region", "id", "sid", "origin_id", "path_pattern", "rule_id"];

/** Blocks of before and after that are one and the same, with the place in the list of the latter. */
function pairsOf(before: readonly unknown[], after: readonly unknown[]): [unknown, unknown, number | undefined][] {
  const all = [...before, ...after];
  const identity = identities.find((name) => {
    const values = all.map((block) => valueAt(block, [name]));
    return values.every((value) => typeof value === "string" && value !== "");
  });
  const match = (block: unknown, at: number): number => {
    if (identity === undefined) return at < after.length ? at : -1;
    return after.findIndex((other) => valueAt(other, [identity]) === valueAt(block, [identity]));
  };
  const matched = new Set<number>();
  const pairs = before.map((block, at): [unknown, unknown, number | undefined] => {
    const other = match(block, at);
    if (other < 0) return [block, undefined, undefined];
    matched.add(other);
    return [block, after[other], other];
  });
  const added = after.flatMap((block, at): [unknown, unknown, number | undefined][] =>
    matched.has(at) ? [] : [[undefined, block, at]],
  );
  return [...pairs, ...added];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isBlocks = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.some(isObject);

/** A text, a number, a boolean or a list of them: not what blocks are written as. */
const isValue = (value: unknown): boolean =>
  value !== undefined && value !== null && !isObject(value) && !(Array.isArray(value) && value.length === 0);

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const asObject = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});
