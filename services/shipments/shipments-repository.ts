import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { PlacedOrder } from "./order-placed";

/**
 * Shipments in one table with the partition key `pk`. A shipment is put once, under a condition, and what two regions may
 * put under one key is the same shipment, so nothing is lost although replicas only agree after a second.
 */
export class ShipmentsRepository {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  /** Requests the shipment of an order; false if it was already requested. */
  async request({ orderId, customerId, items }: PlacedOrder, requestedAt: Date): Promise<boolean> {
    try {
      await this.documents.send(
        new PutCommand({
          TableName: this.table,
          Item: {
            pk: `SHIPMENT#${orderId}`,
            orderId,
            customerId,
            items: items.map(({ sku, quantity }) => ({ sku, quantity })),
            status: "REQUESTED",
            requestedAt: requestedAt.toISOString(),
          },
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
