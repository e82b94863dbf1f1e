import { fill } from "../../../simulator/fill/fill";
import type { Block } from "../../../simulator/protocol/schema";
import { isObject, type ObjectValue, Unknown, type Value } from "../../../simulator/protocol/values";
import type { Scope } from "../../../simulator/provider/configuration";

/** A configuration with what the schema requires and nothing else; the values are what attribute names suggest. */
export function minimalConfig(typeName: string, block: Block, scope: Scope): ObjectValue {
  const planned = skeleton(block, (required) => (required ? new Unknown() : null));
  return fill({ typeName, block, planned, prior: null, scope, ordinal: 0, rules: {} });
}

/** What Terraform proposes for a configuration: everything computed that it leaves out is unknown. */
export function syntheticPlan(block: Block, config: ObjectValue): ObjectValue {
  const plan: ObjectValue = { ...config };
  for (const { name, computed } of block.attributes) {
    if (computed && config[name] === null) plan[name] = new Unknown();
  }
  for (const { name, block: inner } of block.blocks) {
    const complete = (element: Value): Value => (isObject(element) ? syntheticPlan(inner, element) : element);
    const nested: Value = config[name] ?? null;
    plan[name] = Array.isArray(nested) ? nested.map(complete) : complete(nested);
  }
  return plan;
}

/** What Terraform proposes when nothing in the configuration changed: computed values stay as they are. */
export function proposed(block: Block, config: ObjectValue, prior: ObjectValue): ObjectValue {
  const result: ObjectValue = { ...config };
  for (const { name, computed } of block.attributes) {
    if (computed && config[name] === null) result[name] = prior[name] ?? null;
  }
  for (const { name, block: inner } of block.blocks) {
    const given: Value = config[name] ?? null;
    const before: Value = prior[name] ?? null;
    if (Array.isArray(given)) {
      result[name] = given.map((element, index) => {
        const old = Array.isArray(before) ? (before[index] ?? null) : null;
        return isObject(element) && isObject(old) ? proposed(inner, element, old) : element;
      });
    } else if (isObject(given) && isObject(before)) {
      result[name] = proposed(inner, given, before);
    }
  }
  return result;
}

function skeleton(block: Block, make: (required: boolean) => Value): ObjectValue {
  const result: ObjectValue = {};
  for (const { name, required } of block.attributes) result[name] = make(required);
  for (const { name, nesting, minItems, block: inner } of block.blocks) {
    const one = (): ObjectValue => skeleton(inner, make);
    if (nesting === "list" || nesting === "set") result[name] = minItems > 0 ? [one()] : [];
    else result[name] = nesting === "group" ? one() : nesting === "map" ? {} : minItems > 0 ? one() : null;
  }
  return result;
}

/** As Terraform takes a plan of the older provider SDK: blocks that are null have no elements. */
export function normalized(block: Block, value: ObjectValue): ObjectValue {
  const result: ObjectValue = { ...value };
  for (const { name, nesting, block: inner } of block.blocks) {
    const nested: Value = value[name] ?? null;
    const each = (element: Value): Value => (isObject(element) ? normalized(inner, element) : element);
    if (Array.isArray(nested)) result[name] = nested.map(each);
    else if (nested === null && (nesting === "list" || nesting === "set")) result[name] = [];
    else result[name] = each(nested);
  }
  return result;
}
