import { dayHours, median, weekHours } from "./history.js";

/** Expects the values of a day from what was known before it. */
export interface Method {
  readonly name: string;
  /**
   * @param dayBegin index of the first hour of the day; only values before it are looked at
   * @returns what it expects of an hour by its index; undefined where the history has nothing to go by
   */
  day(values: Values, dayBegin: number): Expect;
}

type Values = readonly (number | undefined)[];
type Expect = (hour: number) => number | undefined;

/** Values at the given numbers of hours before the hour that is expected; those of the day itself are not known yet. */
function before(values: Values, dayBegin: number, hour: number, lags: readonly number[]): number[] {
  return lags.flatMap((lag) => {
    const index = hour - lag;
    const value = index < dayBegin ? values[index] : undefined;
    return value === undefined ? [] : [value];
  });
}

const every = (step: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (index + 1) * step);
const sevenDays = every(dayHours, 7);
const threeWeeks = every(weekHours, 3);

const yesterday: Method = {
  name: "yesterday",
  day: (values, dayBegin) => (hour) => before(values, dayBegin, hour, [dayHours])[0],
};

const days: Method = {
  name: "median of the same hour of 7 days",
  day: (values, dayBegin) => (hour) => median(before(values, dayBegin, hour, sevenDays)),
};

const weeks: Method = {
  name: "median of the same hour of 3 weeks",
  day: (values, dayBegin) => (hour) => {
    const known = before(values, dayBegin, hour, threeWeeks);
    return known.length < 2 ? undefined : median(known);
  },
};

/** Weeks say how days differ, the last days how high everything is now. */
const both: Method = {
  name: "mean of days and weeks",
  day: (values, dayBegin) => {
    const [ofDays, ofWeeks] = [days.day(values, dayBegin), weeks.day(values, dayBegin)];
    return (hour) => {
      const [day, week] = [ofDays(hour), ofWeeks(hour)];
      return day === undefined || week === undefined ? undefined : (day + week) / 2;
    };
  },
};

/** A week may be a third more or less than the one before; beyond that it is no trend. */
const steepest = 4 / 3;

/**
 * How the level changes from week to week, as a factor: the median of the changes between weeks that follow each other, of the
 * last four; 1 with less than two weeks of history.
 */
export function weeklyTrend(values: Values, dayBegin: number): number {
  const level = (end: number): number | undefined => {
    const known = values.slice(Math.max(0, end - weekHours), end).filter((value) => value !== undefined);
    return end < weekHours || known.length < weekHours / 2
      ? undefined
      : known.reduce((a, b) => a + b, 0) / known.length;
  };
  const changes = [0, 1, 2].flatMap((week) => {
    const [later, earlier] = [level(dayBegin - week * weekHours), level(dayBegin - (week + 1) * weekHours)];
    return later && earlier ? [later / earlier] : [];
  });
  return Math.min(steepest, Math.max(1 / steepest, median(changes) ?? 1));
}

/** The median of three weeks is two weeks old: it grows, or shrinks, as the level did. */
const trending: Method = {
  name: "median of the same hour of 3 weeks, with the trend",
  day: (values, dayBegin) => {
    const ofWeeks = weeks.day(values, dayBegin);
    const factor = weeklyTrend(values, dayBegin) ** 2;
    return (hour) => {
      const expected = ofWeeks(hour);
      return expected === undefined ? undefined : expected * factor;
    };
  },
};

/** In this order one is preferred to the next where they are equally good. */
export const methods: readonly Method[] = [weeks, trending, both, days, yesterday];
