import { randomUUID } from "node:crypto";
import { type Json, objectOf, type Plan } from "../terraform";

/** An output of a stack as a state holds it. */
export interface OutputValue {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** A state with outputs alone, which is all that `terraform_remote_state` reads. */
export const stateOfOutputs = (outputs: Readonly<Record<string, OutputValue>>): Json => ({
  version: 4,
  terraform_version: "1.11.0",
  serial: 1,
  lineage: randomUUID(),
  outputs: Object.fromEntries(
    Object.entries(outputs).map(([name, { value, sensitive }]) => [name, { value, type: typeOf(value), sensitive }]),
  ),
  resources: [],
});

/** The type of a JSON value, as states write types. */
function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (value !== null && typeof value === "object") {
    return ["object", Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeOf(inner)]))];
  }
  if (typeof value === "boolean") return "bool";
  return value === null ? "dynamic" : typeof value;
}

/** A copy of a state with what the refresh of a plan has found in AWS: what somebody changed, and what is gone. */
export function withDrift(state: Json, plan: Plan): Json {
  const drift = new Map((plan.resource_drift ?? []).map((one) => [`${one.address} ${one.deposed ?? ""}`, one.change]));
  if (drift.size === 0) return state;
  const resources = (state.resources as Json[]).map((resource) => ({
    ...resource,
    instances: (resource.instances as Json[]).flatMap((instance) => {
      const found = drift.get(`${addressOf(resource, instance)} ${instance.deposed ?? ""}`);
      if (!found) return [instance];
      if (found.actions.includes("delete")) return [];
      return [{ ...instance, attributes: { ...objectOf(instance.attributes), ...objectOf(found.after) } }];
    }),
  }));
  return { ...state, resources };
}

function addressOf({ module, mode, type, name }: Json, { index_key: key }: Json): string {
  const data = mode === "data" ? "data." : "";
  const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
  return `${module ? `${module}.` : ""}${data}${type}.${name}${index}`;
}

/** Which state something was made from. */
export interface StateVersion {
  /** Undefined for a state that is not there yet. */
  readonly lineage?: string;
  readonly serial?: number;
}

export const versionOf = ({ lineage, serial }: Json): StateVersion =>
  typeof lineage === "string" && typeof serial === "number" ? { lineage, serial } : {};
