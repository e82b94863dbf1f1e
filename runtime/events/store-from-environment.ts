import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createDocumentClient } from "../dynamodb/document-client.js";
import { type Environment, string } from "../environment/environment.js";
import { createIdempotencyStore, type IdempotencyStore } from "./idempotency-store.js";

/** The variables of a function with a table of handled events that has `homeReplica`; a function reads them together with its own. */
export const handledEventsVariables = {
  AWS_REGION: string(),
  HANDLED_EVENTS_TABLE_NAME: string(),
  HOME_REGION: string(),
};

/**
 * The idempotency store of a function, by its variables. Other regions get each event at about the same moment; all ask the replica of
 * the home region, so that only one of them handles it.
 * @param client of the function's own region
 */
export function idempotencyStoreFromEnvironment(
  { AWS_REGION, HANDLED_EVENTS_TABLE_NAME, HOME_REGION }: Environment<typeof handledEventsVariables>,
  client: DynamoDBDocumentClient,
): IdempotencyStore {
  return createIdempotencyStore({
    tableName: HANDLED_EVENTS_TABLE_NAME,
    client,
    authority: HOME_REGION === AWS_REGION ? undefined : createDocumentClient({ region: HOME_REGION }),
  });
}
