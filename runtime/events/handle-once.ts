import type { Context } from "aws-lambda";
import { type Clock, systemClock } from "../resilience/clock.js";
import { invocationDeadline } from "../resilience/deadline.js";
import { lastError, retry } from "../resilience/retry.js";
import { EventInProgressError, LeaseLostError } from "./event-errors.js";
import type { IdempotencyStore } from "./idempotency-store.js";

/** The options of {@link handlerOnce}. */
export interface HandlerOnceOptions {
  readonly store: IdempotencyStore;
  /** The same in each region, another for each consumer that shares the table. */
  readonly consumer: string;
  /**
   * How long to wait for an invocation that has the same event, in milliseconds, 5 s by default: the other region often
   * gets an event at the same moment, and its success is not an error here.
   */
  readonly waitMs?: number;
  /** For tests. */
  readonly clock?: Clock;
}

/** Does work unless it was done before, in any region. @throws EventInProgressError while another invocation does it */
export type HandleOnce = (
  eventId: string,
  context: Context,
  work: () => Promise<void>,
) => Promise<"processed" | "duplicate">;

/** Clocks of two regions may differ by this much, in milliseconds. */
const clockSkewMs = 2_000;
/** Time that is reserved for the end of an invocation, in milliseconds. */
const reserveMs = 1_000;
/** How often an event is asked for while another invocation has it: four times a second on average. */
const polling = { attempts: Number.POSITIVE_INFINITY, baseDelayMs: 500, maxDelayMs: 500 };

/**
 * Makes work happen once for each event id, whatever delivers it: a bus, a queue or a schedule, in one region or two. Work that
 * dies after its effect and before it is marked as done happens once more, so effects that must not repeat belong into one
 * conditional write with the event id.
 */
export function handlerOnce({ store, consumer, waitMs = 5_000, clock = systemClock }: HandlerOnceOptions): HandleOnce {
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

  return async (eventId, context, work) => {
    const key = `${consumer}#${eventId}`;
    const claim = await claimOrWait(key, context, eventId);
    if (claim.outcome === "completed") return "duplicate";
    try {
      await work();
    } catch (error) {
      // If this fails too, the lease expires; the caller must see why the handler failed.
      await store.release(key, claim.claimId).catch(() => undefined);
      throw error;
    }
    if (!(await store.complete(key, claim.claimId))) throw new LeaseLostError(eventId);
    return "processed";
  };
}
