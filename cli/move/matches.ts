import { identityOf, importIdOf, isReference, type Values } from "../../identity";
import type { PlannedStack } from "../../rollout";
import { configuredResource, managedChanges, movesIn, type Plan, type ResourceChange } from "../../terraform";

/** A resource of a stack that a plan destroys, or creates. */
export interface Side {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  /** Attributes of the state, or what the plan knows of them. */
  readonly values: Values;
  /** Region of its provider; undefined where the configuration does not say, as for what is no longer in it. */
  readonly region?: string;
}

/** One thing in AWS under two addresses. */
export interface Match {
  readonly from: Side;
  readonly to: Side;
  /** What tells that they are the same: `table prod-orders`. */
  readonly because: string;
}

/** What no longer has its address, with what it may be now; several are for a person to decide. */
export interface Undecided {
  readonly from: Side;
  readonly to: readonly Side[];
}

/** What plans destroy because the configuration no longer has it: all that `moved` and `removed` could keep. */
export const goneIn = (plans: readonly PlannedStack[]): Side[] =>
  plans.flatMap(({ stack, plan }) =>
    managedChanges(plan)
      .filter(
        ({ change, deposed, action_reason: reason }) =>
          change.actions.join() === "delete" && deposed === undefined && /^delete_because_no_/.test(reason ?? ""),
      )
      .map((change) => sideOf(stack, plan, change, change.change.before)),
  );

/** What plans create, with what they know of it. */
export const newIn = (plans: readonly PlannedStack[]): Side[] =>
  plans.flatMap(({ stack, plan }) =>
    managedChanges(plan)
      .filter(({ change }) => change.actions.join() === "create")
      .map((change) => sideOf(stack, plan, change, change.change.after)),
  );

function sideOf(stack: string, plan: Plan, { address, type }: ResourceChange, values: unknown): Side {
  const key = configuredResource(plan, address)?.provider_config_key?.split(":").at(-1) ?? "";
  const region = plan.configuration?.provider_config?.[key]?.expressions?.region as
    | { constant_value?: string }
    | undefined;
  return { stack, address, type, values: (values ?? {}) as Values, region: region?.constant_value };
}

/**
 * Pairs what goes with what comes: the same name in AWS, or, of types that have none, all that is configured is the same and
 * there is one such pair only. Within a stack before across stacks.
 */
export function matchesOf(gone: readonly Side[], added: readonly Side[]): { matches: Match[]; undecided: Undecided[] } {
  const matches: Match[] = [];
  const undecided: Undecided[] = [];
  const taken = new Set<Side>();
  for (const from of gone) {
    const free = added.filter((to) => to.type === from.type && !taken.has(to) && mayBeInOneRegion(from, to));
    const named = identityOf(from.type, from.values);
    const same = named
      ? free.filter((to) => identityOf(to.type, to.values)?.key === named.key)
      : free.filter((to) => isConfiguredAlike(from.values, to.values));
    const near = same.filter(({ stack }) => stack === from.stack);
    const found = near.length > 0 ? near : same;
    const [to] = found;
    const rivals = named
      ? 1
      : gone.filter((other) => to && other.type === to.type && isConfiguredAlike(other.values, to.values)).length;
    if (to && found.length === 1 && rivals === 1) {
      taken.add(to);
      matches.push({ from, to, because: named?.name ?? "the same arguments, and no other is like it" });
    } else if (found.length > 0) undecided.push({ from, to: found });
  }
  return { matches, undecided };
}

function mayBeInOneRegion(from: Side, to: Side): boolean {
  const [, , , region] = typeof from.values.arn === "string" ? from.values.arn.split(":") : [];
  return !region || to.region === undefined || region === to.region;
}

/** Whether everything that a plan knows of a new resource is as the old one has it, and it is something at all. */
function isConfiguredAlike(old: Values, planned: Values): boolean {
  const known = Object.entries(planned).filter(([, value]) => !isNothing(value));
  return (
    known.some(([name]) => !/^(tags|tags_all|region)$/.test(name)) &&
    known.every(([name, value]) => includes(old[name], value))
  );
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);

/** Whether a value has all that another one has; what is not known yet is left out of that one. */
function includes(value: unknown, part: unknown): boolean {
  if (isNothing(part)) return true;
  if (Array.isArray(part))
    return (
      Array.isArray(value) &&
      part.length === value.length &&
      part.every((one) => value.some((other) => includes(other, one)))
    );
  if (typeof part === "object") {
    return (
      typeof value === "object" &&
      value !== null &&
      Object.entries(part as Values).every(([name, inner]) => includes((value as Values)[name], inner))
    );
  }
  return value === part;
}

/** An object that may exist already, as a new resource would have its name, or as another one that exists refers to it. */
export interface Candidate {
  readonly to: Side;
  readonly id: string;
}

/** New resources of which it is known by which id they would be imported, if they exist. */
export function candidatesIn(plans: readonly PlannedStack[]): Candidate[] {
  return plans.flatMap((one) => {
    const added = newIn([one]);
    const referred = referredIn(one.plan);
    return added.flatMap((to) => {
      const id = importIdOf(to.type, to.values) ?? referred.get(to.address);
      return id === undefined || isReference(id) ? [] : [{ to, id }];
    });
  });
}

/** Attributes that are an id, where an argument refers to them. */
const ids = new Set(["id", "key_id", "zone_id", "arn", "url"]);

/** Ids by address that imported resources have, where the configuration has a reference: an alias tells its key. */
function referredIn(plan: Plan): Map<string, string> {
  const found = new Map<string, string>();
  for (const { kind, change } of movesIn(plan)) {
    if (kind !== "imported") continue;
    const before = (change.change.before ?? {}) as Values;
    for (const [argument, expression] of Object.entries(configuredResource(plan, change.address)?.expressions ?? {})) {
      const [reference = "", whole, ...others] =
        (expression as { references?: readonly string[] } | null)?.references ?? [];
      const value = before[argument];
      const [type = "", name = "", attribute = ""] = reference.split(".");
      if (others.length > 0 || whole !== `${type}.${name}` || !ids.has(attribute) || typeof value !== "string")
        continue;
      // The id of a type whose import id is that attribute, and not one of several parts.
      if (importIdOf(type, { id: value, [attribute]: value, key_id: value, zone_id: value }) === value)
        found.set(whole, value);
    }
  }
  return found;
}
