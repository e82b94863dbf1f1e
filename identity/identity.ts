import { text } from "./forms";
import { furtherNames, regionOfCopy } from "./further-names";
import type { Rule, Scope, Values } from "./rule";
import { newEachTime, rules } from "./types";

/** A name, or a place in another resource, that one resource can have: two with the same are one thing in AWS. */
export interface Identity {
  /** The Terraform type whose names it is one of: alarms of both kinds share theirs. */
  readonly type: string;
  readonly scope: Scope;
  /** The same for everything that AWS takes for the same; to be compared with those of the type and place only. */
  readonly key: string;
  /** In words: `rule order-placed on event bus prod-orders`. */
  readonly name: string;
  /** The region of a copy that the resource makes elsewhere; else it is that of the provider. */
  readonly region?: string;
}

/**
 * What a resource is in AWS.
 * @param type Terraform's name of the resource type
 * @param values arguments of a configuration or attributes of a state; references may stand in for values
 * @returns undefined if AWS gives each one a new id, if AWS or Terraform makes the name, or for a type that is not known
 */
export function identityOf(type: string, values: Values): Identity | undefined {
  const rule = rules[type];
  return rule && identityBy(rule, rule.namesOf ?? type, values);
}

/** The identity and every further name that a resource takes: aliases, copies in other regions. */
export function identitiesOf(type: string, values: Values): Identity[] {
  const further = (furtherNames[type] ?? []).flatMap(({ rule, namesOf, each }) =>
    each(values).map((named) => {
      const identity = identityBy(rule, namesOf, named);
      const region = regionOfCopy(named);
      return identity && region ? { ...identity, region } : identity;
    }),
  );
  return [identityOf(type, values), ...further].filter((identity) => identity !== undefined);
}

/** Whether it is known what makes two resources of a type the same. */
export const isKnownType = (type: string): boolean => type in rules || newEachTime.has(type);

/** The arguments that a rule's name has in braces. */
const argumentsOf = (rule: Rule): string[] =>
  [...rule.name.matchAll(/\{(\w+)\}/g)].map(([, argument = ""]) => argument);

function identityBy(rule: Rule, type: string, values: Values): Identity | undefined {
  const parts: string[] = [];
  let name = rule.name;
  for (const argument of argumentsOf(rule)) {
    const part = (rule.read?.[argument] ?? text)(values[argument], values);
    if (part === undefined) return undefined;
    parts.push(part);
    name = name.replace(`{${argument}}`, () => part);
  }
  // Two rules of one type are told apart by their words.
  return { type, scope: rule.scope, key: JSON.stringify([rule.name.replace(/\{\w+\}/g, "*"), ...parts]), name };
}
