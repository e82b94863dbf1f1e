import { isEmpty, zeroOf } from "../fill/shapes";
import type { Block, Type } from "../protocol/schema";
import { hasUnknown, isObject, type ObjectValue, type Value } from "../protocol/values";

/** Kept by the SDK itself, not by any Read. */
const timeouts = "timeouts";

/**
 * The older provider SDK knows no null: whatever Read sets to nothing becomes "", 0, false or empty.
 * @param absent Top-level attributes that Read does not set.
 * @returns the state itself if it has nothing to replace
 */
export function withZeros(block: Block, state: ObjectValue, absent: readonly string[] = []): ObjectValue {
  let result = state;
  const put = (name: string, value: Value): void => {
    if (result === state) result = { ...state };
    result[name] = value;
  };
  for (const { name, type, writeOnly } of block.attributes) {
    if (writeOnly || absent.includes(name)) continue;
    const value = state[name] ?? null;
    const zeroed = value === null ? zeroOf(type) : value;
    if (zeroed !== value || !(name in state)) put(name, zeroed);
  }
  for (const nested of block.blocks) {
    if (nested.name === timeouts || absent.includes(nested.name)) continue;
    const value = state[nested.name] ?? null;
    if (Array.isArray(value)) {
      const elements = value.map((element) => (isObject(element) ? withZeros(nested.block, element) : element));
      if (elements.some((element, index) => element !== value[index])) put(nested.name, elements);
    } else if (!(nested.name in state)) {
      put(nested.name, nested.nesting === "list" || nested.nesting === "set" ? [] : null);
    }
  }
  return result;
}

/**
 * What the older SDK makes of the answer to a change: a set that was planned in full is taken from the plan, and an empty
 * collection is what it was in the plan, null or empty. A later read has neither.
 */
export function asPlanned(block: Block, planned: ObjectValue, read: ObjectValue): ObjectValue {
  const result = { ...read };
  for (const { name, type } of block.attributes) {
    result[name] = planned[name] === undefined ? (read[name] ?? null) : kept(type, planned[name], read[name] ?? null);
  }
  for (const nested of block.blocks) {
    const before = planned[nested.name] ?? null;
    const after = read[nested.name] ?? null;
    if (!Array.isArray(before) || !Array.isArray(after)) continue;
    if (nested.nesting === "set") {
      if (!hasUnknown(before)) result[nested.name] = before;
    } else if (before.length === after.length) {
      result[nested.name] = after.map((element, index) => {
        const plannedElement = before[index];
        return isObject(element) && isObject(plannedElement)
          ? asPlanned(nested.block, plannedElement, element)
          : element;
      });
    }
  }
  return result;
}

function kept(type: Type, planned: Value, read: Value): Value {
  if (typeof type === "string") return read;
  if (type[0] === "set" && planned !== null && !hasUnknown(planned)) return planned;
  return planned === null && isEmpty(read) ? null : read;
}
