import { isObject, type ObjectValue, Unknown, type Value } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { SeededRandom } from "./random";

/** What a rule can ask about the resource whose value it makes. */
export interface Subject extends Scope {
  typeName: string;
  /** Names from the resource down to the value, without positions: `replica.arn`. */
  path: string;
  /** A top-level string, filled first when it is unknown; "" when there is none. */
  text(name: string): string;
  /** A top-level value, filled first when it is unknown; null when there is none. */
  value(name: string): Value;
  /** A string of the block the value is in: for `replica.arn`, one of the same replica. */
  sibling(name: string): string;
  /** The value before an update; null on create. */
  prior(name: string): Value;
  /** True when the resource's schema has this top-level attribute or block. */
  has(name: string): boolean;
  /** Position of the enclosing list or set element; 0 outside. */
  index: number;
  /** Distinguishes resources with the same configuration; 0 for the first. */
  ordinal: number;
  /** Random values that depend on the resource's configuration and the value's path. */
  random: SeededRandom;
  /** Random values that depend only on these words and the account: the same in every resource that uses them. */
  shared(...words: string[]): SeededRandom;
  /** `arn:<partition>:<service>:<region>:<account>:<resource>`. */
  arn(service: string, resource: string, place?: { region?: string; account?: string }): string;
}

/** Returns the value of one unknown attribute. */
export type Rule = (subject: Subject) => Value;

/** Rules by path (`arn`, `replica.arn`), for one resource type. */
export type TypeRules = { [path: string]: Rule };

/** Rules by resource type, for one AWS service. */
export type ServiceRules = { [typeName: string]: TypeRules };

const renewed = new WeakSet<Rule>();
const defaults = new WeakSet<Rule>();

/** Marks a rule whose random value is new after each update, e.g. an ETag; other random values stay. */
export function onEveryChange(rule: Rule): Rule {
  const marked: Rule = (subject) => rule(subject);
  renewed.add(marked);
  return marked;
}

/** Marks a rule for an initial value; an update keeps the current value. */
export function initially(rule: Rule): Rule {
  defaults.add(rule);
  return rule;
}

/** The value that a rule returned, and whether it replaces the previous value on an update. */
export function applyRule(rule: Rule, subject: Subject & { drew: boolean }): { value: Value; replaces: boolean } {
  const value = rule(subject);
  return { value, replaces: renewed.has(rule) || !(subject.drew || defaults.has(rule)) };
}

interface Context {
  typeName: string;
  scope: Scope;
  seed: string;
  ordinal: number;
  prior: ObjectValue | null;
  names: Set<string>;
  /** The filled value of a top-level name. */
  resolve(name: string): Value;
}

/** What the rule of one unknown value gets. */
export function subjectFor(
  context: Context,
  path: string[],
  place: string,
  enclosing: ObjectValue,
): Subject & { drew: boolean } {
  const random = new SeededRandom(`${context.seed}\n${place}`);
  const { scope } = context;
  const text = (value: Value | undefined): string =>
    typeof value === "string" ? value : typeof value === "number" || typeof value === "bigint" ? String(value) : "";
  return {
    ...scope,
    typeName: context.typeName,
    path: path.join("."),
    text: (name) => text(context.resolve(name)),
    value: (name) => context.resolve(name),
    sibling: (name) => text(path.length > 1 ? enclosing[name] : context.resolve(name)),
    prior: (name) => context.prior?.[name] ?? null,
    has: (name) => context.names.has(name),
    index: Number(/\[(\d+)\][^[]*$/.exec(place)?.[1] ?? 0),
    ordinal: context.ordinal,
    /** True once the rule has used random values, so that its value is not only derived from others. */
    drew: false,
    get random() {
      this.drew = true;
      return random;
    },
    shared: (...words) => new SeededRandom([scope.account, ...words].join("\n")),
    arn: (service, resource, at) =>
      `arn:${scope.partition}:${service}:${at?.region ?? scope.region}:${at?.account ?? scope.account}:${resource}`,
  };
}

/** The known part of a value: unknowns read as null. */
export function knownPart(value: Value): Value {
  if (value instanceof Unknown) return null;
  if (Array.isArray(value)) return value.map(knownPart);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, knownPart(inner)]));
  }
  return value;
}
