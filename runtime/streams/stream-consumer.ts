import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { EventInProgressError } from "../events/event-errors.js";
import { type HandlerOnceOptions, handlerOnce } from "../events/handle-once.js";
import { limitCounter } from "../invocation/limits.js";
import { invocationSignal, OutOfTimeError, withinTime } from "../invocation/time.js";
import { correlated, nameTrace } from "../observability/carried.js";
import { acceptedCorrelationId, correlationIdOr } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { inSpan, type RunningSpan } from "../observability/tracing.js";
import { turns } from "../resilience/turns.js";
import { warmable } from "../warming/warmable.js";
import { changeOf, type Item, type ItemChange, identityOf, itemOf, sequenceNumberOf } from "./change.js";
import { EarlierChangeFailedError, InvalidChangeError } from "./change-errors.js";

export type { ChangeKind, Item } from "./change.js";

/** What a handler is called with, once for each change. */
export interface ConsumedChange<Parsed> extends Omit<ItemChange, "image"> {
  /** What makes it the same change in every region. */
  readonly eventId: string;
  readonly correlationId: string;
  /** The item after the change; of a removed one, as it was last. */
  readonly item: Parsed;
  /** Its place in the stream of this region. */
  readonly sequenceNumber: string;
  /** Writes lines that already carry the correlation id. */
  readonly logger: Logger;
  /** The Lambda context, for the time that remains. */
  readonly context: Context;
  /** Aborted when the time of the invocation is nearly over; pass it to what does not notice by itself, such as `fetch`. */
  readonly signal: AbortSignal;
}

/** A Lambda function that takes the changes of a table, with `ReportBatchItemFailures`. */
export type StreamConsumerHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/** The options of {@link streamConsumer}. */
export interface StreamConsumerOptions<Parsed> extends Omit<HandlerOnceOptions, "store"> {
  readonly logger: Logger;
  /** Remembers what was handled; `"none"` for a handler that may handle a change twice. */
  readonly store: HandlerOnceOptions["store"] | "none";
  /**
   * The attribute that each write of an item changes, such as a random id or a counter that a condition protects; or what tells the
   * version of an image. Not needed with `store: "none"`. Two changes of an item with one version are handled as one.
   */
  readonly version?: string | ((image: Item) => string | number);
  /** Turns an item into what the handler expects; throws when it cannot. */
  readonly parse: (image: Item) => Parsed;
  readonly handle: (change: ConsumedChange<Parsed>) => Promise<void>;
  /** The correlation id that an item has; its attribute `correlationId` by default. */
  readonly correlate?: (image: Item) => string | undefined;
  /** Of how many items changes are handled at a time: of all by default. Those of one item follow each other. */
  readonly concurrency?: number;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler that handles each change of a table once, though Lambda reads a stream at least once and each region has a stream with
 * all changes. Changes of an item are handled in their order: after one that fails, the later ones of the item wait. It answers
 * which failed; Lambda goes on at the first of them, so that what was done after it comes again, and is skipped.
 * @throws TypeError if there is a store and no version
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/batch/
 */
export function streamConsumer<Parsed>(options: StreamConsumerOptions<Parsed>): StreamConsumerHandler {
  const { logger, store, handle, parse, correlate = correlationIdOf, concurrency = Number.POSITIVE_INFINITY } = options;
  const once = store === "none" ? undefined : handlerOnce({ ...options, store });
  const versionOf = versionReader(options);
  const count = limitCounter();

  const consume = async (
    record: DynamoDBRecord,
    context: Context,
    log: Logger,
    change: ItemChange,
    eventId: string,
  ) => {
    const { image, ...about } = change;
    const work = () =>
      handle({
        ...about,
        eventId,
        correlationId: log.getCorrelationId() as string,
        item: parse(image),
        sequenceNumber: sequenceNumberOf(record),
        logger: log,
        context,
        signal: invocationSignal(),
      });
    if (once) return await once(eventId, context, work);
    await work();
    return "processed";
  };

  const consumeInTime = async (record: DynamoDBRecord, context: Context, reserveMs: number): Promise<void> => {
    const log = logger.createChild();
    const read = readably(record);
    const correlationId = correlationIdOr(read.change && correlate(read.change.image));
    log.setCorrelationId(correlationId);
    await correlated(correlationId, () =>
      inSpan("change", { change: read.change, context }, (span) =>
        consumeRead(record, context, reserveMs, log, read, span),
      ),
    );
  };

  const consumeRead = async (
    record: DynamoDBRecord,
    context: Context,
    reserveMs: number,
    log: Logger,
    read: ReadChange,
    span: RunningSpan,
  ): Promise<void> => {
    const elapsed = stopwatch();
    nameTrace(log);
    const line: Record<string, string> = { sequence_number: sequenceNumberOf(record) };
    const left = () => context.getRemainingTimeInMillis() - reserveMs;
    try {
      // What there is no time for any more is not begun.
      if (left() <= 0) throw new OutOfTimeError();
      if (read.error !== undefined) throw read.error;
      const change = read.change as ItemChange;
      line.table = change.table;
      line.change = change.kind;
      const version = versionOf?.(record, change.image);
      const eventId = version === undefined ? (record.eventID ?? "") : identityOf(record, change, version);
      line.event_id = eventId;
      const time = { getRemainingTimeInMillis: left };
      const outcome = await withinTime(time, () => consume(record, context, log, change, eventId), 0);
      span.outcome(outcome);
      log.info("change consumed", { ...line, outcome, ...elapsed() });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const level = error instanceof EventInProgressError ? "warn" : "error";
      log[level]("change consumed", { ...line, outcome: "failed", error_code: error.name, error, ...elapsed() });
      await count(thrown, context);
      throw error;
    }
  };

  return warmable(async (event, context) => {
    beginInvocation(logger, context, correlationIdOr(undefined));
    const reserveMs = Math.min(options.reserveMs ?? 500, context.getRemainingTimeInMillis() / 10);
    const turn = turns(concurrency);
    const inOrder = eachInOrder();
    const take = (record: DynamoDBRecord) =>
      inOrder(record, () => turn(() => consumeInTime(record, context, reserveMs)));
    return await processPartialResponse(event, take, new BatchProcessor(EventType.DynamoDBStreams), { context });
  });
}

const correlationIdOf = ({ correlationId }: Item): string | undefined =>
  acceptedCorrelationId(correlationId) ? correlationId : undefined;

/** A change, or why it cannot be read: it has its span and its line either way. */
interface ReadChange {
  readonly change?: ItemChange;
  readonly error?: unknown;
}

function readably(record: DynamoDBRecord): ReadChange {
  try {
    return { change: changeOf(record) };
  } catch (error) {
    return { error };
  }
}

/** How the version of an image is read; undefined where none is asked for. */
function versionReader({ store, version }: Pick<StreamConsumerOptions<unknown>, "store" | "version">) {
  if (version === undefined) {
    if (store === "none") return undefined;
    throw new TypeError(
      'A stream consumer with a store has no version; name the attribute that each write changes, or use store "none".',
    );
  }
  return (record: DynamoDBRecord, image: Item): string | number => {
    const found = typeof version === "function" ? version(image) : image[version];
    if ((typeof found === "string" && found !== "") || typeof found === "number") return found;
    throw new InvalidChangeError(
      sequenceNumberOf(record),
      "has no version, so it is unknown whether another region has handled it; write one with each change of the item",
    );
  };
}

/** Lets changes of an item follow each other; after one that failed, those after it fail without being begun. */
function eachInOrder(): (record: DynamoDBRecord, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (record, work) => {
    const item = itemOf(record);
    const before = last.get(item);
    const waiting = () => Promise.reject(new EarlierChangeFailedError(sequenceNumberOf(record)));
    const done = before ? before.then(work, waiting) : work();
    last.set(item, done);
    return done;
  };
}
