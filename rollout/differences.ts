import { type Action, hasUnknown, managedChanges, type Plan, type ResourceChange } from "../terraform";
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
    const known = before.get(keyOf(change));
    const { address } = change;
    // What an apply has done already is not planned again; something else is never taken in.
    const from = originOf(change);
    if (from !== undefined && from !== (known && originOf(known))) {
      return [
        {
          address,
          difference: `would be ${change.change.importing ? "imported" : "moved"} from elsewhere than was planned`,
        },
      ];
    }
    if (doesNothing(change)) return [];
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

/** The address before a move, or the id of an import; undefined for neither. */
const originOf = ({ previous_address: before, change: { importing } }: ResourceChange): string | undefined =>
  importing ? `import ${importing.id ?? ""}` : before;

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
  const expected = withUnknown(
    changedLeaves(reviewed.after, (path, value) =>
      foretold.has(JSON.stringify(path)) ? withReplaced(value, replacements) : value,
    ),
    reviewed.after_unknown,
  );
  const was = leavesByPath(expected);
  const is = leavesByPath(aligned(withUnknown(fresh.after, fresh.after_unknown), expected, lists));
  // What was only known after apply may be known by now, where an apply had begun.
  const open = new Set(
    [...leavesByPath(reviewed.after_unknown)].filter(([, is]) => is === true).map(([path]) => shown(path)),
  );
  const paths = new Set<string>();
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(path), is.get(path)];
    // An empty list is a value, too.
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    if (old === anything || now === anything || isOneOf(shown(path), open)) continue;
    paths.add(shown(path));
  }
  return [...paths].sort();
}

const leavesByPath = (value: unknown): Map<string, unknown> =>
  new Map(leavesOf(value).map(({ path, value: leaf }) => [JSON.stringify(path), leaf]));

/** A value with each of its leaves as a function makes it. */
function changedLeaves(value: unknown, change: (path: Path, leaf: unknown) => unknown, path: Path = []): unknown {
  if (Array.isArray(value)) return value.map((inner, index) => changedLeaves(inner, change, [...path, index]));
  if (!isObject(value)) return change(path, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, changedLeaves(inner, change, [...path, key])]),
  );
}

/** A value with `anything` where it is not known yet. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return anything;
  if (!hasUnknown(unknown)) return value;
  if (Array.isArray(unknown)) {
    const elements = Array.isArray(value) ? value : [];
    return Array.from({ length: Math.max(elements.length, unknown.length) }, (_, index) =>
      withUnknown(elements[index], unknown[index]),
    );
  }
  const known = isObject(value) ? value : {};
  const entries = Object.entries(unknown as object).filter(([, inner]) => hasUnknown(inner));
  return { ...known, ...Object.fromEntries(entries.map(([name, inner]) => [name, withUnknown(known[name], inner)])) };
}

/** A value with the elements of some lists at the places of those that they fit. @param lists paths in general */
function aligned(value: unknown, to: unknown, lists: ReadonlySet<string>, path: Path = []): unknown {
  if (Array.isArray(value)) {
    if (!Array.isArray(to)) return value;
    const elements = lists.has(inGeneral(path)) ? matched(value, to, lists, path) : value;
    return elements.map((inner, index) => aligned(inner, to[index], lists, [...path, index]));
  }
  if (!isObject(value) || !isObject(to)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, aligned(inner, to[key], lists, [...path, key])]),
  );
}

/** Elements in the order of those that they fit; those that fit none take the places that are left. */
function matched(
  elements: readonly unknown[],
  to: readonly unknown[],
  lists: ReadonlySet<string>,
  path: Path,
): unknown[] {
  /** Which of the elements is at each place. */
  const taken = new Map<number, number>();
  // What was foretold by its name alone fits several: one that has a place may have to go to another one.
  const place = (element: number, tried: Set<number>): boolean =>
    to.some((wanted, index) => {
      if (tried.has(index) || !fits(elements[element], wanted, lists, [...path, index])) return false;
      tried.add(index);
      const other = taken.get(index);
      if (other !== undefined && !place(other, tried)) return false;
      taken.set(index, element);
      return true;
    });
  const left = elements.flatMap((element, index) => (place(index, new Set()) ? [] : [element]));
  const ordered = to.map((_, index) => {
    const element = taken.get(index);
    return element === undefined ? left.shift() : elements[element];
  });
  return [...ordered.filter((element) => element !== undefined), ...left];
}

/** Whether a value may be what was expected. */
function fits(value: unknown, expected: unknown, lists: ReadonlySet<string>, path: Path): boolean {
  if (expected === anything || value === anything) return true;
  if (Array.isArray(value) && Array.isArray(expected)) {
    if (value.length !== expected.length) return false;
    const elements = lists.has(inGeneral(path)) ? matched(value, expected, lists, path) : value;
    return elements.every((inner, index) => fits(inner, expected[index], lists, [...path, index]));
  }
  if (!isObject(value) || !isObject(expected)) return value === expected;
  const names = new Set([...Object.keys(value), ...Object.keys(expected)]);
  return [...names].every((name) => fits(value[name] ?? null, expected[name] ?? null, lists, [...path, name]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

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
