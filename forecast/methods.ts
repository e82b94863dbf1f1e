import { dayHours, median, weekHours } from "./history.js";

/** Expects a value of an hour, from what was known before the day that it is in. */
export interface Method {
  readonly name: string;
  /** @returns undefined where the history has nothing to go by */
  expect(values: readonly (number | undefined)[], dayBegin: number, hour: number): number | undefined;
}

type Values = readonly (number | undefined)[];

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

const yesterday: Method = {
  name: "yesterday",
  expect: (values, dayBegin, hour) => before(values, dayBegin, hour, [dayHours])[0],
};

const days: Method = {
  name: "median of the same hour of 7 days",
  expect: (values, dayBegin, hour) => median(before(values, dayBegin, hour, every(dayHours, 7))),
};

const weeks: Method = {
  name: "median of the same hour of 3 weeks",
  expect: (values, dayBegin, hour) => {
    const known = before(values, dayBegin, hour, every(weekHours, 3));
    return known.length < 2 ? undefined : median(known);
  },
};

/** Weeks say how days differ, the last days how high everything is now. */
const both: Method = {
  name: "mean of days and weeks",
  expect: (values, dayBegin, hour) => {
    const [ofDays, ofWeeks] = [days.expect(values, dayBegin, hour), weeks.expect(values, dayBegin, hour)];
    return ofDays === undefined || ofWeeks === undefined ? undefined : (ofDays + ofWeeks) / 2;
  },
};

/** A week may be a third more or less than the one before; beyond that it is no trend. */
const steepest = 1.33;

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
  const change = median(changes) ?? 1;
  return Math.min(steepest, Math.max(1 / steepest, change));
}

/** The median of three weeks is two weeks old: it grows, or shrinks, as the level did. */
const trending: Method = {
  name: "median of the same hour of 3 weeks, with the trend",
  expect: (values, dayBegin, hour) => {
    const expected = weeks.expect(values, dayBegin, hour);
    return expected === undefined ? undefined : expected * weeklyTrend(values, dayBegin) ** 2;
  },
};

/** In this order one is preferred to the next where they are equally good. */
export const methods: readonly Method[] = [weeks, trending, both, days, yesterday];
