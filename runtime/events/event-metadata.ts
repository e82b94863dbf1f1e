import { type Carried, carriedBy } from "../observability/carried.js";

/** What an event or message carries in `metadata`, as far as it does: `eventId`, `correlationId`, `traceparent`, `tracestate`. */
export function metadataOf(detail: unknown): Partial<Carried> & { readonly eventId?: string } {
  const metadata = isObject(detail) && isObject(detail.metadata) ? detail.metadata : {};
  const { eventId } = metadata;
  return { ...(typeof eventId === "string" && eventId !== "" ? { eventId } : {}), ...carriedBy(metadata) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
