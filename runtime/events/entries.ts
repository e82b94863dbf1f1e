import type { PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { TraceContext } from "../observability/tracing.js";
import type { DomainEvent } from "./domain-event.js";

/**
 * The most entries of one PutEvents call.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const maxEntries = 10;

/**
 * The bytes that the entries of one PutEvents call must stay below in sum: 1 MB since January 2026, and 256 KB in China.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 * @see https://docs.amazonaws.cn/en_us/eventbridge/latest/userguide/eb-putevent-size.html
 */
export const maxBytesIn = (region: string): number => (region.startsWith("cn-") ? 256 : 1024) * 1024;

/** An event as PutEvents takes it, with its size. */
export interface SizedEntry {
  readonly event: DomainEvent;
  readonly entry: PutEventsRequestEntry;
  /** As EventBridge counts it. */
  readonly bytes: number;
}

/** The entry of an event for a bus; its metadata says what trace it belongs to, where there is one. */
export function toEntry(event: DomainEvent, eventBusName: string, trace: TraceContext = {}): SizedEntry {
  const entry = {
    EventBusName: eventBusName,
    Source: event.source,
    DetailType: event.detailType,
    Detail: JSON.stringify({ ...event.detail, metadata: { ...event.detail.metadata, ...trace } }),
    Time: event.time,
    ...(event.resources.length > 0 ? { Resources: [...event.resources] } : {}),
  };
  return { event, entry, bytes: entrySize(entry) };
}

/**
 * The size of an entry in bytes, as EventBridge counts it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
 */
export function entrySize({
  Time,
  Source = "",
  DetailType = "",
  Detail = "",
  Resources = [],
}: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), Time ? 14 : 0);
}

/** Splits entries, in their order, so that each list fits one call; entries that fit none must be taken out before. */
export function batches(entries: readonly SizedEntry[], maxBytes: number): SizedEntry[][] {
  const all: SizedEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = all.at(-1);
    if (last && last.length < maxEntries && bytes + entry.bytes < maxBytes) {
      last.push(entry);
      bytes += entry.bytes;
    } else {
      all.push([entry]);
      bytes = entry.bytes;
    }
  }
  return all;
}
