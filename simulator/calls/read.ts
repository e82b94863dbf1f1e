import type { Inventory } from "../inventory/inventory";
import { readRequest, readResponse } from "../protocol/messages";
import { decodeObject, encodeValue, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";

/** Lets a test change what a resource looks like when it is read: drift. */
export type OnRead = (typeName: string, state: Record<string, unknown>) => Record<string, unknown> | null;

/**
 * Answers ReadResource: the state as given if the thing stands in the region and account of the provider configuration,
 * null if it does not; unless a test makes it drift.
 */
export function readResource(request: Buffer, scope: Scope, inventory: Inventory, onRead?: OnRead): Buffer {
  const { type_name: typeName, current_state, private: secret, current_identity } = readRequest.decode(request);
  const state = decodeObject(current_state);
  if (state && !stands(typeName, state, scope, inventory)) return readResponse.encode({ new_state: encodeValue(null) });
  const drifted = state && onRead ? encodeValue(onRead(typeName, state) as ReturnType<typeof decodeObject>) : undefined;
  return readResponse.encode({
    new_state: drifted ?? current_state,
    private: secret,
    ...(current_identity ? { new_identity: current_identity } : {}),
  });
}

function stands(type: string, state: ObjectValue, scope: Scope, inventory: Inventory): boolean {
  if (inventory.find(type, scope, state)) return true;
  if (!inventory.adopting || inventory.findAnywhere(type, state)) return false;
  const { partition, account, region } = scope;
  inventory.put({ type, place: { partition, account, region }, state });
  return true;
}
