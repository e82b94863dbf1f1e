import { type HourOfTrace, hourMs, meanOf, peakOf } from "../../forecast";
import { TraceError } from "./trace-error";

/** How the numbers of a file become environments. */
export interface TraceOptions {
  /** Mean duration of a request, in milliseconds. */
  readonly durationMs?: number;
  /** Environments that the busiest moment of the file needs; scales the file, whatever it counts. */
  readonly peak?: number;
}

interface Row {
  readonly start: number;
  readonly value: number;
}

/** Titles of a second column that has environments in use at once, as CloudWatch's metric has them. */
const concurrency = /^(concurrency|concurrent.?executions|maximum|max|environments)$/i;

/**
 * Reads a file of traffic: lines of `time,number` below a title line; lines that begin with # are left aside. Times are ISO 8601, in
 * UTC unless they say otherwise. The number is environments in use at once if the title says so (`concurrency`, `maximum`), else
 * requests since the time. Lines closer together than an hour are joined, with the busiest of them as the hour's need.
 * @throws TraceError that names the line
 */
export function readTrace(text: string, file: string, options: TraceOptions): HourOfTrace[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const [title, ...rest] = lines.filter(({ line }) => line !== "" && !line.startsWith("#"));
  const second = title?.line.split(",")[1]?.trim();
  if (!title || second === undefined || Number.isFinite(Number(second))) {
    throw new TraceError(`${file}: has no title line; begin it with time,requests or time,concurrency`);
  }
  const rows = rest.map(({ line, number }) => rowOf(line, `${file}:${number}`)).sort((a, b) => a.start - b.start);
  const stepSeconds = stepOf(rows, file);
  const used = usedAtOnce(rows, file, concurrency.test(second), stepSeconds, options);
  const hours = new Map<number, { need: number; sum: number }>();
  for (const { start, need, busy } of used) {
    const hour = Math.floor(start / hourMs);
    const before = hours.get(hour) ?? { need: 0, sum: 0 };
    hours.set(hour, { need: Math.max(before.need, need), sum: before.sum + busy });
  }
  // A step without requests may have no line.
  const stepsOfHour = Math.max(1, Math.round(3600 / stepSeconds));
  return [...hours].map(([hour, { need, sum }]) => ({ start: hour * hourMs, need, busy: sum / stepsOfHour }));
}

function rowOf(line: string, where: string): Row {
  const [time = "", number = ""] = line.split(",").map((part) => part.trim());
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(time) || !time.includes("T") ? time : `${time}Z`;
  const start = Date.parse(zoned.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d(:\d\d)?)$/, "$1T$2Z"));
  if (Number.isNaN(start)) {
    throw new TraceError(`${where}: "${time}" is no time; write it as 2026-01-31T13:00, in UTC`);
  }
  const value = Number(number);
  if (number === "" || !Number.isFinite(value) || value < 0) {
    throw new TraceError(`${where}: "${number}" is no number; write how many there were, 0 or more`);
  }
  return { start, value };
}

/** Seconds between two lines: what is most usual. */
function stepOf(rows: readonly Row[], file: string): number {
  const steps = rows.slice(1).map(({ start }, index) => (start - (rows[index]?.start ?? 0)) / 1000);
  const known = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const step = known[Math.floor(known.length / 2)];
  if (step === undefined)
    throw new TraceError(`${file}: has fewer than two times; a forecast learns from weeks of hours`);
  if (step <= 3600) return step;
  throw new TraceError(
    `${file}: has a line every ${Math.round(step / 3600)} hours; bring one with a line an hour or finer, as the forecast is of hours`,
  );
}

interface Used {
  readonly start: number;
  readonly need: number;
  readonly busy: number;
}

function usedAtOnce(
  rows: readonly Row[],
  file: string,
  areEnvironments: boolean,
  stepSeconds: number,
  { durationMs, peak }: TraceOptions,
): Used[] {
  const most = Math.max(...rows.map(({ value }) => value));
  if (most === 0) throw new TraceError(`${file}: has no traffic; every number is 0`);
  const factor =
    peak === undefined
      ? undefined
      : // The mean behind the busiest line becomes the one that needs as many as were asked for.
        meanOf(peak) / (areEnvironments ? meanOf(most) : most);
  if (areEnvironments) {
    return rows.map(({ start, value }) => {
      const busy = meanOf(value) * (factor ?? 1);
      return { start, busy, need: factor === undefined ? value : peakOf(busy) };
    });
  }
  const perRequest = factor ?? (durationMs === undefined ? undefined : durationMs / 1000 / stepSeconds);
  if (perRequest === undefined) {
    throw new TraceError(
      `${file}: counts requests; say how long one takes with --duration <ms>, or how many environments the busiest moment needs with --peak <n>`,
    );
  }
  return rows.map(({ start, value }) => ({ start, busy: value * perRequest, need: peakOf(value * perRequest) }));
}
