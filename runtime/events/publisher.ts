import type { EventBridgeClient, PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import { serviceErrorFromAws } from "../aws/aws-errors.js";
import { onDemand } from "../aws/on-demand.js";
import { UnavailableError } from "../errors/service-errors.js";
import { abortedBy } from "../invocation/time.js";
import { traceContext } from "../observability/carried.js";
import { inSpan } from "../observability/tracing.js";
import { type Clock, systemClock } from "../resilience/clock.js";
import { RetryError, retry } from "../resilience/retry.js";
import type { DomainEvent } from "./domain-event.js";
import { batches, maxBytesIn, type SizedEntry, toEntry } from "./entries.js";
import type { EventClientOptions } from "./event-client.js";
import { EventsNotPublishedError, type FailedEvent } from "./not-published.js";

/** An event that EventBridge took. */
export interface PublishedEvent {
  readonly event: DomainEvent;
  /** EventBridge's own id of this copy; the copy in the other region has another. */
  readonly awsEventId: string;
}

/** The outcome: each event is in exactly one of the lists. */
export interface PublishResult {
  readonly published: readonly PublishedEvent[];
  readonly failed: readonly FailedEvent[];
}

/** The options of {@link createPublisher}. */
export interface PublisherOptions {
  /** The options of a client, which is then loaded and made with the first event; or one from `createEventClient`. */
  readonly client: EventClientOptions | Pick<EventBridgeClient, "send">;
  readonly eventBusName: string;
  /** `abcde.veo`; without one events go to the bus of the client's region. */
  readonly endpointId?: string;
  /** How long publishing may take, in milliseconds, retries included; 3 s by default. */
  readonly deadlineMs?: number;
  /** The longest pause before the second attempt, in milliseconds; doubles with each further one, up to 1 s. */
  readonly backoffMs?: number;
  /**
   * What the entries of one call must stay below, in bytes: what EventBridge takes in the client's region by default, 1 MB. Set it lower
   * where targets take less.
   */
  readonly maxBytes?: number;
  /** For tests; a call that hangs is ended by real time. */
  readonly clock?: Clock;
}

/** Puts events on a bus. */
export interface Publisher {
  /** Publishes in order of batches, never throws for an event, and retries only those that failed. */
  publish(events: readonly DomainEvent[]): Promise<PublishResult>;
  /** Like `publish`, but throws {@link EventsNotPublishedError} when one is not on the bus. */
  publishAll(events: readonly DomainEvent[]): Promise<readonly PublishedEvent[]>;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
const retryableCodes = new Set([
  "ConcurrentModificationException",
  "InternalException",
  "InternalFailure",
  "ServiceUnavailable",
  "ThrottlingException",
]);
const maxDelayMs = 1_000;

interface Attempt {
  readonly published: PublishedEvent[];
  readonly failed: (FailedEvent & { readonly sized: SizedEntry })[];
}

/** Some events of an attempt are not on the bus, and may be taken later. */
class PendingEventsError extends Error {
  override readonly name = "PendingEventsError";
}

/**
 * A publisher for a bus or an event endpoint. After a failure it may be unknown whether an event arrived; publishing it
 * again is safe, because its id in `detail` stays and consumers are idempotent on it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
export function createPublisher({
  client,
  eventBusName,
  endpointId,
  deadlineMs = 3_000,
  backoffMs = 100,
  maxBytes = maxBytesIn("region" in client ? client.region : ""),
  clock = systemClock,
}: PublisherOptions): Publisher {
  const putEvents = onDemand(async () => (await import("./put-events.js")).putEventsWith(client));
  const send = async (batch: readonly SizedEntry[], abortSignal: AbortSignal): Promise<Attempt> => {
    try {
      const request = {
        Entries: batch.map(({ entry }) => entry),
        ...(endpointId ? { EndpointId: endpointId } : {}),
      };
      const { Entries = [] } = await (await putEvents())(request, { abortSignal });
      return sortOut(batch, Entries);
    } catch (error) {
      return {
        published: [],
        failed: batch.map((sized) => ({ sized, ...describeError(error, sized.event, abortSignal) })),
      };
    }
  };

  const publishNow = async (events: readonly DomainEvent[]): Promise<PublishResult> => {
    const deadlineAt = clock.now() + deadlineMs;
    const timeout = AbortSignal.timeout(deadlineMs);
    const abortSignal = abortedBy(timeout) ?? timeout;
    const isTooLarge = ({ bytes }: SizedEntry) => bytes >= maxBytes;
    const trace = traceContext();
    const sized = events.map((event) => toEntry(event, eventBusName, trace));
    const published: PublishedEvent[] = [];
    const failed: FailedEvent[] = sized.filter(isTooLarge).map((entry) => tooLarge(entry, maxBytes));
    let pending = sized.filter((entry) => !isTooLarge(entry));
    let unsent = pending.map(({ event }) => deadlineExceeded(event));
    const attempt = async () => {
      const attempts: Attempt[] = [];
      for (const batch of batches(pending, maxBytes)) attempts.push(await send(batch, abortSignal));
      published.push(...attempts.flatMap((result) => result.published));
      const failures = attempts.flatMap((result) => result.failed);
      const again = failures.filter(({ retryable }) => retryable && !abortSignal.aborted);
      failed.push(...failures.filter((failure) => !again.includes(failure)).map(withoutEntry));
      unsent = again.map(withoutEntry);
      pending = again.map((failure) => failure.sized);
      if (pending.length > 0) throw new PendingEventsError("Some events are not on the bus yet.");
    };
    try {
      await retry(attempt, {
        attempts: Number.POSITIVE_INFINITY,
        baseDelayMs: backoffMs,
        maxDelayMs,
        deadlineAt,
        clock,
      });
    } catch (error) {
      if (!(error instanceof RetryError)) throw error;
      failed.push(...unsent);
    }
    return { published, failed };
  };

  /** Consumers go on with this span. */
  const publish = (events: readonly DomainEvent[]): Promise<PublishResult> =>
    inSpan("publishing", { bus: eventBusName, count: events.length }, async (span) => {
      const result = await publishNow(events);
      const [failure] = result.failed;
      if (failure) span.fail(failure.code);
      return result;
    });

  return {
    publish,
    publishAll: async (events) => {
      const { published, failed } = await publish(events);
      if (failed.length > 0) throw new EventsNotPublishedError(failed);
      return published;
    },
  };
}

/** The answer has an entry for each of the request, in its order. */
function sortOut(batch: readonly SizedEntry[], answers: readonly PutEventsResultEntry[]): Attempt {
  const result: Attempt = { published: [], failed: [] };
  batch.forEach((sized, index) => {
    const { EventId, ErrorCode, ErrorMessage = "" } = answers[index] ?? {};
    if (EventId !== undefined && ErrorCode === undefined) {
      result.published.push({ event: sized.event, awsEventId: EventId });
      return;
    }
    const code = ErrorCode ?? "InternalFailure";
    const message = ErrorMessage || "EventBridge did not say why.";
    result.failed.push({ sized, event: sized.event, code, message, retryable: retryableCodes.has(code) });
  });
  return result;
}

function describeError(error: unknown, event: DomainEvent, { aborted }: AbortSignal): FailedEvent {
  if (aborted) return deadlineExceeded(event);
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { event, code: name, message, retryable: serviceErrorFromAws(error) instanceof UnavailableError };
}

function deadlineExceeded(event: DomainEvent): FailedEvent {
  return { event, code: "DeadlineExceeded", message: "There was no time left to publish the event.", retryable: true };
}

const withoutEntry = ({ sized: _, ...failure }: FailedEvent & { readonly sized: SizedEntry }): FailedEvent => failure;

function tooLarge({ event, bytes }: SizedEntry, maxBytes: number): FailedEvent {
  const message = `The event has ${bytes} bytes, and must have less than ${maxBytes}; put the data into S3 and its address into the event.`;
  return { event, code: "TooLarge", message, retryable: false };
}
