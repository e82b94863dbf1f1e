import type { Context } from "aws-lambda";
import type { RemainingTime } from "../invocation/time.js";

/** Where a span belongs, by W3C Trace Context, as a message or a request carries it. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** What is known of a span, by OpenTelemetry's semantic conventions. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A span to begin. */
export interface SpanOptions {
  readonly name: string;
  /** `server` and `consumer` begin what a function does, `client` and `producer` ask others. */
  readonly kind: "server" | "consumer" | "producer" | "client" | "internal";
  readonly attributes?: SpanAttributes;
  /** What it goes on with; the span of the caller if left out. */
  readonly parent?: TraceContext;
}

/** A span that runs. */
export interface RunningSpan {
  /** Adds attributes. */
  set(attributes: SpanAttributes): void;
  /** Marks it as failed; `type` becomes `error.type`. */
  fail(type: string): void;
}

/** What traces, where the environment has OpenTelemetry: it registers itself when a function starts. */
export interface Tracing {
  /** Runs work in a span, which fails with the work. */
  span<T>(options: SpanOptions, work: (span: RunningSpan) => Promise<T>): Promise<T>;
  /** Where the span of the caller belongs, for what it sends. */
  context(): TraceContext;
  /** Sends what has ended, within a bound. It never rejects. */
  flush(invocation: RemainingTime): Promise<void>;
  /** Makes a span of each command of a client of the AWS SDK. */
  awsClient(client: object): void;
}

// Code of a function may come with this library twice, as ES modules and as CommonJS.
const registry = globalThis as { [key: symbol]: Tracing | undefined };
const key = Symbol.for("evenkeel.tracing");

/** What traces in this execution environment; undefined without OpenTelemetry. */
export const tracing = (): Tracing | undefined => registry[key];

/** Has everything in this execution environment traced; undefined ends it. */
export function traceBy(tracing: Tracing | undefined): void {
  registry[key] = tracing;
}

/**
 * What a span of an invocation says of it.
 * @see https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/
 */
export const invocationAttributes = (
  { awsRequestId, invokedFunctionArn }: Context,
  trigger: "http" | "pubsub" | "datasource" | "timer" | "other",
): SpanAttributes => ({
  "faas.trigger": trigger,
  "faas.invocation_id": awsRequestId,
  "cloud.resource_id": invokedFunctionArn,
});

const untraced: RunningSpan = { set: () => undefined, fail: () => undefined };

/** Runs work in a span where there is OpenTelemetry, and otherwise just runs it. The options are only made where they are needed. */
export function inSpan<T>(options: () => SpanOptions, work: (span: RunningSpan) => Promise<T>): Promise<T> {
  const tracer = tracing();
  return tracer ? tracer.span(options(), work) : work(untraced);
}

/** What a handler answers, once the spans of the invocation were sent. */
export async function flushed<T>(answer: () => Promise<T>, invocation: RemainingTime): Promise<T> {
  try {
    return await answer();
  } finally {
    await tracing()?.flush(invocation);
  }
}
