import { cronValues, cronWeekdays } from "../modules/service-traffic";
import { hoursPerMonth } from "../values/prices";

export const secondsPerMonth = hoursPerMonth * 3600;
export const minutesPerMonth = hoursPerMonth * 60;
export const daysPerMonth = hoursPerMonth / 24;

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
  return (countOf(field, 1, 7, cronWeekdays) * daysPerMonth) / 7;
}

const countOf = (field: string, from: number, to: number, names?: readonly string[]): number =>
  cronValues(field, from, to, names).length;
