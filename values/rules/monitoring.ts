import type { ValueProblem } from "../problem";
import type { ValuesRule } from "../types/type-values";
import { blocksOf, numberOf } from "./read";

const day = 86_400;

/**
 * Periods of alarms are 10, 20, 30 seconds or whole minutes, and an alarm looks back over a day, or over a week with
 * periods of an hour or more.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const alarmPeriods: ValuesRule = (values) => {
  const periods: [ValueProblem["path"], number][] = [];
  const add = (path: ValueProblem["path"], period: number | undefined) =>
    period !== undefined && periods.push([path, period]);
  add(["period"], numberOf(values, "period"));
  blocksOf(values, "metric_query").forEach((query, index) => {
    add(["metric_query", index, "period"], numberOf(query, "period"));
    blocksOf(query, "metric").forEach((metric, at) => {
      add(["metric_query", index, "metric", at, "period"], numberOf(metric, "period"));
    });
  });
  const problems: ValueProblem[] = periods
    .filter(([, period]) => ![10, 20, 30].includes(period) && (period % 60 !== 0 || period === 0))
    .map(([path, period]) => ({
      path,
      problem: "is not a valid alarm period; use 10, 20 or 30 s, or a multiple of 60",
      received: period,
    }));
  const evaluations = numberOf(values, "evaluation_periods");
  const longest = Math.max(0, ...periods.map(([, period]) => period));
  const reach = longest >= 3600 ? 7 * day : day;
  if (problems.length === 0 && evaluations !== undefined && evaluations * longest > reach) {
    problems.push({
      path: ["evaluation_periods"],
      problem: `makes the alarm evaluate the last ${evaluations * longest} s, which is longer than CloudWatch allows; use at most ${Math.floor(reach / longest)} periods of ${longest} s`,
      received: evaluations,
    });
  }
  const enough = numberOf(values, "datapoints_to_alarm");
  if (enough !== undefined && evaluations !== undefined && enough > evaluations) {
    problems.push({
      path: ["datapoints_to_alarm"],
      problem: `is above evaluation_periods, ${evaluations}; use at most ${evaluations}`,
      received: enough,
    });
  }
  return problems;
};
