import {
  type Context,
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from "@opentelemetry/sdk-trace";
import { errorName } from "../errors/error-name.js";
import type { RemainingTime } from "../invocation/time.js";
import { currentCorrelationId } from "../observability/carried.js";
import type { RunningSpan, SpanSources, TraceContext, Tracing } from "../observability/tracing.js";
import { type CommandClient, spanPerCommand } from "./aws-commands.js";
import type { SpanBuffer } from "./span-buffer.js";
import { type SpanOptions, spans } from "./spans.js";

/** The parts of {@link OpenTelemetry}. */
export interface OpenTelemetryOptions {
  readonly resource: Readonly<Record<string, string | number | string[]>>;
  /** From 0 to 1. */
  readonly sampleRatio: number;
  readonly buffer: SpanBuffer;
}

const kinds = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  producer: SpanKind.PRODUCER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<SpanOptions["kind"], SpanKind>;

/**
 * Tracing by the OpenTelemetry SDK. It registers itself with the API of OpenTelemetry too, so that spans that a handler begins by
 * `@opentelemetry/api` are children of those of the runtime.
 * @see https://opentelemetry.io/docs/specs/otel/trace/api/
 */
export class OpenTelemetry implements Tracing {
  private readonly tracer: Tracer;
  private readonly propagator = new W3CTraceContextPropagator();
  private readonly buffer: SpanBuffer;

  constructor({ resource, sampleRatio, buffer }: OpenTelemetryOptions) {
    this.buffer = buffer;
    const provider = new TracerProvider({
      resource: resourceFromAttributes({ ...resource }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
      spanProcessors: [{ onStart: nameCorrelation, onEnd: () => {}, forceFlush: done, shutdown: done }, buffer],
    });
    trace.setGlobalTracerProvider(provider);
    propagation.setGlobalPropagator(this.propagator);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.tracer = provider.getTracer("evenkeel");
  }

  span<K extends keyof SpanSources, T>(
    kind: K,
    source: SpanSources[K],
    work: (span: RunningSpan) => Promise<T>,
  ): Promise<T> {
    return this.run(spans[kind](source), (span) => work(running(span)));
  }

  /** Runs work in a span. */
  private run<T>({ name, kind, attributes, parent }: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const from = parent ? this.continuing(parent) : context.active();
    return this.tracer.startActiveSpan(
      name,
      { kind: kinds[kind], attributes: { ...attributes } },
      from,
      async (span) => {
        try {
          return await work(span);
        } catch (error) {
          running(span).fail(errorName(error));
          throw error;
        } finally {
          span.end();
        }
      },
    );
  }

  context(): TraceContext {
    const carrier: { traceparent?: string; tracestate?: string } = {};
    this.propagator.inject(context.active(), carrier, defaultTextMapSetter);
    return carrier;
  }

  flush(invocation: RemainingTime): Promise<void> {
    return this.buffer.flush(invocation);
  }

  awsClient(client: object): void {
    spanPerCommand(client as CommandClient, (options, work) => this.run(options, work));
  }

  /** The context that a request or a message came with; a new trace where it has none, or one that is malformed. */
  private continuing(parent: TraceContext): Context {
    return this.propagator.extract(ROOT_CONTEXT, parent, defaultTextMapGetter);
  }
}

const done = async () => {};

function nameCorrelation(span: Span): void {
  const id = currentCorrelationId();
  if (id !== undefined) span.setAttribute("correlation_id", id);
}

/** Messages of errors stay out of spans: they may hold what a customer sent. */
const running = (span: Span): RunningSpan => ({
  outcome: (outcome) => {
    span.setAttribute("outcome", outcome);
  },
  status: (status) => {
    span.setAttribute("http.response.status_code", status);
  },
  fail: (type) => {
    span.setAttribute("error.type", type);
    span.setStatus({ code: SpanStatusCode.ERROR });
  },
});
