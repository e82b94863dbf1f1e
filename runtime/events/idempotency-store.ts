import { randomUUID } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { serviceErrorFromAws } from "../aws/aws-errors.js";
import { UnavailableError } from "../errors/service-errors.js";
import { defaultRememberMs } from "./remembered.js";

/** The answer to claiming an event. */
export type Claim =
  /** The event is ours until the lease ends. */
  | { readonly outcome: "claimed"; readonly claimId: string }
  /** It was handled before. */
  | { readonly outcome: "completed" }
  /** Another invocation has it, in milliseconds since 1970. */
  | { readonly outcome: "in progress"; readonly leaseExpiresAt: number };

/** Remembers which events were handled. */
export interface IdempotencyStore {
  /** Claims an event for `leaseMs` milliseconds. */
  claim(key: string, leaseMs: number): Promise<Claim>;
  /** Marks it as handled; false if another invocation has taken it over. */
  complete(key: string, claimId: string): Promise<boolean>;
  /** Gives it back unhandled, so that the next attempt may start at once. */
  release(key: string, claimId: string): Promise<void>;
}

/** The options of {@link createIdempotencyStore}. */
export interface IdempotencyStoreOptions {
  /** A table with the partition key `pk` (text) and the time-to-live attribute `expiresAt`. */
  readonly tableName: string;
  /** The replica of the function's own region. */
  readonly client: DynamoDBDocumentClient;
  /**
   * The replica that all regions ask first, that of home: replicas agree only after a second or so, and both regions
   * get each event at about the same time. `client` is asked while it does not answer.
   */
  readonly authority?: DynamoDBDocumentClient;
  /** How long handled events are remembered, in milliseconds: 8 days by default, which is longer than any retry. Replays may reach further back. */
  readonly rememberMs?: number;
  readonly now?: () => number;
}

/**
 * An idempotency store in DynamoDB. A claim is one conditional write; an expired lease belongs to an invocation that
 * died, and may be claimed again. Each later write names the claim, so that such an invocation can no longer change anything.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */
export function createIdempotencyStore({
  tableName,
  client,
  authority,
  rememberMs = defaultRememberMs,
  now = Date.now,
}: IdempotencyStoreOptions): IdempotencyStore {
  const clients = authority ? [authority, client] : [client];
  const expiresAt = () => Math.floor((now() + rememberMs) / 1000);

  const claimIn = async (document: DynamoDBDocumentClient, pk: string, leaseMs: number): Promise<Claim> => {
    const claimId = randomUUID();
    try {
      await document.send(
        new PutCommand({
          TableName: tableName,
          Item: { pk, status: "IN_PROGRESS", claimId, leaseExpiresAt: now() + leaseMs, expiresAt: expiresAt() },
          // DynamoDB deletes expired items late: until then they count as gone.
          ConditionExpression:
            "attribute_not_exists(pk) OR (#status = :inProgress AND leaseExpiresAt <= :now) OR expiresAt <= :nowSeconds",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: {
            ":inProgress": "IN_PROGRESS",
            ":now": now(),
            ":nowSeconds": Math.floor(now() / 1000),
          },
        }),
      );
      return { outcome: "claimed", claimId };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const { Item } = await document.send(new GetCommand({ TableName: tableName, Key: { pk }, ConsistentRead: true }));
      if (Item?.status === "COMPLETED") return { outcome: "completed" };
      // If it was released a moment ago, it counts as busy: at worst the event is delivered once more.
      return { outcome: "in progress", leaseExpiresAt: Number(Item?.leaseExpiresAt ?? now()) };
    }
  };

  const completeIn = async (document: DynamoDBDocumentClient, pk: string, claimId: string): Promise<boolean> => {
    const update = new UpdateCommand({
      TableName: tableName,
      Key: { pk },
      UpdateExpression: "SET #status = :completed, expiresAt = :expiresAt REMOVE leaseExpiresAt",
      // The claim may have been made in the other replica and not have arrived.
      ConditionExpression: "attribute_not_exists(pk) OR claimId = :claimId",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":completed": "COMPLETED", ":expiresAt": expiresAt(), ":claimId": claimId },
    });
    return await unlessTakenOver(() => document.send(update));
  };

  const releaseIn = async (document: DynamoDBDocumentClient, pk: string, claimId: string): Promise<void> => {
    const remove = new DeleteCommand({
      TableName: tableName,
      Key: { pk },
      ConditionExpression: "claimId = :claimId AND #status = :inProgress",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":claimId": claimId, ":inProgress": "IN_PROGRESS" },
    });
    await unlessTakenOver(() => document.send(remove));
  };

  return {
    claim: (key, leaseMs) => firstThatAnswers(clients, (document) => claimIn(document, key, leaseMs)),
    complete: (key, claimId) => firstThatAnswers(clients, (document) => completeIn(document, key, claimId)),
    release: (key, claimId) => firstThatAnswers(clients, (document) => releaseIn(document, key, claimId)),
  };
}

async function unlessTakenOver(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function firstThatAnswers<T>(
  clients: readonly DynamoDBDocumentClient[],
  ask: (client: DynamoDBDocumentClient) => Promise<T>,
): Promise<T> {
  const [first, ...others] = clients;
  if (first === undefined) throw new TypeError("There is no client to ask; pass one.");
  try {
    return await ask(first);
  } catch (error) {
    if (others.length === 0 || !(serviceErrorFromAws(error) instanceof UnavailableError)) throw error;
    return await firstThatAnswers(others, ask);
  }
}
