import { regionalServices, regionsOf, servingTypes } from "../gates";
import { managedChanges, type Plan, regionOfProvider, resourcesOf, type SynthesizedStack } from "../terraform";
import { stackRead, stateReferences } from "./state-references";

/** Stacks that are applied before anybody looks whether the environment is healthy. */
export interface Wave {
  /** The region whose services it has; null for a stack that is in several, or that serves nothing. */
  readonly region: string | null;
  /** In the order of their apply. */
  readonly stacks: readonly string[];
}

/** The stacks of a rollout in waves. */
export interface Waves {
  readonly waves: readonly Wave[];
  /** Why the home region goes before standby regions, a sentence; null where it does not. */
  readonly homeFirst: string | null;
}

export interface WavesOptions {
  /** In the order of deployment. */
  readonly stacks: readonly SynthesizedStack[];
  /** Plans by the name of the stack; a stack without one does not change. */
  readonly plans: ReadonlyMap<string, Plan>;
  /** Region that has the validation records of certificates. */
  readonly home: string;
  /** Region that serves first: its services go last. */
  readonly serving: string;
}

/**
 * Sorts the stacks of a rollout into waves: the services of one region together, the region that serves last; every other stack alone,
 * before or after them as it was in the order of deployment. A stack always comes after those that the manifest names: those that it
 * reads, or that read of it where something leaves. Only that standby regions wait for the home region is left out where its plan
 * makes nothing that they wait for.
 */
export function wavesOf({ stacks, plans, home, serving }: WavesOptions): Waves {
  const regions = withoutOverseers(
    stacks,
    new Map(stacks.map((stack) => [stack.name, servedIn(stack, plans.get(stack.name))])),
  );
  const isNeeded = (stack: SynthesizedStack, before: string): boolean => {
    const [own, other] = [regions.get(stack.name), regions.get(before)];
    if (own === undefined || other === undefined || own === other) return true;
    // What leaves is let go of by those that read it, in the order that the manifest says.
    if (stack.reads !== undefined || reads(stack, before, stacks)) return true;
    return awaitedOf(plans.get(before)).length > 0;
  };
  const before = new Map(
    stacks.map((stack) => [
      stack.name,
      stack.dependencies.filter((name) => regions.has(name) && isNeeded(stack, name)),
    ]),
  );
  const order = sorted(
    withServingLast(
      stacks.map(({ name }) => name),
      regions,
      serving,
    ),
    before,
    regions,
  );
  const waves: { region: string | null; stacks: string[] }[] = [];
  for (const name of order) {
    const region = regions.get(name) ?? null;
    const last = waves.at(-1);
    if (last && region !== null && last.region === region) last.stacks.push(name);
    else waves.push({ region, stacks: [name] });
  }
  return { waves, homeFirst: reasonOf(waves, home, stacks, plans) };
}

/** Whether two ways of going in waves are the same. */
export const isSameOrder = (left: readonly Wave[], right: readonly Wave[]): boolean =>
  JSON.stringify(left.map(({ region, stacks }) => [region, stacks])) ===
  JSON.stringify(right.map(({ region, stacks }) => [region, stacks]));

/** The region whose services a stack has: by its plan, which also has what is destroyed; without one by its configuration. */
function servedIn(stack: SynthesizedStack, plan: Plan | undefined): string | undefined {
  if (plan && managedChanges(plan).length > 0) return regionalServices(plan)?.region;
  const resources = [...resourcesOf(stack)];
  const regions = new Set(resources.map(([, { provider = "" }]) => regionOfProvider(stack, provider)));
  const [region, ...others] = [...regions].filter((one) => one !== undefined);
  if (others.length > 0 || !resources.some(([address]) => servingTypes.test(address.split(".")[0] ?? "")))
    return undefined;
  return region;
}

/** What is made from the services of several regions is of none of them, wherever its own functions run. */
function withoutOverseers(
  stacks: readonly SynthesizedStack[],
  regions: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, string | undefined> {
  return new Map(
    stacks.map(({ name, dependencies, reads: read = dependencies }) => {
      const upstream = new Set(read.flatMap((other) => regions.get(other) ?? []));
      return [name, upstream.size > 1 ? undefined : regions.get(name)];
    }),
  );
}

const reads = (reader: SynthesizedStack, name: string, stacks: readonly SynthesizedStack[]): boolean =>
  Object.values(stateReferences(reader.terraform)).some((block) => stackRead(reader, block, stacks) === name);

/** What a plan makes that certificates of other regions wait for: the records that prove a domain, and what asks for them. */
const awaitedOf = (plan: Plan | undefined): string[] =>
  (plan ? managedChanges(plan) : [])
    .filter(
      ({ type, change: { actions } }) =>
        (type === "aws_route53_record" || type === "aws_acm_certificate") && actions.includes("create"),
    )
    .map(({ address }) => address);

/** The same names, with those of the serving region in the last of the places that services have. */
function withServingLast(
  names: readonly string[],
  regions: ReadonlyMap<string, string | undefined>,
  serving: string,
): string[] {
  const services = names.filter((name) => regions.get(name) !== undefined);
  const order = [...new Set(services.map((name) => regions.get(name)))].sort(
    (one, other) => Number(one === serving) - Number(other === serving),
  );
  const rest = order.flatMap((region) => services.filter((name) => regions.get(name) === region));
  return names.map((name) => (regions.get(name) === undefined ? name : (rest.shift() ?? name)));
}

/** Each name after those before it, otherwise in the order given, with the services of a region side by side. */
function sorted(
  names: readonly string[],
  before: ReadonlyMap<string, readonly string[]>,
  regions: ReadonlyMap<string, string | undefined>,
): string[] {
  const left = [...names];
  const order: string[] = [];
  while (left.length > 0) {
    const ready = left.filter((name) => (before.get(name) ?? []).every((other) => order.includes(other)));
    const last = regions.get(order.at(-1) ?? "");
    const next = ready.find((name) => last !== undefined && regions.get(name) === last) ?? ready[0] ?? left[0];
    if (next === undefined) break;
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

function reasonOf(
  waves: readonly Wave[],
  home: string,
  stacks: readonly SynthesizedStack[],
  plans: ReadonlyMap<string, Plan>,
): string | null {
  const first = waves.findIndex(({ region }) => region === home);
  if (first < 0 || !waves.slice(first + 1).some(({ region }) => region !== null && region !== home)) return null;
  if (stacks.some((stack) => stack.reads !== undefined)) return null;
  const awaited = (waves[first]?.stacks ?? []).flatMap((name) => awaitedOf(plans.get(name)));
  if (awaited.length === 0) return null;
  const more = awaited.length > 1 ? ` and ${awaited.length - 1} more` : "";
  return `${home} goes before standby regions: it makes ${awaited[0]}${more}, which their certificates wait for.`;
}

/** A wave with what its plans change. */
export interface TouchedWave extends Wave {
  /** Whether there is something to apply. */
  readonly hasChanges: boolean;
  /** Regions in which its plans change something. */
  readonly regions: readonly string[];
}

/** Which regions each wave touches. */
export const touchedWaves = (
  waves: readonly Wave[],
  stacks: readonly { readonly stack: string; readonly plan: Plan; readonly hasChanges: boolean }[],
): TouchedWave[] =>
  waves.map((wave) => {
    const own = stacks.filter(({ stack }) => wave.stacks.includes(stack));
    return {
      ...wave,
      hasChanges: own.some(({ hasChanges }) => hasChanges),
      regions: [...new Set(own.flatMap(({ plan }) => regionsOf(changedPart(plan))))].sort(),
    };
  });

const changedPart = (plan: Plan): Plan => ({
  ...plan,
  resource_changes: managedChanges(plan).filter(({ change }) => change.actions.some((action) => action !== "no-op")),
});

/** The same stacks in the order of the waves. */
export function inWaves<T extends { readonly stack: string }>(waves: readonly Wave[], stacks: readonly T[]): T[] {
  const order = waves.flatMap(({ stacks: names }) => names);
  return [...stacks].sort((a, b) => order.indexOf(a.stack) - order.indexOf(b.stack));
}
