import { hoursPerMonth } from "../values/prices";

export const secondsPerMonth = hoursPerMonth * 3600;
export const minutesPerMonth = hoursPerMonth * 60;
export const daysPerMonth = hoursPerMonth / 24;

const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** How often a schedule fires in a month on average; 0 for `at(...)`, and for what is no schedule. */
export function firesPerMonth(expression: unknown): number {
  const text = typeof expression === "string" ? expression : "";
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate) return minutesPerMonth / (Number(rate[1]) * { minute: 1, hour: 60, day: 1440 }[rate[2] as "minute"]);
  const cron = /^cron\((.+)\)$/.exec(text)?.[1]?.trim().split(/\s+/);
  if (!cron) return 0;
  const [minute = "*", hour = "*", day = "*", month = "*", weekday = "?"] = cron;
  const days = weekday === "?" || weekday === "*" ? daysOfMonth(day) : daysOfWeek(weekday);
  return countOf(minute, 0, 59) * countOf(hour, 0, 23) * days * (countOf(month, 1, 12) / 12);
}

/** Days of a month on average that a day-of-month field names. */
function daysOfMonth(field: string): number {
  return field === "*" || field === "?" ? daysPerMonth : countOf(field, 1, 31);
}

/** Days of a month on average that a day-of-week field names: each week's, or those of one week. */
function daysOfWeek(field: string): number {
  if (/#\d$|L$/.test(field)) return 1;
  return (countOf(field, 1, 7, weekdays) * daysPerMonth) / 7;
}

/** How many values a field of a cron expression names. */
export function countOf(field: string, from: number, to: number, names: readonly string[] = []): number {
  return valuesOf(field, from, to, names).length;
}

/** The values that a field of a cron expression names; all where it has a form that is not known. */
export function valuesOf(field: string, from: number, to: number, names: readonly string[] = []): number[] {
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const number = (text: string) => (names.includes(text) ? from + names.indexOf(text) : Number(text));
  const values = field.split(",").flatMap((part) => {
    const [range = "*", step] = part.split("/");
    const [first, last] = range.split("-");
    const low = range === "*" || range === "?" ? from : number(first ?? "");
    const high = range === "*" || range === "?" ? to : last === undefined ? (step ? to : low) : number(last);
    return all.filter((value) => value >= low && value <= high && (value - low) % Number(step ?? 1) === 0);
  });
  return values.length > 0 ? [...new Set(values)] : all;
}

/** Hours of a week, Monday 00:00 being 0, in which a weekly `cron(...)` fires; undefined for any other schedule. */
export function weekHoursOf(expression: string): number[] | undefined {
  const [, minute, hour = "*", day = "?", month = "*", weekday = "*"] =
    /^cron\((\S+) (\S+) (\S+) (\S+) (\S+)/.exec(expression) ?? [];
  if (minute === undefined || month !== "*" || !["?", "*"].includes(day) || /[#L]/.test(weekday)) return undefined;
  return valuesOf(weekday, 1, 7, weekdays).flatMap((one) =>
    valuesOf(hour, 0, 23).map((at) => ((one + 5) % 7) * 24 + at),
  );
}
