import { type Carried, carriedBy } from "../observability/carried.js";
import type { SpanAttributes } from "../observability/tracing.js";

/** What an event or message carries in `metadata`, as far as it does: `eventId`, `correlationId`, `traceparent`, `tracestate`. */
export function metadataOf(detail: unknown): Partial<Carried> & { readonly eventId?: string } {
  const metadata = isObject(detail) && isObject(detail.metadata) ? detail.metadata : {};
  const { eventId } = metadata;
  return { ...(typeof eventId === "string" && eventId !== "" ? { eventId } : {}), ...carriedBy(metadata) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * What a span of an event says of it.
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export const eventAttributes = (source: string, detailType: string): SpanAttributes => ({
  "messaging.system": "aws_eventbridge",
  "messaging.operation.type": "process",
  "messaging.operation.name": "process",
  "aws.event.source": source,
  "aws.event.detail_type": detailType,
});
