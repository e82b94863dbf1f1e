import type { ServiceFunctionConfig } from "../service-function";
import { weekHoursOf } from "./cron";
import { hoursPerWeek } from "./hours";

type Provisioned = NonNullable<ServiceFunctionConfig["provisionedConcurrency"]>;
type Limits = Pick<Provisioned, "min" | "max">;

/**
 * Provisioned environments of a function in each hour of a week, Monday 00:00 first. Target tracking is taken to keep as many as
 * that many executions need on average, within the limits of the hour.
 * @param executions executions at once on average, by hour
 * @returns undefined for a function without provisioned concurrency
 */
export function provisionedByHour(
  { provisionedConcurrency: provisioned }: Pick<ServiceFunctionConfig, "provisionedConcurrency">,
  executions: (hour: number) => number,
): number[] | undefined {
  if (!provisioned) return undefined;
  return limitsByHour(provisioned).map(({ min, max }, hour) =>
    Math.min(max, Math.max(min, Math.ceil(executions(hour) / provisioned.targetUtilization))),
  );
}

/** The limits in each hour of a week, Monday 00:00 first, as weekly schedules move them. Others are taken to hold for good. */
function limitsByHour({ min, max, schedules }: Provisioned): readonly Limits[] {
  const moves = schedules.map((schedule) => ({ schedule, hours: weekHoursOf(schedule.schedule) }));
  const unknown = moves.filter(({ hours }) => hours === undefined).map(({ schedule }) => schedule);
  const base = unknown.reduce<Limits>((most, one) => (one.min > most.min ? one : most), { min, max });
  const at = new Map(moves.flatMap(({ schedule, hours = [] }) => hours.map((hour) => [hour, schedule] as const)));
  const last = [...at.keys()].sort((one, two) => two - one)[0];
  let now: Limits = (last === undefined ? undefined : at.get(last)) ?? base;
  return Array.from({ length: hoursPerWeek }, (_, hour) => {
    now = at.get(hour) ?? now;
    return now;
  });
}
