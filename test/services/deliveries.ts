import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord, EventBridgeEvent, SQSRecord } from "aws-lambda";
import type { PutEntry } from "./fake-event-bus";

/** An entry of a publisher as EventBridge delivers it in a region. */
export const delivered = (
  { Source, DetailType, Detail }: PutEntry,
  region: string,
): EventBridgeEvent<string, unknown> => ({
  id: `${region}-id`,
  version: "0",
  account: "111111111111",
  region,
  source: Source,
  "detail-type": DetailType,
  time: "2026-01-01T00:00:00Z",
  resources: [],
  detail: JSON.parse(Detail),
});

/** A message of the queue of a region. */
export const messageOf = (messageId: string, body: unknown, region: string): SQSRecord => ({
  messageId,
  receiptHandle: "handle",
  body: JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1767225600000",
    SenderId: "events",
    ApproximateFirstReceiveTimestamp: "1767225600000",
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: `arn:aws:sqs:${region}:444444444444:prod-orders-to-pick-messages`,
  awsRegion: region,
});

/** An item as the stream of a region has it when it was written. */
export const inserted = (item: Readonly<Record<string, unknown>>, region: string): DynamoDBRecord =>
  ({
    eventID: `${region}-${item.pk}`,
    eventName: "INSERT",
    eventSource: "aws:dynamodb",
    eventSourceARN: `arn:aws:dynamodb:${region}:444444444444:table/prod-shipments/stream/${region}`,
    awsRegion: region,
    dynamodb: { Keys: marshall({ pk: item.pk }), NewImage: marshall(item), SequenceNumber: `${region}-${item.pk}` },
  }) as unknown as DynamoDBRecord;
