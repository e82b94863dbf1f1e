/** How many hours a profile may state: those of a day, or of a week from Monday on. */
export const hourCounts = [24, 168] as const;

/** Hours of a week. */
export const hoursPerWeek = 168;

/** One hour of the week, Monday 00:00 being the first. */
export interface TrafficHour {
  /** Requests per second on average. */
  readonly average: number;
  /** Requests per second in its busiest seconds. */
  readonly peak: number;
}

/** 24 or 168 averages as the hours of a week. */
export function weekOf(averages: readonly number[], peakFactor: number): TrafficHour[] {
  return Array.from({ length: hoursPerWeek }, (_, hour) => {
    const average = averages[hour % averages.length] ?? 0;
    return { average, peak: average * peakFactor };
  });
}

/** Name of an hour of the week, for people: `Monday 09:00`. */
export function nameOfHour(hour: number): string {
  const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  return `${days[Math.floor(hour / 24) % 7]} ${String(hour % 24).padStart(2, "0")}:00`;
}
