import { randomUUID } from "node:crypto";

/** The header that carries the correlation id, inbound and outbound, in the spelling of payload format 2.0. */
export const correlationHeader = "x-correlation-id";

// The id is echoed in a header and written to every log line: it must not be able to break out of either.
const acceptedId = /^[A-Za-z0-9._-]{8,128}$/;

/** Whether a correlation id that came from outside is taken: 8 to 128 letters, digits, `.`, `_` or `-`. */
export const acceptedCorrelationId = (id: unknown): id is string => typeof id === "string" && acceptedId.test(id);

/** The caller's correlation id if it is taken; otherwise a fresh UUID. */
export function correlationIdFrom(headers: Readonly<Record<string, string | undefined>> = {}): string {
  return correlationIdOr(headers[correlationHeader]);
}

/** The id if it is taken, such as one that a message carries; otherwise a fresh UUID. */
export const correlationIdOr = (id: unknown): string => (acceptedCorrelationId(id) ? id : randomUUID());
