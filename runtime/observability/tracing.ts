import type { APIGatewayProxyEventV2, Context, EventBridgeEvent, SQSRecord } from "aws-lambda";
import type { RemainingTime } from "../invocation/time.js";

/** Where a span belongs, by W3C Trace Context, as a message or a request carries it. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/**
 * What spans are made of, by what they are about. How a span is named and what it says is in `runtime/tracing`, which only functions with
 * OpenTelemetry carry.
 */
export interface SpanSources {
  readonly request: { readonly event: APIGatewayProxyEventV2; readonly context: Context };
  readonly event: { readonly event: EventBridgeEvent<string, unknown>; readonly context: Context };
  readonly message: {
    readonly record: SQSRecord;
    /** What could be read of it. */
    readonly found?: { readonly source?: string; readonly detailType?: string; readonly carried: TraceContext };
    readonly context: Context;
  };
  readonly change: {
    readonly change?: {
      readonly table: string;
      readonly kind: "inserted" | "modified" | "removed";
      readonly image: Readonly<Record<string, unknown>>;
    };
    readonly context: Context;
  };
  readonly schedule: {
    readonly call: { readonly schedule: string; readonly scheduledTime: string; readonly attempt: string };
    readonly context: Context;
  };
  readonly invocation: { readonly event: unknown; readonly context: Context };
  readonly publishing: { readonly bus: string; readonly count: number };
  readonly dependency: { readonly name: string; readonly region: string };
  readonly fetch: { readonly url: URL; readonly method: string };
}

/** A span that runs. */
export interface RunningSpan {
  /** What came of it: of a message, or of an event. */
  outcome(outcome: string): void;
  /** The status that a request was answered with. */
  status(status: number): void;
  /** Marks it as failed; `type` becomes `error.type`. */
  fail(type: string): void;
}

/** What traces, where the environment has OpenTelemetry: it registers itself when a function starts. */
export interface Tracing {
  /** Runs work in a span, which fails with the work. */
  span<K extends keyof SpanSources, T>(
    kind: K,
    source: SpanSources[K],
    work: (span: RunningSpan) => Promise<T>,
  ): Promise<T>;
  /** Where the span of the caller belongs, for what it sends. */
  context(): TraceContext;
  /** Sends what has ended, within a bound. It never rejects. */
  flush(invocation: RemainingTime): Promise<void>;
  /** Makes a span of each command of a client of the AWS SDK. */
  awsClient(client: object): void;
}

// Code of a function may come with this library twice, as ES modules and as CommonJS.
const registry = globalThis as { [key: symbol]: { by?: Tracing; readonly earlier: object[] } | undefined };
const key = Symbol.for("evenkeel.tracing");

/** What traces in this execution environment; undefined without OpenTelemetry. */
export const tracing = (): Tracing | undefined => registry[key]?.by;

/** Has everything in this execution environment traced; undefined ends it. */
export function traceBy(by: Tracing | undefined): void {
  const { earlier = [] } = registry[key] ?? {};
  registry[key] = { by, earlier: [] };
  for (const client of earlier) by?.awsClient(client);
}

/** Has a client of the AWS SDK traced, also one that is made before tracing starts: what files of a bundle share runs first. */
export function traceAwsClient(client: object): void {
  registry[key] ??= { earlier: [] };
  const { by, earlier } = registry[key];
  if (by) by.awsClient(client);
  else earlier.push(client);
}

const nothing = () => {};
const untraced: RunningSpan = { outcome: nothing, status: nothing, fail: nothing };

/** Runs work in a span where there is OpenTelemetry, and otherwise just runs it. */
export function inSpan<K extends keyof SpanSources, T>(
  kind: K,
  source: SpanSources[K],
  work: (span: RunningSpan) => Promise<T>,
): Promise<T> {
  return tracing()?.span(kind, source, work) ?? work(untraced);
}

/** What a handler answers, once the spans of the invocation were sent. */
export async function flushed<T>(answer: () => Promise<T>, invocation: RemainingTime): Promise<T> {
  try {
    return await answer();
  } finally {
    await tracing()?.flush(invocation);
  }
}
