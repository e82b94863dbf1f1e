import { ConfigError } from "../../modules/core";

/** A part of an archive, in milliseconds since 1970; whole minutes, which is how EventBridge replays. */
export interface Window {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

export const minuteMs = 60_000;

/**
 * Events take a while into an archive, so the last minutes may not be complete; AWS recommends to wait for 10 minutes.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export const archiveDelayMs = 10 * minuteMs;

const units: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: 1_440 * minuteMs };

/**
 * A time as one types it: `2026-11-26T08:00Z`, or how long ago: `90m`, `6h`, `2d`; in milliseconds since 1970.
 * @throws ConfigError
 */
export function timeOption(option: string, given: string, now: number): number {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(given) ?? [];
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * (units[unit] ?? 0);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(given)
    ? Date.parse(given)
    : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new ConfigError("evenkeel replay", [
    { path: option, message: "is no time; write 2026-11-26T08:00Z, or how long ago: 90m, 6h, 2d", received: given },
  ]);
}

/** The whole minutes of a window. @throws ConfigError if it is empty, or not all of it is in archives yet */
export function windowOf(from: string | undefined, to: string | undefined, now: number): Window {
  if (from === undefined) {
    throw new ConfigError("evenkeel replay", [
      { path: "--from", message: "is missing; say from when on events are replayed, such as 6h", received: "" },
    ]);
  }
  const latest = Math.floor((now - archiveDelayMs) / minuteMs) * minuteMs;
  const begin = Math.floor(timeOption("--from", from, now) / minuteMs) * minuteMs;
  const end = to === undefined ? latest : Math.ceil(timeOption("--to", to, now) / minuteMs) * minuteMs;
  if (end > latest) {
    const message = `is less than 10 minutes ago, when events may not be in the archive yet; use ${text(latest)} or earlier`;
    throw new ConfigError("evenkeel replay", [{ path: "--to", message, received: to ?? "" }]);
  }
  if (begin >= end) {
    const message = `is not before the end, ${text(end)}; use an earlier time`;
    throw new ConfigError("evenkeel replay", [{ path: "--from", message, received: from }]);
  }
  return { from: begin, to: end };
}

/** A window in parts of so many minutes; the last may be shorter. */
export function slicesOf({ from, to }: Window, minutes: number): Window[] {
  const slices: Window[] = [];
  for (let begin = from; begin < to; begin += minutes * minuteMs) {
    slices.push({ from: begin, to: Math.min(to, begin + minutes * minuteMs) });
  }
  return slices;
}

/** A time in UTC, to the second. */
export const text = (ms: number): string => new Date(ms).toISOString().replace(/(:00)?\.\d+Z$/, "Z");
