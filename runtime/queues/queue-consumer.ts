import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { CircuitOpenError } from "../breaker/circuit-open-error.js";
import type { Pause } from "../breaker/pause.js";
import { EventInProgressError } from "../events/event-errors.js";
import { type HandlerOnceOptions, handlerOnce } from "../events/handle-once.js";
import { limitCounter } from "../invocation/limits.js";
import { textsNotStorable } from "../invocation/text.js";
import { invocationSignal, OutOfTimeError, withinTime } from "../invocation/time.js";
import { correlated, nameTrace } from "../observability/carried.js";
import { correlationIdOr } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { inSpan, type RunningSpan } from "../observability/tracing.js";
import { turns } from "../resilience/turns.js";
import { warmable } from "../warming/warmable.js";
import { contentOf, identityOf, type MessageContent } from "./message.js";
import { InvalidMessageError } from "./message-errors.js";

/** What a handler is called with, once for each identity. */
export interface ConsumedMessage<Content> extends Omit<MessageContent, "content" | "eventId" | "carried"> {
  /** What makes it the same message, however often and wherever it is delivered. */
  readonly eventId: string;
  readonly correlationId: string;
  /** SQS's id of this message; another one when it is sent, or moved back from the dead letters, again. */
  readonly messageId: string;
  /** What was sent; of an event, its detail. */
  readonly content: Content;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
  /** The message group, in a FIFO queue. */
  readonly groupId?: string;
  /** Writes lines that already carry the correlation id. */
  readonly logger: Logger;
  /** The Lambda context, for the time that remains. */
  readonly context: Context;
  /** Aborted when the time of the invocation is nearly over; pass it to what does not notice by itself, such as `fetch`. */
  readonly signal: AbortSignal;
}

/** A Lambda function that takes the messages of a queue, with `ReportBatchItemFailures`. */
export type QueueConsumerHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The options of {@link queueConsumer}. */
export interface QueueConsumerOptions<Content> extends Omit<HandlerOnceOptions, "store"> {
  readonly logger: Logger;
  /** Remembers what was handled; `"none"` for a handler that may handle a message twice. */
  readonly store: HandlerOnceOptions["store"] | "none";
  /** Turns what was sent into what the handler expects; throws when it cannot. */
  readonly parse: (content: unknown) => Content;
  readonly handle: (message: ConsumedMessage<Content>) => Promise<void>;
  /**
   * What makes two messages the same: `metadata.eventId` of the event or of the body by default. SQS's own `messageId` is
   * another one each time that a message is sent.
   */
  readonly identify?: (record: SQSRecord, content: unknown) => string;
  /** How many messages of a batch of a standard queue are handled at a time: all by default. Those of a FIFO queue follow each other. */
  readonly concurrency?: number;
  /** In a FIFO queue: goes on with other message groups after a failure, in place of giving back the rest of the batch. */
  readonly skipGroupOnError?: boolean;
  /** What messages cannot be handled without, by `pauseWhileOpen`: while its circuit breaker is open, none is begun. */
  readonly pause?: Pause;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler that handles each message once, though SQS delivers at least once and two regions may get the same event. It
 * answers which messages of a batch failed, and only those come again: also those that the time of the invocation was not enough
 * for. With `pause` none is begun while the circuit breaker of a dependency is open. If all of them failed the invocation fails, so that Lambda invokes less often for a while.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/batch/
 */
export function queueConsumer<Content>(options: QueueConsumerOptions<Content>): QueueConsumerHandler {
  const {
    logger,
    store,
    handle,
    parse,
    identify,
    skipGroupOnError,
    pause,
    concurrency = Number.POSITIVE_INFINITY,
  } = options;
  const once = store === "none" ? undefined : handlerOnce({ ...options, store });
  const count = limitCounter();

  const consume = async (record: SQSRecord, context: Context, log: Logger, found: MessageContent) => {
    const { eventId: _, carried: __, content, ...about } = found;
    if (textsNotStorable(content).length > 0) {
      throw new InvalidMessageError(record.messageId, "holds a NUL or half of a surrogate pair, which stores refuse");
    }
    const eventId = identify
      ? identify(record, content)
      : once
        ? identityOf(record, found)
        : (found.eventId ?? record.messageId);
    const message = {
      ...about,
      eventId,
      correlationId: log.getCorrelationId() as string,
      messageId: record.messageId,
      content: parse(content),
      receiveCount: Number(record.attributes.ApproximateReceiveCount),
      groupId: record.attributes.MessageGroupId,
      logger: log,
      context,
    };
    const work = () => handle({ ...message, signal: invocationSignal() });
    if (once) return await once(eventId, context, work);
    await work();
    return "processed";
  };

  const consumeInTime = async (record: SQSRecord, context: Context, reserveMs: number): Promise<void> => {
    const log = logger.createChild();
    const read = readably(record);
    const correlationId = correlationIdOr(read.found?.carried.correlationId);
    log.setCorrelationId(correlationId);
    await correlated(correlationId, () =>
      inSpan("message", { record, found: read.found, context }, (span) =>
        consumeRead(record, context, reserveMs, log, read, span),
      ),
    );
  };

  const consumeRead = async (
    record: SQSRecord,
    context: Context,
    reserveMs: number,
    log: Logger,
    read: ReadMessage,
    span: RunningSpan,
  ): Promise<void> => {
    const elapsed = stopwatch();
    nameTrace(log);
    const line = { message_id: record.messageId, receive_count: Number(record.attributes.ApproximateReceiveCount) };
    const left = () => context.getRemainingTimeInMillis() - reserveMs;
    let ids: Pick<MessageContent, "eventId" | "source" | "detailType"> = {};
    try {
      // What there is no time for any more is not begun.
      if (left() <= 0) throw new OutOfTimeError();
      await pause?.check();
      if (read.error !== undefined) throw read.error;
      const found = read.found as MessageContent;
      ids = found;
      const time = { getRemainingTimeInMillis: left };
      const outcome = await withinTime(time, () => consume(record, context, log, found), 0);
      span.outcome(outcome);
      log.info("message consumed", { ...line, ...idsOf(ids), outcome, ...elapsed() });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      // A message that waits for a dependency has not failed: nobody has to look at it.
      const isParked = error instanceof CircuitOpenError;
      const level = isParked || error instanceof EventInProgressError ? "warn" : "error";
      const failure = isParked
        ? { outcome: "parked", error_code: error.name, dependency: error.dependency }
        : { outcome: "failed", error_code: error.name, error };
      log[level]("message consumed", { ...line, ...idsOf(ids), ...failure, ...elapsed() });
      await count(thrown, context);
      throw error;
    }
  };

  return warmable(async (event, context) => {
    beginInvocation(logger, context, correlationIdOr(undefined));
    const probed = pause?.answer(event, context);
    // Only what pauses the queue sends a probe call, and it expects this answer.
    if (probed) return (await probed) as never;
    const remainingMs = context.getRemainingTimeInMillis();
    const reserveMs = Math.min(options.reserveMs ?? 500, remainingMs / 10);
    const turn = turns(concurrency);
    const take = (record: SQSRecord) => turn(() => consumeInTime(record, context, reserveMs));
    const isFifo = event.Records.some(({ eventSourceARN }) => eventSourceARN.endsWith(".fifo"));
    return isFifo
      ? await processPartialResponse(event, take, new SqsFifoPartialProcessorAsync(), { context, skipGroupOnError })
      : await processPartialResponse(event, take, new BatchProcessor(EventType.SQS), { context });
  });
}

/** A message, or why it cannot be read: it has its span and its line either way. */
interface ReadMessage {
  readonly found?: MessageContent;
  readonly error?: unknown;
}

function readably(record: SQSRecord): ReadMessage {
  try {
    return { found: contentOf(record) };
  } catch (error) {
    return { error };
  }
}

const idsOf = ({ eventId, source, detailType }: Pick<MessageContent, "eventId" | "source" | "detailType">) => ({
  ...(eventId === undefined ? {} : { event_id: eventId }),
  ...(source === undefined ? {} : { event_source: source, event_type: detailType }),
});
