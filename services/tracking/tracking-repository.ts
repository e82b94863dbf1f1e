import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";

/** What anybody who knows an order's id may know of its shipment. */
export interface Tracking {
  readonly orderId: string;
  readonly status: string;
  /** ISO 8601, in UTC. */
  readonly requestedAt: string;
}

/** Reads the table that the shipments service writes; its partition key is `pk`. */
export class TrackingRepository {
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  /** The shipment of an order; undefined as long as none was requested. */
  async find(orderId: string): Promise<Tracking | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({
        TableName: this.table,
        Key: { pk: `SHIPMENT#${orderId}` },
        ProjectionExpression: "#status, requestedAt",
        ExpressionAttributeNames: { "#status": "status" },
      }),
    );
    return item && { orderId, status: String(item.status), requestedAt: String(item.requestedAt) };
  }
}
