import { randomUUID } from "node:crypto";

/** The header that carries the correlation id, inbound and outbound, in the spelling of payload format 2.0. */
export const correlationHeader = "x-correlation-id";

// The id is echoed in a header and written to every log line: it must not be able to break out of either.
const acceptedId = /^[A-Za-z0-9._-]{8,128}$/;

/** The caller's correlation id if it is 8 to 128 letters, digits, `.`, `_` or `-`; otherwise a fresh UUID. */
export function correlationIdFrom(headers: Readonly<Record<string, string | undefined>> = {}): string {
  const inbound = headers[correlationHeader];
  return inbound !== undefined && acceptedId.test(inbound) ? inbound : randomUUID();
}
