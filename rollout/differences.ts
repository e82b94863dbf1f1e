import { type Action, managedChanges, type Plan, type ResourceChange } from "../terraform";
import { leavesOf, type PredictedValue } from "./predicted-values";

/** Where a plan is another than the one that was reviewed. */
export interface PlanDifference {
  readonly address: string;
  /** What is another: `is destroyed, which was not planned`. Without values: they may be secret. */
  readonly difference: string;
}

/** What was foretold, and what it is. */
export type Replacements = ReadonlyMap<string, string>;

export interface ComparedPlans {
  readonly reviewed: Plan;
  /** What of the reviewed plan was foretold. */
  readonly predicted: readonly PredictedValue[];
  readonly fresh: Plan;
  readonly replacements: Replacements;
  /** Whether an apply of it was begun: what is done already is not planned again. */
  readonly begun?: boolean;
}

const doesNothing = ({ change: { actions } }: ResourceChange): boolean =>
  actions.every((action) => action === "no-op" || action === "read");

const verbs: Readonly<Record<string, string>> = {
  create: "created",
  update: "changed in place",
  delete: "destroyed",
  forget: "taken out of the state",
  "create,delete": "replaced",
  "delete,create": "replaced",
  "no-op": "left as it is",
};
const inWords = (actions: readonly Action[]): string => verbs[actions.join()] ?? actions.join(" and ");

/** Where a fresh plan would do something that was not reviewed; values that were foretold may have become others. */
export function planDifferences({
  reviewed,
  predicted,
  fresh,
  replacements,
  begun = false,
}: ComparedPlans): PlanDifference[] {
  const before = new Map(managedChanges(reviewed).map((one) => [keyOf(one), one]));
  const foretold = new Map<string, Set<string>>();
  for (const { address, path } of predicted) {
    foretold.set(address, (foretold.get(address) ?? new Set()).add(JSON.stringify(path)));
  }
  return managedChanges(fresh).flatMap((change) => {
    if (doesNothing(change)) return [];
    const known = before.get(keyOf(change));
    const { address } = change;
    const actions = inWords(change.change.actions);
    if (!known) return [{ address, difference: `would be ${actions}, which was not planned` }];
    const may = foretold.get(address) ?? new Set<string>();
    const same = change.change.actions.join() === known.change.actions.join();
    if (!same && !isLess(known, change, may.size > 0, begun)) {
      return [{ address, difference: `would be ${actions}, and was planned to be ${inWords(known.change.actions)}` }];
    }
    return valueDifferences(known, change, may, replacements).map((path) => ({
      address,
      difference: `has another value at ${path}`,
    }));
  });
}

const keyOf = ({ address, deposed }: ResourceChange): string => `${address} ${deposed ?? ""}`;

/** Whether less is done than was reviewed: a value that was foretold turned out as it was, or an apply had begun. */
function isLess(reviewed: ResourceChange, fresh: ResourceChange, isPredicted: boolean, begun: boolean): boolean {
  const [was, is] = [reviewed, fresh].map(({ change }) => [...change.actions].sort().join());
  // A value that was foretold turned out as it was.
  if (was === "create,delete") return is === "update" && isPredicted ? true : begun && is === "create";
  // Terraform replaces what it could not make to its end.
  return begun && was === "create" && (is === "create,delete" || is === "update");
}

/** Attributes whose values differ, `*` in the place of positions. */
function valueDifferences(
  { change: reviewed }: ResourceChange,
  { change: fresh }: ResourceChange,
  foretold: ReadonlySet<string>,
  replacements: Replacements,
): string[] {
  // What was foretold may be at another place of a set than what came.
  const lists = new Set([...foretold].flatMap((path) => listsAbove(shown(path))));
  const expected = (path: Path, value: unknown) =>
    foretold.has(JSON.stringify(path)) ? withReplaced(value, replacements) : value;
  const was = leavesByPath(sorted(reviewed.after, lists, expected));
  const is = leavesByPath(sorted(fresh.after, lists));
  const unknown = leavesByPath(fresh.after_unknown);
  // What was only known after apply may be known by now, where an apply had begun.
  const open = new Set(
    [...leavesByPath(reviewed.after_unknown)].filter(([, is]) => is === true).map(([path]) => shown(path)),
  );
  const paths = new Set<string>();
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(path), is.get(path)];
    // An empty list is a value, too.
    if (JSON.stringify(old) === JSON.stringify(now) || unknown.get(path) === true) continue;
    if (old === anything || isOneOf(shown(path), open)) continue;
    paths.add(shown(path));
  }
  return [...paths].sort();
}

const leavesByPath = (value: unknown): Map<string, unknown> =>
  new Map(leavesOf(value).map(({ path, value: leaf }) => [JSON.stringify(path), leaf]));

/** A value with some of its lists in an order of their own. @param change what to make of a leaf */
function sorted(
  value: unknown,
  lists: ReadonlySet<string>,
  change: (path: Path, leaf: unknown) => unknown = (_, leaf) => leaf,
  path: Path = [],
): unknown {
  if (value === null || typeof value !== "object") return change(path, value);
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner, lists, change, [...path, key])]);
    return Object.fromEntries(entries);
  }
  const elements = value.map((inner, index) => sorted(inner, lists, change, [...path, index]));
  const text = (element: unknown) => JSON.stringify(element) ?? "";
  return lists.has(inGeneral(path)) ? elements.sort((a, b) => (text(a) < text(b) ? -1 : 1)) : elements;
}

/** Whether a place is one of some, in one, or around one: what has nothing else in it is an empty object. */
const isOneOf = (path: string, places: ReadonlySet<string>): boolean =>
  [...places].some(
    (place) => place === path || path === "" || path.startsWith(`${place}.`) || place.startsWith(`${path}.`),
  );

/** The lists that a place is in: of `a.*.b.*`, `a` and `a.*.b`. */
const listsAbove = (path: string): string[] =>
  path.split(".").flatMap((step, index, steps) => (step === "*" ? [steps.slice(0, index).join(".")] : []));

/** Of what is foretold by its name alone, such as a part of an ARN or a number, nothing can be said before it is there. */
const anything = "(foretold)";

/** A value that was foretold, as it is to be now. */
function withReplaced(value: unknown, replacements: Replacements): unknown {
  if (typeof value !== "string") return anything;
  const held = [...replacements].filter(([from]) => value.includes(from));
  return held.length === 0 ? anything : held.reduce((text, [from, to]) => text.replaceAll(from, to), value);
}

type Path = PredictedValue["path"];

/** A path with `*` in the place of positions. */
const shown = (path: string): string => inGeneral(JSON.parse(path) as Path);
const inGeneral = (path: Path): string => path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
