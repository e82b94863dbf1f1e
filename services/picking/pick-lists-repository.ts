import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { carried } from "../../runtime/observability/carried";
import type { PlacedOrder } from "../shipments/order-placed";

/**
 * Pick lists and the rounds of working days, beside the shipments that they are for. Each is put once, under a condition; a list is in
 * the order of the shelves.
 */
export class PickListsRepository {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  /** Writes the pick list of an order; false if it was already written. */
  async write({ orderId, items }: PlacedOrder, orderedAt: Date): Promise<boolean> {
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }));
    lines.sort((one, other) => (one.sku < other.sku ? -1 : Number(one.sku > other.sku)));
    // Its stream goes on with the correlation id and the trace of who writes it.
    const list = { orderId, lines, orderedAt: orderedAt.toISOString(), ...carried() };
    // Who changes a list counts up, so that its stream tells the changes of both regions apart.
    return await this.putOnce({ pk: `PICK#${orderId}`, ...list, version: 1 });
  }

  /** Opens the round of a day, `2026-01-05`; false if it is open. */
  async openRound(day: string): Promise<boolean> {
    return await this.putOnce({ pk: `ROUND#${day}`, day, status: "OPEN" });
  }

  private async putOnce(item: Readonly<Record<string, unknown>>): Promise<boolean> {
    const put = new PutCommand({ TableName: this.table, Item: item, ConditionExpression: "attribute_not_exists(pk)" });
    try {
      await this.documents.send(put);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
