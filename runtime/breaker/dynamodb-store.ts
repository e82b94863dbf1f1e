import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createDocumentClient } from "../dynamodb/document-client.js";
import type { BreakerStore, Election, SharedState } from "./breaker-store.js";

/** The options of {@link createBreakerStore}. */
export interface BreakerStoreOptions {
  /** A table with the partition key `pk` (text) and the time-to-live attribute `expiresAt`. */
  readonly tableName: string;
  /** A client of the function's own region, which `region` makes if it is left out. */
  readonly client?: DynamoDBDocumentClient;
  /** The function's own region. */
  readonly region: string;
  readonly now?: () => number;
}

/** How long an item stays after its last transition, in seconds: a breaker of which nothing was heard for so long is closed. */
const rememberSeconds = 7 * 86_400;

/**
 * The shared state of breakers in DynamoDB: one item for each breaker. Each transition is one conditional write, so of many
 * execution environments that see the same failure one opens the breaker, and of many that may probe one does.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */
export function createBreakerStore({ tableName, client, region, now = Date.now }: BreakerStoreOptions): BreakerStore {
  // One attempt, briefly: a breaker must not wait for its own table, and goes on without it.
  const documents =
    client ?? createDocumentClient({ region, maxAttempts: 2, connectionTimeoutMs: 200, requestTimeoutMs: 300 });

  const read = async (pk: string): Promise<SharedState> => {
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk }, ConsistentRead: true }));
    if (Item?.status !== "OPEN" || Number(Item.expiresAt) * 1000 <= now()) return { status: "closed" };
    const { retryAt, failedProbes, probeUntil } = Item as Record<string, number | undefined>;
    return { status: "open", retryAt: Number(retryAt), failedProbes: Number(failedProbes ?? 0), probeUntil };
  };

  /** One conditional write. @returns the item after it; undefined if the condition does not hold */
  const write = async (
    pk: string,
    update: string,
    condition: string,
    values: Record<string, unknown>,
  ): Promise<Record<string, unknown> | undefined> => {
    try {
      const { Attributes = {} } = await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk },
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: values,
          ReturnValues: "ALL_NEW",
        }),
      );
      return Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
  const expiresAt = () => Math.floor(now() / 1000) + rememberSeconds;

  return {
    read,
    async open(pk, retryAt) {
      const opened = await write(
        pk,
        "SET #status = :open, openedAt = :now, retryAt = :retryAt, failedProbes = :none, expiresAt = :expiresAt REMOVE probeId, probeUntil",
        // DynamoDB deletes expired items late: until then they count as gone.
        "attribute_not_exists(pk) OR #status <> :open OR expiresAt <= :nowSeconds",
        {
          ":open": "OPEN",
          ":now": now(),
          ":nowSeconds": Math.floor(now() / 1000),
          ":retryAt": retryAt,
          ":none": 0,
          ":expiresAt": expiresAt(),
        },
      );
      return {
        opened: opened !== undefined,
        state: opened ? { status: "open", retryAt, failedProbes: 0 } : await read(pk),
      };
    },
    async elect(pk, probeId, probeMs): Promise<Election> {
      const elected = await write(
        pk,
        "SET probeId = :probeId, probeUntil = :until",
        // The SDK may send a request twice: who has been elected already stays so.
        "#status = :open AND retryAt <= :now AND (attribute_not_exists(probeId) OR probeUntil <= :now OR probeId = :probeId)",
        { ":open": "OPEN", ":now": now(), ":probeId": probeId, ":until": now() + probeMs },
      );
      return elected
        ? { elected: true, failedProbes: Number(elected.failedProbes ?? 0) }
        : { elected: false, state: await read(pk) };
    },
    close: async (pk, probeId) =>
      (await write(
        pk,
        "SET #status = :closed, closedAt = :now, expiresAt = :expiresAt REMOVE probeId, probeUntil, retryAt, failedProbes",
        "#status = :open AND probeId = :probeId",
        { ":open": "OPEN", ":closed": "CLOSED", ":now": now(), ":probeId": probeId, ":expiresAt": expiresAt() },
      )) !== undefined,
    reopen: async (pk, probeId, retryAt) =>
      (await write(
        pk,
        "SET retryAt = :retryAt, failedProbes = failedProbes + :one, expiresAt = :expiresAt REMOVE probeId, probeUntil",
        "#status = :open AND probeId = :probeId",
        { ":open": "OPEN", ":retryAt": retryAt, ":one": 1, ":probeId": probeId, ":expiresAt": expiresAt() },
      )) !== undefined,
  };
}
