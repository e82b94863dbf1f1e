import type { Message } from "@aws-sdk/client-sqs";
import type { Origin } from "./places";

/** A dead letter, as far as it says where it belongs. */
export interface Letter {
  readonly id: string;
  readonly receipt: string;
  /** When it became one, in milliseconds since 1970. */
  readonly sentAt: number;
  /** When it happened, in milliseconds since 1970, where it says so itself; `sentAt` otherwise. */
  readonly happenedAt: number;
  /** Why it is one: a code, without anything of its content. */
  readonly reason: string;
  /** What its destination gets; undefined where it is not what its queue should hold. */
  readonly payload: string | undefined;
  readonly message: Message;
}

/** The reason of dead letters that are not what their queue should hold. */
export const unreadable = "NOT_READABLE";

/** What a message in a queue of dead letters says of itself. */
export function letterOf(message: Message, origin: Origin): Letter {
  const body = message.Body ?? "";
  const sentAt = Number(message.Attributes?.SentTimestamp ?? 0);
  const { payload, reason, happenedAt } = read(body, message, origin);
  return {
    id: message.MessageId ?? "",
    receipt: message.ReceiptHandle ?? "",
    sentAt,
    happenedAt: happenedAt ?? sentAt,
    reason: payload === undefined ? unreadable : reason,
    payload,
    message,
  };
}

interface Reading {
  readonly payload: string | undefined;
  readonly reason: string;
  readonly happenedAt?: number;
}

function read(body: string, message: Message, origin: Origin): Reading {
  switch (origin) {
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    case "rule":
    case "bus": {
      const event = object(body);
      const isEvent = typeof event?.source === "string" && typeof event["detail-type"] === "string";
      return { payload: isEvent ? body : undefined, reason: attribute(message, "ERROR_CODE"), happenedAt: time(event) };
    }
    case "schedule":
      return { payload: body, reason: attribute(message, "ERROR_CODE") };
    case "function":
      return invocation(object(body));
    case "queue":
      return { payload: body, reason: "RECEIVED_TOO_OFTEN" };
    case "stream":
      return { payload: undefined, reason: code(condition(object(body))) };
  }
}

/** The record of an asynchronous invocation. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function invocation(record: Fields | undefined): Reading {
  if (record?.requestPayload === undefined) return { payload: undefined, reason: unreadable };
  const error = fields(record.responsePayload)?.errorType;
  const reason = [condition(record), error].filter((part) => part !== undefined).map(code);
  const event = fields(record.requestPayload);
  return {
    payload: JSON.stringify(record.requestPayload),
    reason: reason.join(" ") || "UNKNOWN",
    happenedAt: time(event) ?? time({ time: record.timestamp }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

function object(body: string): Fields | undefined {
  try {
    return fields(JSON.parse(body));
  } catch {
    return undefined;
  }
}

const condition = (record: Fields | undefined): unknown => fields(record?.requestContext)?.condition;

function time(event: Fields | undefined): number | undefined {
  const at = typeof event?.time === "string" ? Date.parse(event.time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

const attribute = ({ MessageAttributes: attributes }: Message, name: string): string =>
  code(attributes?.[name]?.StringValue);

/** A code, and nothing that could be content: what is no word is not shown. */
const code = (text: unknown): string =>
  typeof text === "string" && /^[A-Za-z][\w.:-]{0,79}$/.test(text) ? text : "UNKNOWN";
