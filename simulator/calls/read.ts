import type { LiveIds } from "../fill/live";
import { readRequest, readResponse } from "../protocol/messages";
import type { ProviderSchema } from "../protocol/schema";
import { decodeObject, encodeValue, type ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import { asRead, type KnownResources, withUntouched } from "../reads";

/** Lets a test change what a resource looks like when it is read: drift. */
export type OnRead = (typeName: string, state: Record<string, unknown>) => Record<string, unknown> | null;

/**
 * Answers ReadResource: what the provider's Read makes of the state as it is, or as a test makes it drift. A state that
 * is already so goes back byte for byte.
 */
export function readResource(
  request: Buffer,
  schema: ProviderSchema,
  scope: Scope,
  live: LiveIds,
  known: KnownResources,
  onRead?: OnRead,
): Buffer {
  const { type_name: typeName, current_state, private: secret, current_identity } = readRequest.decode(request);
  const state = decodeObject(current_state);
  const found = state && inAws(typeName, state, onRead);
  const read = found && asRead(typeName, schema.resource(typeName), found, scope, known.around(scope));
  if (state) live.add(typeName, scope.region, state);
  if (read) known.add(typeName, scope, read);
  return readResponse.encode({
    new_state: read === state ? current_state : encodeValue(read),
    private: secret,
    ...(current_identity ? { new_identity: current_identity } : {}),
  });
}

/** The resource as AWS has it, which is as it was applied unless a test says otherwise. */
function inAws(typeName: string, state: ObjectValue, onRead: OnRead | undefined): ObjectValue | null {
  if (!onRead) return state;
  const drifted = onRead(typeName, state) as ObjectValue | null;
  return drifted && drifted !== state ? withUntouched(typeName, state, drifted) : drifted;
}
