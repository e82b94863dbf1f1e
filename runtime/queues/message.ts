import type { SQSRecord } from "aws-lambda";
import { metadataOf } from "../events/event-metadata.js";
import { type Carried, carriedBy } from "../observability/carried.js";
import { InvalidMessageError, MessageWithoutIdError } from "./message-errors.js";

/** The body of a message as JSON, with what an event of a bus has around its detail taken off. */
export interface MessageContent {
  /** What the sender wrote; of an event that a rule delivered to the queue, its detail. */
  readonly content: unknown;
  /** Where an event comes from: absent for a message that was sent to the queue directly. */
  readonly source?: string;
  readonly detailType?: string;
  /** When it happened, as the publisher says, or when it was sent. */
  readonly time: Date;
  /** Whether it comes from the archive of a bus. */
  readonly replayed: boolean;
  readonly eventId?: string;
  /** The correlation id and the trace that it belongs to, from the metadata of the body, or from message attributes. */
  readonly carried: Partial<Carried>;
}

/** @throws InvalidMessageError if the body is no JSON */
export function contentOf(record: SQSRecord): MessageContent {
  const body = parsed(record);
  const sent = new Date(Number(record.attributes.SentTimestamp));
  const { eventId, ...inBody } = metadataOf(isEvent(body) ? body.detail : body);
  const ids = { ...(eventId === undefined ? {} : { eventId }), carried: { ...attributesOf(record), ...inBody } };
  if (!isEvent(body)) return { content: body, time: sent, replayed: false, ...ids };
  return {
    content: body.detail,
    source: body.source,
    detailType: body["detail-type"],
    time: new Date(body.time),
    replayed: body["replay-name"] !== undefined,
    ...ids,
  };
}

/** What a sender put beside the body, as `carriedMessageAttributes` makes it. */
const attributesOf = ({ messageAttributes }: SQSRecord): Partial<Carried> =>
  carriedBy(
    Object.fromEntries(Object.entries(messageAttributes ?? {}).map(([name, { stringValue }]) => [name, stringValue])),
  );

function parsed({ body, messageId }: SQSRecord): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidMessageError(messageId, "is no JSON");
  }
}

interface DeliveredEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly "replay-name"?: string;
  readonly time: string;
  readonly detail: object;
}

/** Whether EventBridge put it into the queue: its envelope has these fields. */
function isEvent(body: unknown): body is DeliveredEvent {
  if (typeof body !== "object" || body === null) return false;
  const { source, time, detail, "detail-type": type } = body as Partial<Record<keyof DeliveredEvent, unknown>>;
  return (
    typeof source === "string" &&
    typeof type === "string" &&
    typeof time === "string" &&
    typeof detail === "object" &&
    detail !== null
  );
}

/** The identity of a message by default: that of its event, or `metadata.eventId` of its body. @throws MessageWithoutIdError */
export function identityOf(record: SQSRecord, { eventId }: MessageContent): string {
  if (eventId === undefined) throw new MessageWithoutIdError(record.messageId);
  return eventId;
}
