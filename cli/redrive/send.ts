import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { UserError } from "../../errors";
import { partitionOf } from "../../modules/core/regions";
import type { Letter } from "./letter";
import type { Destination } from "./places";
import { type Calls, queueUrl } from "./queue";

/** A destination did not take a letter. */
export class NotTakenError extends UserError {
  override readonly name: string;

  /** @param code what it answered: a word */
  constructor(code: string) {
    super(`The destination did not take the letter: ${code}.`);
    this.name = code;
  }
}

/** Sends a letter; resolves once its destination has taken it. */
export type Send = (letter: Letter) => Promise<void>;

/**
 * How letters are sent to a destination. Each is the original: with its time and its ids, so that a consumer that remembers what it has
 * handled knows it again.
 * @throws UserError if the destination is a queue that does not exist
 */
export async function sender(calls: Calls, destination: Destination, fromQueue: boolean): Promise<Send> {
  switch (destination.type) {
    case "function":
      return toFunction(calls, destination);
    case "queue":
      return toQueue(calls, destination, fromQueue);
    case "bus":
      return toBus(calls, destination);
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
function toFunction(
  { modules, clients, account }: Calls,
  { name, qualifier, region }: Extract<Destination, { type: "function" }>,
): Send {
  const arn = `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;
  return async ({ payload }) => {
    const { StatusCode: status } = await clients.lambda(region).send(
      new modules.lambda.InvokeCommand({
        FunctionName: arn,
        ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
        // Lambda has the event then, with its own retries and dead letters.
        InvocationType: "Event",
        Payload: Buffer.from(payload ?? ""),
      }),
    );
    if (status !== 202) throw new NotTakenError(`Status${status}`);
  };
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
async function toQueue(
  calls: Calls,
  queue: Extract<Destination, { type: "queue" }>,
  fromQueue: boolean,
): Promise<Send> {
  const url = await queueUrl(calls, queue);
  if (url === undefined) {
    throw new UserError(
      `The queue ${queue.name} does not exist in ${queue.region} of account ${calls.account}; deploy it.`,
    );
  }
  return async ({ payload, message }) => {
    const {
      MessageGroupId: group,
      MessageDeduplicationId: deduplication,
      AWSTraceHeader: trace,
    } = message.Attributes ?? {};
    await calls.clients.sqs(queue.region).send(
      new calls.modules.sqs.SendMessageCommand({
        QueueUrl: url,
        MessageBody: payload,
        ...(group === undefined ? {} : { MessageGroupId: group }),
        ...(deduplication === undefined ? {} : { MessageDeduplicationId: deduplication }),
        // Those of a rule's dead letter are about the failure, and not the sender's own.
        ...(fromQueue ? { MessageAttributes: attributesOf(message.MessageAttributes) } : {}),
        ...(trace === undefined
          ? {}
          : { MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } } }),
      }),
    );
  };
}

/** Attributes as they can be sent: received ones have empty lists beside their value. */
const attributesOf = (
  attributes: Readonly<Record<string, MessageAttributeValue>> = {},
): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      BinaryValue === undefined ? { DataType, StringValue } : { DataType, BinaryValue },
    ]),
  );

/**
 * To a bus: all its rules get the event, with another id of EventBridge, and with the one that the publisher gave it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
async function toBus(
  { clients, account }: Calls,
  { name, region }: Extract<Destination, { type: "bus" }>,
): Promise<Send> {
  const { PutEventsCommand } = await import("@aws-sdk/client-eventbridge");
  const arn = `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/${name}`;
  return async ({ payload, happenedAt }) => {
    const event = JSON.parse(payload ?? "{}") as {
      readonly source: string;
      readonly "detail-type": string;
      readonly detail?: unknown;
      readonly resources?: string[];
    };
    const { Entries: entries = [] } = await clients.events(region).send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: arn,
            Source: event.source,
            DetailType: event["detail-type"],
            Detail: JSON.stringify(event.detail ?? {}),
            Time: new Date(happenedAt),
            ...(event.resources === undefined ? {} : { Resources: event.resources }),
          },
        ],
      }),
    );
    const [entry] = entries;
    if (!entry?.EventId) throw new NotTakenError(entry?.ErrorCode ?? "Unknown");
  };
}
