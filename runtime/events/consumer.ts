import type { Context, EventBridgeEvent } from "aws-lambda";
import { limitCounter } from "../invocation/limits.js";
import { textsNotStorable } from "../invocation/text.js";
import { invocationSignal, withinTime } from "../invocation/time.js";
import { correlationHeader, correlationIdFrom } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { type Clock, systemClock } from "../resilience/clock.js";
import { invocationDeadline } from "../resilience/deadline.js";
import { lastError, retry } from "../resilience/retry.js";
import { warmable } from "../warming/warmable.js";
import type { EventMetadata } from "./domain-event.js";
import {
  EventInProgressError,
  EventWithoutIdError,
  InvalidEventError,
  LeaseLostError,
  unstorableText,
} from "./event-errors.js";
import type { IdempotencyStore } from "./idempotency-store.js";

/** What a handler is called with, once for each event id. */
export interface ConsumedEvent<Detail> {
  readonly eventId: string;
  readonly correlationId: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Detail;
  /** When it happened, as the publisher says. */
  readonly time: Date;
  /** Whether it comes from an archive. */
  readonly replayed: boolean;
  /** Writes lines that already carry the correlation id. */
  readonly logger: Logger;
  /** The Lambda context, for the time that remains. */
  readonly context: Context;
  /** Aborted when the time of the invocation is nearly over; pass it to what does not notice by itself, such as `fetch`. */
  readonly signal: AbortSignal;
}

/** The outcome of one delivery. */
export type Consumption = { readonly outcome: "processed" | "duplicate" };

/** A Lambda function as the target of an EventBridge rule. */
export type EventConsumer = (event: EventBridgeEvent<string, unknown>, context: Context) => Promise<Consumption>;

/** The options of {@link eventConsumer}. */
export interface EventConsumerOptions<Detail> {
  readonly logger: Logger;
  readonly store: IdempotencyStore;
  /** The same in each region, another for each consumer that shares the table. */
  readonly consumer: string;
  /** Turns the detail into what the handler expects; throws when it cannot. */
  readonly parse: (detail: unknown) => Detail;
  readonly handle: (event: ConsumedEvent<Detail>) => Promise<void>;
  /**
   * How long to wait for an invocation that has the event, in milliseconds, 5 s by default: the other region often
   * gets an event at the same moment, and its success is not an error here.
   */
  readonly waitMs?: number;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
  /** For tests. */
  readonly clock?: Clock;
}

/** Clocks of two regions may differ by this much, in milliseconds. */
const clockSkewMs = 2_000;
/** Time that is reserved for the end of an invocation, in milliseconds. */
const reserveMs = 1_000;
/** How often an event is asked for while another invocation has it: four times a second on average. */
const polling = { attempts: Number.POSITIVE_INFINITY, baseDelayMs: 500, maxDelayMs: 500 };

/**
 * A Lambda handler that handles each event id once, though EventBridge delivers at least once and in each region, and
 * archives are replayed. It rejects when the time is nearly over: what it was doing is aborted, and its lease ends by itself. It rejects when the handler fails, or while another invocation has the event: Lambda and EventBridge
 * deliver it again. A handler that dies after its effect and before `complete` runs once more, so effects that must
 * not repeat belong into one conditional write with the event id.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-best-practices.html
 */
export function eventConsumer<Detail>(options: EventConsumerOptions<Detail>): EventConsumer {
  const { logger, store, consumer, waitMs = 5_000, reserveMs: answerReserveMs, clock = systemClock } = options;
  const count = limitCounter();

  /** Asks for the event at least once, and again while another invocation has it. @throws EventInProgressError */
  const claimOrWait = async (key: string, context: Context, eventId: string) => {
    const ask = async () => {
      const claim = await store.claim(key, context.getRemainingTimeInMillis() + clockSkewMs);
      if (claim.outcome === "in progress") throw new EventInProgressError(eventId, claim.leaseExpiresAt);
      return claim;
    };
    const isRetryable = (error: unknown) => error instanceof EventInProgressError;
    const deadlineAt = Math.min(clock.now() + waitMs, invocationDeadline(context, reserveMs, clock));
    if (deadlineAt <= clock.now() + 1) return await ask();
    try {
      return await retry(ask, { ...polling, deadlineAt, isRetryable, clock });
    } catch (error) {
      throw lastError(error);
    }
  };

  const consume = async (event: EventBridgeEvent<string, unknown>, context: Context, ids: EventMetadata) => {
    const key = `${consumer}#${ids.eventId}`;
    if (textsNotStorable(event.detail).length > 0) throw new InvalidEventError("detail", ...unstorableText);
    const detail = options.parse(event.detail);
    const claim = await claimOrWait(key, context, ids.eventId);
    if (claim.outcome === "completed") return "duplicate";
    try {
      await options.handle({
        ...ids,
        source: event.source,
        detailType: event["detail-type"],
        detail,
        time: new Date(event.time),
        replayed: event["replay-name"] !== undefined,
        logger,
        context,
        signal: invocationSignal(),
      });
    } catch (error) {
      // If this fails too, the lease expires; the caller must see why the handler failed.
      await store.release(key, claim.claimId).catch(() => undefined);
      throw error;
    }
    if (!(await store.complete(key, claim.claimId))) throw new LeaseLostError(ids.eventId);
    return "processed";
  };

  return warmable(async (event, context) => {
    const elapsed = stopwatch();
    const { eventId, correlationId } = metadataOf(event.detail);
    const ids = {
      eventId: eventId ?? "",
      correlationId: correlationIdFrom(correlationId === undefined ? {} : { [correlationHeader]: correlationId }),
    };
    beginInvocation(logger, context, ids.correlationId);
    const line = { event_id: ids.eventId, event_source: event.source, event_type: event["detail-type"] };
    try {
      if (eventId === undefined) throw new EventWithoutIdError(event.source, event["detail-type"]);
      const outcome = await withinTime(context, () => consume(event, context, ids), answerReserveMs);
      logger.info("event consumed", { ...line, outcome, ...elapsed() });
      return { outcome };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const level = error instanceof EventInProgressError ? "warn" : "error";
      logger[level]("event consumed", { ...line, outcome: "failed", ...elapsed(), error_code: error.name, error });
      await count(thrown, context);
      throw thrown;
    }
  });
}

function metadataOf(detail: unknown): Partial<EventMetadata> {
  const metadata = isObject(detail) && isObject(detail.metadata) ? detail.metadata : {};
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return { eventId: text(metadata.eventId), correlationId: text(metadata.correlationId) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
