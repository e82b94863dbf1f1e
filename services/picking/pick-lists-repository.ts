import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { PlacedOrder } from "../shipments/order-placed";

/** Pick lists, beside the shipments that they are for. A list is put once, under a condition, and in the order of the shelves. */
export class PickListsRepository {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  /** Writes the pick list of an order; false if it was already written. */
  async write({ orderId, items }: PlacedOrder, orderedAt: Date): Promise<boolean> {
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }));
    lines.sort((one, other) => (one.sku < other.sku ? -1 : Number(one.sku > other.sku)));
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.table,
          Item: { pk: `PICK#${orderId}`, orderId, lines, orderedAt: orderedAt.toISOString() },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
