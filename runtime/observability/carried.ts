import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { acceptedCorrelationId, correlationHeader } from "./correlation-id.js";
import type { Logger } from "./logger.js";
import { type TraceContext, tracing } from "./tracing.js";

/**
 * What goes with everything that one request causes: in `metadata` of events and messages, in attributes of messages of a queue and of
 * items of a table, and in headers of calls.
 */
export interface Carried extends TraceContext {
  readonly correlationId: string;
}

const current = new AsyncLocalStorage<string>();

/** The correlation id of what the caller works for; undefined outside of an invocation. */
export const currentCorrelationId = (): string | undefined => current.getStore();

/** Runs work that belongs to a correlation id: whatever it sends by this library carries it. */
export const correlated = <T>(correlationId: string, work: () => T): T => current.run(correlationId, work);

/** Names the trace of the caller in the lines of a logger, where there is one: `trace_id` and `span_id`. */
export function nameTrace(logger: Logger): void {
  const [, trace_id, span_id] = traceContext().traceparent?.split("-") ?? [];
  if (trace_id && span_id) logger.appendKeys({ trace_id, span_id });
}

/**
 * What to send with a message, or to write with an item, that the current work causes: the correlation id, and `traceparent` and
 * `tracestate` where there is OpenTelemetry. Spread it into `metadata` of a message's body, or into an item whose table has a stream.
 */
export const carried = (): Carried => ({ correlationId: currentCorrelationId() ?? randomUUID(), ...traceContext() });

/** The trace alone, where what is sent has a correlation id already. */
export const traceContext = (): TraceContext => tracing()?.context() ?? {};

/** The same as headers of an HTTP request, which {@link carryingFetch} sends by itself. */
export function carriedHeaders(): Record<string, string> {
  const { correlationId, ...trace } = carried();
  return { [correlationHeader]: correlationId, ...trace };
}

/** The same as message attributes of SQS: `correlationId`, `traceparent`, `tracestate`. */
export function carriedMessageAttributes(): Record<
  string,
  { readonly DataType: "String"; readonly StringValue: string }
> {
  return Object.fromEntries(
    Object.entries(carried()).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}

/** What a message, an item or the metadata of an event carries, as far as it does. An id that log lines could not hold is none. */
export function carriedBy(fields: Readonly<Record<string, unknown>>): Partial<Carried> {
  const { correlationId, traceparent, tracestate } = fields;
  return {
    ...(acceptedCorrelationId(correlationId) ? { correlationId } : {}),
    // Whoever continues a trace checks what these say.
    ...(typeof traceparent === "string" ? { traceparent } : {}),
    ...(typeof traceparent === "string" && typeof tracestate === "string" ? { tracestate } : {}),
  };
}
