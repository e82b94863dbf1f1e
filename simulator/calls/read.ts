import type { Inventory } from "../inventory/inventory";
import { readRequest, readResponse } from "../protocol/messages";
import type { ProviderSchema } from "../protocol/schema";
import { decodeObject, encodeValue, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { asRead, neighboursIn, withUntouched } from "../reads";

/** Lets a test change what a resource looks like when it is read: drift. */
export type OnRead = (typeName: string, state: Record<string, unknown>) => Record<string, unknown> | null;

/**
 * Answers ReadResource: what the provider's Read makes of a thing as it stands in the region and account of the provider
 * configuration, or as a test makes it drift; null if it does not stand there. A state that is already so goes back byte
 * for byte.
 */
export function readResource(
  request: Buffer,
  schema: ProviderSchema,
  scope: Scope,
  inventory: Inventory,
  onRead?: OnRead,
): Buffer {
  const { type_name: typeName, current_state, private: secret, current_identity } = readRequest.decode(request);
  const state = decodeObject(current_state);
  const found =
    state && stands(typeName, state, scope, inventory)
      ? inAws(typeName, asMoved(typeName, state, scope, inventory), onRead)
      : null;
  if (!found) return readResponse.encode({ new_state: encodeValue(null) });
  const answered = asRead(typeName, schema.resource(typeName), found, scope, neighboursIn(inventory, scope));
  // What somebody has changed is so, whatever follows from other resources.
  const beside = state && inventory.find(typeName, scope, state)?.beside;
  const read = beside ? withUntouched(typeName, answered, { ...answered, ...beside }) : answered;
  return readResponse.encode({
    new_state: read === state ? current_state : encodeValue(read),
    private: secret,
    ...(current_identity ? { new_identity: current_identity } : {}),
  });
}

function stands(type: string, state: ObjectValue, scope: Scope, inventory: Inventory): boolean {
  if (inventory.find(type, scope, state)) return true;
  if (!inventory.adopting) return false;
  const { partition, account, region } = scope;
  // Its ARN says where it stands, even if the configuration looks elsewhere.
  const [, , , ofRegion, ofAccount] = typeof state.arn === "string" ? state.arn.split(":") : [];
  const place = { partition, account: ofAccount || account, region: ofRegion || region };
  if (!inventory.find(type, place, state)) inventory.put({ type, place, state });
  return inventory.find(type, scope, state) !== undefined;
}

/** What calls beside Terraform can change, by type: the rest stands as it was applied. */
const movable: Readonly<Record<string, readonly string[]>> = {
  aws_lambda_alias: ["function_version", "routing_config"],
};

function asMoved(type: string, state: ObjectValue, scope: Scope, inventory: Inventory): ObjectValue {
  const thing = inventory.find(type, scope, state);
  const moved = (movable[type] ?? []).filter(
    (name) => thing && JSON.stringify(thing.state[name]) !== JSON.stringify(state[name]),
  );
  if (!thing || moved.length === 0) return state;
  return { ...state, ...Object.fromEntries(moved.map((name) => [name, thing.state[name] ?? null])) };
}

/** The resource as AWS has it, which is as it was applied unless a test says otherwise. */
function inAws(typeName: string, state: ObjectValue, onRead: OnRead | undefined): ObjectValue | null {
  if (!onRead) return state;
  const drifted = onRead(typeName, state) as ObjectValue | null;
  return drifted && drifted !== state ? withUntouched(typeName, state, drifted) : drifted;
}
