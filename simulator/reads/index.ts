import { canonical } from "../fill/random";
import { isLegacy } from "../fill/shapes";
import type { Block } from "../protocol/schema";
import { isObject, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { textOf } from "./forms";
import type { Neighbours } from "./neighbours";
import type { ReadRule, ReadSubject } from "./rule";
import { readRuleFor } from "./services";
import { asPlanned, withZeros } from "./zeros";

export { alone, type Neighbours, neighboursIn } from "./neighbours";

/**
 * What the provider's Read puts into the state of a resource that AWS has as `state` says: defaults that AWS fills in,
 * documents and lists in AWS's form, and what other resources added.
 * @returns the state itself if Read changes nothing, so that a caller need not encode it again
 */
export function asRead(
  typeName: string,
  block: Block,
  state: ObjectValue,
  scope: Scope,
  neighbours: Neighbours,
): ObjectValue {
  const rule = readRuleFor(typeName);
  const answered = rule.answers
    ? withAnswers(rule.answers(subjectOf(typeName, state, scope, neighbours)), state)
    : state;
  // The newer framework leaves null what AWS does not return.
  return isLegacy(block) ? withZeros(block, answered, [...(rule.untouched ?? []), ...(rule.absent ?? [])]) : answered;
}

/**
 * What an answer to a change has: Create and Update end in Read. Types of the newer framework must keep each value that was
 * planned, so their differences appear in the next read only.
 */
export function asApplied(
  typeName: string,
  block: Block,
  { planned, state }: { planned: ObjectValue; state: ObjectValue },
  scope: Scope,
  neighbours: Neighbours,
): ObjectValue {
  return isLegacy(block) ? asPlanned(block, planned, asRead(typeName, block, state, scope, neighbours)) : state;
}

/** A state that changed in AWS, as Read sees it: with the old value of what Read never looks at. */
export function withUntouched(typeName: string, before: ObjectValue, after: ObjectValue): ObjectValue {
  const names = readRuleFor(typeName).untouched ?? [];
  return {
    ...after,
    ...Object.fromEntries(names.filter((name) => name in before).map((name) => [name, before[name] ?? null])),
  };
}

function withAnswers(answers: ReturnType<NonNullable<ReadRule["answers"]>>, state: ObjectValue): ObjectValue {
  const different = Object.entries(answers).filter(
    ([name, value]) => name in state && value !== state[name] && canonical(value) !== canonical(state[name] ?? null),
  );
  return different.length ? { ...state, ...Object.fromEntries(different) } : state;
}

function subjectOf(typeName: string, state: ObjectValue, scope: Scope, neighbours: Neighbours): ReadSubject {
  const list: ReadSubject["list"] = (name) => {
    const value = state[name];
    return Array.isArray(value) ? value : [];
  };
  return {
    ...scope,
    typeName,
    state,
    neighbours,
    text: (name) => textOf(state[name]),
    list,
    block: (name) => list(name).find(isObject) ?? {},
  };
}

/** The attributes of a type that Read leaves as they are in the state. */
export const untouchedBy = (typeName: string): readonly string[] => readRuleFor(typeName).untouched ?? [];
