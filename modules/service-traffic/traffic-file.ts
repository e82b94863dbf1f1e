import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { hourCounts, hoursPerWeek, type TrafficHour, weekOf } from "./hours";

/** A file of traffic that cannot be read as one: `<what is wrong>; <what to do>`. */
export class TrafficFileError extends Error {
  override readonly name = "TrafficFileError";
}

/** Lines of a CSV that are looked at: ten years of minutes. */
const mostLines = 5_300_000;

const hourMs = 3_600_000;

const formats =
  "begin it with the line hour,requestsPerSecond or timestamp,requestsPerSecond, and write two values in each line after it";

/** What was read, by path, for as long as the file stays as it is. */
const read = new Map<string, { readonly mark: string; readonly lines: readonly Line[]; readonly kind: Kind }>();

type Kind = "hour" | "timestamp";
type Line = readonly [key: string, rate: number, at: number];

/**
 * The week that a CSV file states. Of a history, each hour of the week has the mean of what it was, and as its peak the highest value
 * seen in it, or the mean times the factor if that is more.
 * @param file path relative to the project folder
 * @param timezone IANA time zone of the hours of the week; a history without offsets is in UTC
 * @throws TrafficFileError
 */
export function trafficOfFile(
  file: string,
  { peakFactor, timezone, projectRoot = process.cwd() }: TrafficFileOptions,
): TrafficHour[] {
  const { kind, lines } = linesOf(file, projectRoot);
  return kind === "hour" ? weekOf(hoursOf(lines), peakFactor) : historyOf(lines, peakFactor, timezone);
}

export interface TrafficFileOptions {
  readonly peakFactor: number;
  readonly timezone: string;
  /** The folder that the file is relative to; the working directory by default. */
  readonly projectRoot?: string;
}

function linesOf(file: string, projectRoot: string): { readonly kind: Kind; readonly lines: readonly Line[] } {
  const absolute = path.resolve(projectRoot, file);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new TrafficFileError(`is not there; write ${file} in the project, or correct its path`);
  const mark = `${stat.size} ${stat.mtimeMs} ${stat.ino}`;
  const known = read.get(absolute);
  if (known?.mark === mark) return known;
  const parsed = parse(readFileSync(absolute, "utf8"));
  read.set(absolute, { mark, ...parsed });
  return parsed;
}

function parse(text: string): { readonly kind: Kind; readonly lines: readonly Line[] } {
  const all = text.replace(/^\uFEFF/, "").split(/\r?\n/, mostLines);
  const numbered = all.map((line, index) => [line.trim(), index + 1] as const);
  const [header, ...rest] = numbered.filter(([line]) => line !== "" && !line.startsWith("#"));
  const [first, second, ...more] = (header?.[0] ?? "").split(",").map((name) => name.trim());
  if ((first !== "hour" && first !== "timestamp") || second !== "requestsPerSecond" || more.length > 0)
    throw new TrafficFileError(`begins with "${(header?.[0] ?? "").slice(0, 60)}"; ${formats}`);
  const lines = rest.map(([line, number]): Line => {
    const [key = "", value = "", ...others] = line.split(",").map((part) => part.trim());
    const rate = Number(value);
    const at = first === "hour" ? Number(key) : timeOf(key);
    if (others.length > 0 || key === "" || value === "" || !Number.isFinite(rate) || rate < 0 || Number.isNaN(at))
      throw new TrafficFileError(
        `has a line ${number} that is no ${first} with a number of 0 or more: "${line.slice(0, 60)}"; correct the line`,
      );
    return [key, rate, at];
  });
  return { kind: first, lines };
}

/** A time in ISO 8601, or with a blank in place of the T; in UTC unless it has an offset. */
function timeOf(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text)) return Number.NaN;
  const iso = text.replace(" ", "T");
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`);
}

function hoursOf(lines: readonly Line[]): number[] {
  const rates: number[] = [];
  for (const [key, rate, hour] of lines) {
    if (!/^\d+$/.test(key) || hour >= hoursPerWeek || rates[hour] !== undefined)
      throw new TrafficFileError(`has the hour ${key} twice, or none between 0 and 167; write each hour once`);
    rates[hour] = rate;
  }
  if (!(hourCounts as readonly number[]).includes(lines.length) || rates.length !== lines.length)
    throw new TrafficFileError(`has ${lines.length} hours; write 24, from 0 on, or 168 from Monday 00:00 on`);
  return rates;
}

function historyOf(lines: readonly Line[], peakFactor: number, timezone: string): TrafficHour[] {
  const times = lines.map(([, , at]) => at).sort((one, other) => one - other);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (last - first < 23 * hourMs)
    throw new TrafficFileError("covers less than a day; write at least 24 hours, better four weeks");
  const hourOfWeek = hourOfWeekIn(timezone);
  const seen = Array.from({ length: hoursPerWeek }, () => ({ sum: 0, count: 0, highest: 0 }));
  for (const [, rate, at] of lines) {
    const hour = seen[hourOfWeek(at)];
    if (!hour) continue;
    hour.sum += rate;
    hour.count += 1;
    hour.highest = Math.max(hour.highest, rate);
  }
  return seen.map((hour, index) => {
    // A history of less than a week says of other days what the same hour was.
    const same = hour.count > 0 ? [hour] : seen.filter((_, other) => other % 24 === index % 24);
    const count = same.reduce((total, each) => total + each.count, 0);
    const average = count === 0 ? 0 : same.reduce((total, each) => total + each.sum, 0) / count;
    return { average, peak: Math.max(average * peakFactor, ...same.map((each) => each.highest)) };
  });
}

/** Which hour of the week a time is in a zone. Looked up once for each hour, as formatting is slow. */
function hourOfWeekIn(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", hourCycle: "h23" });
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const known = new Map<number, number>();
  // Zones differ by quarters of an hour at the least.
  return (at) => {
    const quarter = Math.floor(at / (hourMs / 4));
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const hour = days.indexOf(parts.weekday ?? "") * 24 + Number(parts.hour);
    known.set(quarter, hour);
    return hour;
  };
}
