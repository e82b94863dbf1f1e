import type { Context, EventBridgeEvent } from "aws-lambda";
import { limitCounter } from "../invocation/limits.js";
import { textsNotStorable } from "../invocation/text.js";
import { invocationSignal, withinTime } from "../invocation/time.js";
import { correlated, nameTrace } from "../observability/carried.js";
import { correlationIdOr } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { inSpan, type RunningSpan } from "../observability/tracing.js";
import { warmable } from "../warming/warmable.js";
import type { EventMetadata } from "./domain-event.js";
import { EventInProgressError, EventWithoutIdError, InvalidEventError, unstorableText } from "./event-errors.js";
import { metadataOf } from "./event-metadata.js";
import { type HandlerOnceOptions, handlerOnce } from "./handle-once.js";

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
export interface EventConsumerOptions<Detail> extends HandlerOnceOptions {
  readonly logger: Logger;
  /** Turns the detail into what the handler expects; throws when it cannot. */
  readonly parse: (detail: unknown) => Detail;
  readonly handle: (event: ConsumedEvent<Detail>) => Promise<void>;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler that handles each event id once, though EventBridge delivers at least once and in each region, and
 * archives are replayed. It rejects when the time is nearly over: what it was doing is aborted, and its lease ends by itself. It rejects when the handler fails, or while another invocation has the event: Lambda and EventBridge
 * deliver it again. A handler that dies after its effect and before `complete` runs once more, so effects that must
 * not repeat belong into one conditional write with the event id.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-best-practices.html
 */
export function eventConsumer<Detail>(options: EventConsumerOptions<Detail>): EventConsumer {
  const { logger, reserveMs } = options;
  const once = handlerOnce(options);
  const count = limitCounter();

  const consume = async (event: EventBridgeEvent<string, unknown>, context: Context, ids: EventMetadata) => {
    if (textsNotStorable(event.detail).length > 0) throw new InvalidEventError("detail", ...unstorableText);
    const detail = options.parse(event.detail);
    return await once(ids.eventId, context, () =>
      options.handle({
        ...ids,
        source: event.source,
        detailType: event["detail-type"],
        detail,
        time: new Date(event.time),
        replayed: event["replay-name"] !== undefined,
        logger,
        context,
        signal: invocationSignal(),
      }),
    );
  };

  const traced: EventConsumer = async (event, context) => {
    const { eventId, correlationId } = metadataOf(event.detail);
    const ids = { eventId: eventId ?? "", correlationId: correlationIdOr(correlationId) };
    beginInvocation(logger, context, ids.correlationId);
    return await correlated(ids.correlationId, () =>
      inSpan("event", { event, context }, (span) => handled(event, context, ids, span)),
    );
  };

  const handled = async (
    event: EventBridgeEvent<string, unknown>,
    context: Context,
    ids: EventMetadata,
    span: RunningSpan,
  ): Promise<Consumption> => {
    const elapsed = stopwatch();
    nameTrace(logger);
    const line = { event_id: ids.eventId, event_source: event.source, event_type: event["detail-type"] };
    try {
      if (ids.eventId === "") throw new EventWithoutIdError(event.source, event["detail-type"]);
      const outcome = await withinTime(context, () => consume(event, context, ids), reserveMs);
      span.outcome(outcome);
      logger.info("event consumed", { ...line, outcome, ...elapsed() });
      return { outcome };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const level = error instanceof EventInProgressError ? "warn" : "error";
      logger[level]("event consumed", { ...line, outcome: "failed", ...elapsed(), error_code: error.name, error });
      await count(thrown, context);
      throw thrown;
    }
  };

  return warmable(traced);
}
