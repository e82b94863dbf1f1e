import { fill } from "../fill/fill";
import type { LiveIds } from "../fill/live";
import { rulesFor } from "../fill/services";
import { applyRequest, applyResponse } from "../protocol/messages";
import type { ProviderSchema } from "../protocol/schema";
import { decodeObject, encodeValue, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { asApplied, type KnownResources } from "../reads";

/** How many resources one simulated cloud has created, changed and destroyed. */
export interface Counts {
  created: number;
  changed: number;
  destroyed: number;
}

const mostAlike = 1000;

/** Answers ApplyResourceChange: the planned state with every unknown filled in, as it is then read; a delete answers null. */
export function applyResource(
  request: Buffer,
  schema: ProviderSchema,
  scope: Scope,
  live: LiveIds,
  counts: Counts,
  known: KnownResources,
): Buffer {
  const {
    type_name: typeName,
    prior_state,
    planned_state,
    planned_private,
    planned_identity,
  } = applyRequest.decode(request);
  const prior = decodeObject(prior_state);
  const planned = decodeObject(planned_state);
  if (!planned) {
    if (prior) {
      live.delete(typeName, scope.region, prior);
      known.delete(typeName, scope, prior);
    }
    counts.destroyed += 1;
    return applyResponse.encode({ new_state: encodeValue(null) });
  }
  const block = schema.resource(typeName);
  const rules = rulesFor(typeName);
  const filledWith = (ordinal: number): ObjectValue => fill({ typeName, block, planned, prior, scope, ordinal, rules });
  let state = filledWith(0);
  // A resource named by its configuration gets the same id whatever the ordinal: AWS would refuse a second one.
  for (let ordinal = 1; !prior && live.has(typeName, scope.region, state) && ordinal < mostAlike; ordinal++) {
    const next = filledWith(ordinal);
    if (next.id === state.id && next.arn === state.arn) break;
    state = next;
  }
  live.add(typeName, scope.region, state);
  state = asApplied(typeName, block, { planned, state }, scope, known.around(scope));
  known.add(typeName, scope, state);
  if (prior) counts.changed += 1;
  else counts.created += 1;
  return applyResponse.encode({
    new_state: encodeValue(state),
    private: withoutCreateMark(planned_private),
    // A provider built on the older SDK may plan a default differently than configured; Terraform tolerates that.
    legacy_type_system: true,
    ...(planned_identity ? { new_identity: planned_identity } : {}),
  });
}

/** The older provider SDK marks a planned creation in the private data and removes the mark when it applies. */
function withoutCreateMark(planned: Uint8Array): Uint8Array {
  if (planned.length === 0) return planned;
  const { _new_extra_shim: _, ...rest } = JSON.parse(Buffer.from(planned).toString("utf8")) as Record<string, unknown>;
  return Object.keys(rest).length ? Buffer.from(JSON.stringify(rest)) : Buffer.alloc(0);
}
