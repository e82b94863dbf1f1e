import type { EventMetadata } from "./domain-event.js";

/** The ids of an event or message, as far as it has them: `metadata.eventId` and `metadata.correlationId`. */
export function metadataOf(detail: unknown): Partial<EventMetadata> {
  const metadata = isObject(detail) && isObject(detail.metadata) ? detail.metadata : {};
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return { eventId: text(metadata.eventId), correlationId: text(metadata.correlationId) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
