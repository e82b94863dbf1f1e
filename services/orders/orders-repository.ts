import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { UnavailableError, UnprocessableError } from "../../runtime/errors/service-errors";
import type { Position } from "./cursor";
import { OrderNotes } from "./order-notes";
import { type Order, type OrderRequest, placeOrder } from "./order-schema";

/** How long an idempotency key is bound to its first request. */
export const keyLifetimeMs = 86_400_000;

const customerIndex = "by-customer";

const differentOrder =
  "The Idempotency-Key was used for a different order; send the same body again, or choose a new key.";

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The first use of an idempotency key; it has neither `customerId` nor `createdAt`, so the index does not hold it. */
interface Claim extends Key {
  readonly orderId: string;
  readonly claimedAt: string;
  /** Seconds since 1970, as time to live expects. */
  readonly expiresAt: number;
}

const orderKey = (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: "ORDER" });
const claimKey = (customerId: string, idempotencyKey: string): Key => ({
  pk: `IDEMPOTENCY#${customerId}#${idempotencyKey}`,
  sk: "IDEMPOTENCY",
});

/** An order as it is stored, with its note encrypted. */
interface StoredOrder extends Omit<Order, "note">, Key {
  readonly note?: Uint8Array;
}

/**
 * Two Regions that see the same request at the same time, before either has the other's writes, must come to the same
 * order. So its id is not random but derived from the request; not from its note, which could be guessed from the id.
 */
function orderIdOf({ note: _note, ...request }: OrderRequest, idempotencyKey: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([idempotencyKey, request]))
    .digest("hex");
  return `ord_${digest.slice(0, 32)}`;
}

/**
 * Orders in one table: `pk`/`sk`, index `by-customer` on `customerId` and `createdAt`, time to live on `expiresAt`.
 *
 * It suits a table that is replicated with eventual consistency, where the last writer of an item wins: items are put once,
 * under a condition, and never updated, and what two Regions may put under the same key is the same order.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
export class OrdersRepository {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
    private readonly now: () => Date = () => new Date(),
    private readonly notes: OrderNotes = new OrderNotes(undefined),
  ) {}

  /**
   * Places an order, or finds the one that an earlier request with this key placed (`replayed`). Two puts, no
   * transaction: a crash between them is completed by the next retry, which derives the same order from the claim.
   * Throws UnprocessableError when the key belongs to a different request.
   */
  async create(request: OrderRequest, idempotencyKey: string): Promise<{ order: Order; replayed: boolean }> {
    const orderId = orderIdOf(request, idempotencyKey);
    const encrypted = await this.notes.encrypt(request);
    const claim = await this.claim(claimKey(request.customerId, idempotencyKey), orderId);
    if (claim.orderId !== orderId) throw new UnprocessableError(differentOrder);
    const order = placeOrder(orderId, request, claim.claimedAt);
    const item: StoredOrder = { ...orderKey(orderId), ...order, note: encrypted };
    if (await this.put(item, "attribute_not_exists(pk)")) {
      return { order, replayed: false };
    }
    const kept = (await this.find(orderId)) ?? order;
    if (kept.note !== order.note) throw new UnprocessableError(differentOrder);
    return { order: kept, replayed: true };
  }

  /** One order. Consistent within the Region: a client may follow the Location of an order that it just placed. */
  async find(orderId: string): Promise<Order | undefined> {
    const item = await this.get<StoredOrder>(orderKey(orderId));
    return item && this.toOrder(item);
  }

  /** A customer's orders, newest first, after a position; `next` is set while there may be more. */
  async list(customerId: string, limit: number, after?: Position): Promise<{ orders: Order[]; next?: Position }> {
    const { Items = [], LastEvaluatedKey } = await this.documents.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: customerIndex,
        KeyConditionExpression: "customerId = :customerId",
        ExpressionAttributeValues: { ":customerId": customerId },
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey: after && { ...orderKey(after.orderId), customerId, createdAt: after.createdAt },
      }),
    );
    const orders = await Promise.all((Items as StoredOrder[]).map((item) => this.toOrder(item)));
    return { orders, next: LastEvaluatedKey && orders.at(-1) };
  }

  /** Claims an idempotency key, or returns the existing claim. Replaces expired ones: time to live may be days late. */
  private async claim(key: Key, orderId: string): Promise<Claim> {
    const now = this.now();
    const seconds = Math.floor(now.getTime() / 1000);
    const claim: Claim = { ...key, orderId, claimedAt: now.toISOString(), expiresAt: seconds + keyLifetimeMs / 1000 };
    if (await this.put(claim, "attribute_not_exists(pk) OR expiresAt <= :now", { ":now": seconds })) {
      return claim;
    }
    const earlier = await this.get<Claim>(key);
    if (earlier === undefined) {
      throw new UnavailableError("The Idempotency-Key expired during the request; send the request again.");
    }
    return earlier;
  }

  private async toOrder({ pk: _pk, sk: _sk, note, ...order }: StoredOrder): Promise<Order> {
    const text = note && (await this.notes.decrypt(order, note));
    return text === undefined ? order : { ...order, note: text };
  }

  private async get<Item extends Key>({ pk, sk }: Key): Promise<Item | undefined> {
    const { Item } = await this.documents.send(
      new GetCommand({ TableName: this.table, Key: { pk, sk }, ConsistentRead: true }),
    );
    return Item as Item | undefined;
  }

  /** Whether the item was put: false when the condition does not hold. */
  private async put(item: Key, condition: string, values?: Record<string, unknown>): Promise<boolean> {
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.table,
          Item: item,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        return false;
      }
      throw error;
    }
  }
}
