import { randomUUID } from "node:crypto";
import { textsNotStorable } from "../invocation/text.js";
import { currentCorrelationId } from "../observability/carried.js";
import { InvalidEventError, unstorableText } from "./event-errors.js";

/** What `detail.metadata` of each published event holds. */
export interface EventMetadata {
  /** The identity of the event, the same in each region and each attempt; EventBridge's own `id` is neither. */
  readonly eventId: string;
  /** Connects the log lines of everything that one request caused. */
  readonly correlationId: string;
}

/** An event as a caller describes it. */
export interface NewEvent<Detail extends object = Readonly<Record<string, unknown>>> {
  /** Who publishes it, such as `shop.orders`; must not begin with `aws.`. */
  readonly source: string;
  /** What happened, `OrderPlaced`. */
  readonly detailType: string;
  /** Plain data; its own `metadata` is kept, except for the two ids. */
  readonly detail: Detail;
  /** That of what the caller works for by default, or a fresh one outside of an invocation. */
  readonly correlationId?: string;
  /** An id that the caller keeps, such as that of the order and its version; a fresh UUID by default. */
  readonly eventId?: string;
  /** When it happened; now by default. */
  readonly time?: Date;
  /** ARNs that it is about. */
  readonly resources?: readonly string[];
}

/** An event with its identity: publish the same one again, and consumers know it is the same. */
export interface DomainEvent<Detail extends object = Readonly<Record<string, unknown>>> {
  readonly eventId: string;
  readonly correlationId: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Detail & { readonly metadata: EventMetadata };
  readonly time: Date;
  readonly resources: readonly string[];
}

/** What ids may look like: they become keys and log fields. */
const id = /^[A-Za-z0-9._:#/-]{1,128}$/;

/**
 * Gives an event its identity; keep the result and publish the same one when retrying. Throws {@link InvalidEventError}.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-best-practices.html
 */
export function newEvent<Detail extends object>(event: NewEvent<Detail>): DomainEvent<Detail> {
  const {
    eventId = randomUUID(),
    correlationId = currentCorrelationId() ?? randomUUID(),
    source,
    detailType,
    detail,
    time = new Date(),
    resources = [],
  } = event;
  if (source === "" || source.startsWith("aws.")) {
    throw new InvalidEventError("source", "is empty or kept for AWS services", "use a source of your own");
  }
  if (detailType === "") throw new InvalidEventError("detailType", "is empty", "name what happened");
  for (const [name, value] of Object.entries({ source, detailType, detail, resources })) {
    if (textsNotStorable(value).length > 0) {
      throw new InvalidEventError(name, ...unstorableText);
    }
  }
  for (const [name, value] of Object.entries({ eventId, correlationId })) {
    if (!id.test(value)) {
      throw new InvalidEventError(name, "is not an id", "use 1 to 128 letters, digits and the characters . _ : # / -");
    }
  }
  const metadata = { ...("metadata" in detail ? (detail.metadata as object) : {}), eventId, correlationId };
  return Object.freeze({
    eventId,
    correlationId,
    source,
    detailType,
    detail: Object.freeze({ ...detail, metadata: Object.freeze(metadata) }),
    time,
    resources,
  });
}
