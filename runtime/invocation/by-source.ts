import type { Context } from "aws-lambda";
import { isProbeCall } from "../breaker/probe-call.js";
import { warmable } from "../warming/warmable.js";

/** A Lambda handler of one kind of event. */
// biome-ignore lint/suspicious/noExplicitAny: each source has an event and an answer of its own
type SourceHandler = (event: any, context: Context) => Promise<unknown>;

/** Where events of a function may come from. */
export interface HandlersBySource {
  /** Requests of an HTTP API: `httpApi`. */
  readonly api?: SourceHandler;
  /** Events of a bus: `eventConsumer`. */
  readonly events?: SourceHandler;
  /** Messages of queues: `queueConsumer`. */
  readonly queue?: SourceHandler;
  /** Changes of tables: `streamConsumer`. */
  readonly stream?: SourceHandler;
  /** Calls of schedules: `scheduledTask`. */
  readonly schedule?: SourceHandler;
}

/** An event came from a source that the function has no handler for. */
export class UnhandledSourceError extends Error {
  override readonly name = "UnhandledSourceError";

  constructor(source: string) {
    super(`An event came from ${source}, for which there is no handler; add one, or remove what sends it.`);
  }
}

/** The handler of a function that has several sources of events, which goes by what the event looks like. @throws UnhandledSourceError */
export function bySource(handlers: HandlersBySource): SourceHandler {
  return warmable(async (event: unknown, context: Context) => {
    const source = sourceOf(event);
    const handler = source === undefined ? undefined : handlers[source];
    if (!handler) throw new UnhandledSourceError(source ?? "an unknown source");
    return await handler(event, context);
  });
}

function sourceOf(event: unknown): keyof HandlersBySource | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  const { Records, source, requestContext, "detail-type": type } = event as Readonly<Record<string, unknown>>;
  if (Array.isArray(Records)) {
    const { eventSource } = (Records[0] ?? {}) as { readonly eventSource?: string };
    return eventSource === "aws:sqs" ? "queue" : eventSource === "aws:dynamodb" ? "stream" : undefined;
  }
  // What pauses a queue asks the function that takes its messages.
  if (isProbeCall(event)) return "queue";
  if (source === "evenkeel.schedule") return "schedule";
  if (typeof type === "string") return "events";
  return typeof requestContext === "object" && requestContext !== null && "http" in requestContext ? "api" : undefined;
}
