import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";
import { onDemand } from "../aws/on-demand.js";
import type { RemainingTime } from "../invocation/time.js";
import { within } from "../resilience/deadline.js";
import type { SecretSource } from "../secrets/secret-source.js";

/** Where spans go, and how long an invocation waits for it. */
export interface SpanBufferOptions {
  /** With its path, such as `https://otlp.example.com/v1/traces`. */
  readonly url: string;
  /** The longest that the end of an invocation waits, in milliseconds. */
  readonly timeoutMs: number;
  /** The function whose dropped spans are counted. */
  readonly functionName: string;
  /** The secret with the headers of the receiver, a JSON object. */
  readonly headers?: SecretSource;
  /** For tests. */
  readonly now?: () => number;
}

/** The most spans that wait for the receiver. */
const mostSpans = 2_048;

/** How long nothing is sent after a failure, in milliseconds: a receiver that is down is not waited for by each invocation. */
const pauseMs = 10_000;

/** Kept of the invocation's time for its answer, in milliseconds. */
const reserveMs = 50;

/**
 * The spans that have ended, until the invocation has: Lambda freezes what goes on behind an answer. What cannot be sent is dropped and
 * counted, as `SpansDropped` in `Evenkeel/Functions` with the dimension `FunctionName`.
 */
export class SpanBuffer implements SpanProcessor {
  private spans: ReadableSpan[] = [];
  private dropped = 0;
  private pausedUntil = 0;
  private isPrepared = false;
  private readonly now: () => number;
  private readonly sender;
  private readonly metric = onDemand(async () => (await import("./dropped-metric.js")).writeSpansDropped);

  constructor(private readonly options: SpanBufferOptions) {
    this.now = options.now ?? Date.now;
    this.sender = onDemand(async () => (await import("./span-sender.js")).createSpanSender(options));
  }

  /** What sends is loaded while the invocation works, and not when it ends. */
  onStart(): void {
    if (this.isPrepared) return;
    this.isPrepared = true;
    context.with(suppressTracing(ROOT_CONTEXT), () => this.sender().catch(() => undefined));
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & 1) === 0) return;
    if (this.spans.length < mostSpans) this.spans.push(span);
    else this.dropped += 1;
  }

  async forceFlush(): Promise<void> {
    await this.flush({});
  }

  async shutdown(): Promise<void> {
    await this.flush({});
  }

  /** Sends what there is, within the bound and the time that is left. It never rejects. */
  async flush({ getRemainingTimeInMillis }: RemainingTime): Promise<void> {
    const leftMs = (getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY) - reserveMs;
    const limitMs = Math.min(this.options.timeoutMs, leftMs);
    // What there is no time for waits for the next invocation.
    if (this.spans.length > 0 && limitMs > 0 && this.now() >= this.pausedUntil) {
      const spans = this.spans;
      this.spans = [];
      try {
        await within(limitMs, this.send(spans), "The receiver of traces did not answer in time.");
      } catch {
        this.dropped += spans.length;
        this.pausedUntil = this.now() + pauseMs;
      }
    }
    if (this.dropped === 0) return;
    const count = this.dropped;
    this.dropped = 0;
    const write = await this.metric().catch(() => undefined);
    write?.(this.options.functionName, count);
  }

  /** Calls that sending makes are no spans: each flush would cause another one. */
  private send(spans: ReadableSpan[]): Promise<void> {
    return context.with(suppressTracing(ROOT_CONTEXT), async () => (await this.sender())(spans));
  }
}
