import type { Problem } from "../problem";
import { show } from "./nearest";

interface Field {
  /** The name in messages: `its hour is 99`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names that may stand for numbers; the first one is `min`. */
  readonly names?: readonly string[];
}

const minute: Field = { name: "minute", min: 0, max: 59 };
const hour: Field = { name: "hour", min: 0, max: 23 };
const dayOfMonth: Field = { name: "day of the month", min: 1, max: 31 };
const month: Field = {
  name: "month",
  min: 1,
  max: 12,
  names: words("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
};
const dayOfWeek: Field = { name: "day of the week", min: 1, max: 7, names: words("SUN MON TUE WED THU FRI SAT") };
const year: Field = { name: "year", min: 1970, max: 2199 };

const order = "minute, hour, day of the month, month, day of the week and year";

/** What the six fields of a cron expression say; the fields are without problems. */
export interface Cron {
  readonly minute: string;
  readonly month: string;
  readonly dayOfMonth: string;
}

/**
 * Checks the fields within `cron(...)`, as EventBridge, EventBridge Scheduler, Application Auto Scaling and AWS Backup
 * take them: it is a dialect of AWS's own, with `?` in one of the two day fields and a year.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function cronFields(text: string): Problem | undefined {
  const parts = text.split(/\s+/);
  if (parts.includes("")) return `has a space at the start or end; write ${order}, separated by single spaces`;
  if (parts.length !== 6) return `has ${parts.length} fields; write six: ${order}`;
  const [minutes, hours, days, months, weekdays, years] = parts as [string, string, string, string, string, string];
  return (
    fieldProblem(minute, minutes) ??
    fieldProblem(hour, hours) ??
    (days === "?" ? undefined : dayOfMonthProblem(days)) ??
    fieldProblem(month, months) ??
    (weekdays === "?" ? undefined : dayOfWeekProblem(weekdays)) ??
    fieldProblem(year, years) ??
    daysProblem(days, weekdays) ??
    neverProblem(days, months)
  );
}

/** How often at most a checked cron expression runs within an hour. */
export function runsPerHour(text: string): number {
  return values(minute, text.split(/\s+/)[0] ?? "").size;
}

const dayMinutes = 24 * 60;
/** Four years have every weekday on every date of February 29's cycle that matters for a wait. */
const daysLookedAt = 4 * 365 + 1;

/**
 * The longest time between two runs of a checked cron expression, in minutes, years aside; Infinity for one that ends, as it names
 * years, or runs on one day in the time that is looked at.
 */
export function longestWait(text: string): number {
  const wait = waits.get(text) ?? findLongestWait(text);
  waits.set(text, wait);
  return wait;
}

/** Looking at four years takes a moment, and rules ask for a schedule in each region. */
const waits = new Map<string, number>();

function findLongestWait(text: string): number {
  const [minutes, hours, days, months, weekdays, years] = text.split(/\s+/) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (years !== "*") return Number.POSITIVE_INFINITY;
  const inDay = [...values(hour, hours)]
    .flatMap((atHour) => [...values(minute, minutes)].map((atMinute) => atHour * 60 + atMinute))
    .sort((a, b) => a - b);
  const chosenMonths = values(month, months);
  const isChosen = days === "?" ? weekdayTest(weekdays) : dayOfMonthTest(days);
  const [first = 0] = inDay;
  const last = inDay.at(-1) ?? first;
  let lastDay: number | undefined;
  let mostDays = 0;
  for (let day = 0; day < daysLookedAt; day++) {
    const date = new Date(Date.UTC(2024, 0, 1 + day));
    if (!chosenMonths.has(date.getUTCMonth() + 1)) continue;
    if (!isChosen(date)) continue;
    if (lastDay !== undefined) mostDays = Math.max(mostDays, day - lastDay);
    lastDay = day;
  }
  if (mostDays === 0) return Number.POSITIVE_INFINITY;
  const withinDay = inDay.slice(1).map((at, index) => at - (inDay[index] ?? at));
  return Math.max(mostDays * dayMinutes + first - last, ...withinDay);
}

/** Whether a date has a day of the month that is chosen. */
function dayOfMonthTest(text: string): (date: Date) => boolean {
  if (text === "L") return (date) => date.getUTCDate() === lastOf(date);
  if (text === "LW") return (date) => date.getUTCDate() === nearestWorkday(date, lastOf(date));
  if (text.endsWith("W")) {
    const near = Number(text.slice(0, -1));
    return (date) => date.getUTCDate() === nearestWorkday(date, near);
  }
  const chosen = values(dayOfMonth, text);
  return (date) => chosen.has(date.getUTCDate());
}

/** Whether a date has a day of the week that is chosen. */
function weekdayTest(text: string): (date: Date) => boolean {
  if (text === "*") return () => true;
  // Without a day before it, the last day of the week.
  if (text === "L") return (date) => weekdayOf(date) === dayOfWeek.max;
  const [named = "", which] = text.split("#");
  if (which !== undefined) {
    const weekday = numberOf(dayOfWeek, named);
    return (date) => weekdayOf(date) === weekday && Math.ceil(date.getUTCDate() / 7) === Number(which);
  }
  if (text.endsWith("L")) {
    const weekday = numberOf(dayOfWeek, text.slice(0, -1));
    return (date) => weekdayOf(date) === weekday && date.getUTCDate() > lastOf(date) - 7;
  }
  const chosen = values(dayOfWeek, text);
  return (date) => chosen.has(weekdayOf(date));
}

/** From Sunday as 1 on. */
const weekdayOf = (date: Date): number => date.getUTCDay() + 1;

/** The last day of a date's month. */
const lastOf = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

/** The day from Monday to Friday that is nearest to a day of a date's month, in the same month. */
function nearestWorkday(date: Date, day: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < lastOf(date) ? day + 1 : day - 2;
  return day;
}

function daysProblem(days: string, weekdays: string): Problem | undefined {
  if (days === "?" && weekdays === "?") {
    return "has ? as both the day of the month and the day of the week; write * or days in one of them";
  }
  if (days !== "?" && weekdays !== "?") {
    return weekdays === "*"
      ? "sets both the day of the month and the day of the week; write ? as the day of the week"
      : "sets both the day of the month and the day of the week; write ? in one of them";
  }
  return undefined;
}

/** A day that none of the chosen months has, such as February 30. */
function neverProblem(days: string, months: string): Problem | undefined {
  if (!/^[\d,/-]+$/.test(days)) return undefined;
  const first = Math.min(...values(dayOfMonth, days));
  const longest = Math.max(...[...values(month, months)].map(daysOf));
  return first > longest ? `never runs, because none of its months has a day ${first}; use an earlier day` : undefined;
}

function dayOfMonthProblem(text: string): Problem | undefined {
  if (text === "L" || text === "LW") return undefined;
  if (text.endsWith("W") && !text.includes(",")) return valueProblem(dayOfMonth, text.slice(0, -1));
  return fieldProblem(dayOfMonth, text);
}

function dayOfWeekProblem(text: string): Problem | undefined {
  if (text === "L") return undefined;
  if (text.includes("#")) {
    const [day = "", which = "", ...rest] = text.split("#");
    if (text.includes(",") || rest.length > 0) {
      return "combines # with other days of the week; use one such as 3#2, and a separate schedule for each other day";
    }
    const problem = valueProblem(dayOfWeek, day);
    if (problem) return problem;
    return /^[1-5]$/.test(which)
      ? undefined
      : `its day of the week has ${show(which) || "nothing"} after #; use 1 to 5`;
  }
  if (text.endsWith("L") && !text.includes(",")) return valueProblem(dayOfWeek, text.slice(0, -1));
  return fieldProblem(dayOfWeek, text);
}

function fieldProblem(field: Field, text: string): Problem | undefined {
  for (const item of text.split(",")) {
    const problem = itemProblem(field, item);
    if (problem) return problem;
  }
  return undefined;
}

/** One of the values of a field: `*`, a value, a range, each of them with a step. */
function itemProblem(field: Field, item: string): Problem | undefined {
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0) return `its ${field.name} has two steps; write one, such as 0/15`;
  if (step !== undefined) {
    if (!isNumber(step)) return `its ${field.name} has the step ${show(step) || "nothing"}; use a number after /`;
    const longest = field.max - field.min;
    if (Number(step) < 1 || Number(step) > longest) {
      return `its ${field.name} has the step ${show(step)}; use 1 to ${longest}`;
    }
  }
  if (range === "*") return undefined;
  const [first = "", last, ...rest] = range.split("-");
  if (rest.length > 0) return `its ${field.name} has a range with more than two ends; separate ranges by commas`;
  const problem = valueProblem(field, first) ?? (last === undefined ? undefined : valueProblem(field, last));
  if (problem || last === undefined) return problem;
  return numberOf(field, first) > numberOf(field, last)
    ? `its ${field.name} has the range ${range}, which ends before it starts; write two ranges, with a comma between them`
    : undefined;
}

function valueProblem(field: Field, text: string): Problem | undefined {
  const { name, min, max, names } = field;
  const range = `use ${min} to ${max}${names ? `, or ${names[0]} to ${names[names.length - 1]}` : ""}`;
  if (text === "") return `its ${name} lacks a value; ${range}`;
  if (names?.includes(text)) return undefined;
  if (names?.includes(text.toUpperCase())) return `its ${name} is ${text}; write ${text.toUpperCase()}`;
  if (text === "?") return `its ${name} is ?, which only the day of the month or the day of the week can be; use *`;
  if (!isNumber(text)) return `its ${name} is ${show(text)}; ${range}`;
  return Number(text) < min || Number(text) > max ? `its ${name} is ${show(text)}; ${range}` : undefined;
}

/** All values that a checked field chooses. */
function values(field: Field, text: string): Set<number> {
  const chosen = new Set<number>();
  for (const item of text.split(",")) {
    const [range = "", step] = item.split("/");
    const [first = "", last] = range.split("-");
    const from = first === "*" ? field.min : numberOf(field, first);
    const to = first === "*" || (last === undefined && step !== undefined) ? field.max : numberOf(field, last ?? first);
    for (let value = from; value <= to; value += Number(step ?? 1)) chosen.add(value);
  }
  return chosen;
}

function numberOf({ min, names }: Field, text: string): number {
  const at = names?.indexOf(text) ?? -1;
  return at >= 0 ? at + min : Number(text);
}

const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text);

const daysOf = (number: number): number => (number === 2 ? 29 : [4, 6, 9, 11].includes(number) ? 30 : 31);

function words(text: string): readonly string[] {
  return text.split(" ");
}
