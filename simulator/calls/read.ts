import type { LiveIds } from "../fill/live";
import { readRequest, readResponse } from "../protocol/messages";
import { decodeObject, encodeValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";

/** Lets a test change what a resource looks like when it is read: drift. */
export type OnRead = (typeName: string, state: Record<string, unknown>) => Record<string, unknown> | null;

/** Answers ReadResource: the state as given, unless a test makes it drift. */
export function readResource(request: Buffer, scope: Scope, live: LiveIds, onRead?: OnRead): Buffer {
  const { type_name: typeName, current_state, private: secret, current_identity } = readRequest.decode(request);
  const state = decodeObject(current_state);
  if (state) live.add(typeName, scope.region, state);
  const drifted = state && onRead ? encodeValue(onRead(typeName, state) as ReturnType<typeof decodeObject>) : undefined;
  return readResponse.encode({
    new_state: drifted ?? current_state,
    private: secret,
    ...(current_identity ? { new_identity: current_identity } : {}),
  });
}
