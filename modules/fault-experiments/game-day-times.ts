/** One experiment of a game day, in minutes after midnight. */
export interface GameDayTime {
  readonly experiment: string;
  readonly start: number;
  readonly end: number;
}

/** Minutes after midnight of `09:30`. */
export function minutesOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** When each experiment of a game day runs. @param minutesOf how long an experiment lasts */
export function gameDayTimes(
  {
    at,
    pauseMinutes,
    experiments,
  }: { readonly at: string; readonly pauseMinutes: number; readonly experiments: readonly string[] },
  minutesOf: (experiment: string) => number,
): GameDayTime[] {
  let start = minutesOfDay(at);
  return experiments.map((experiment) => {
    const end = start + minutesOf(experiment);
    const time = { experiment, start, end };
    start = end + pauseMinutes;
    return time;
  });
}

/** `cron(30 9 ? * TUE#1 *)`. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
export const cronOf = (start: number, day: string, week: number | undefined): string =>
  `cron(${start % 60} ${Math.floor(start / 60)} ? * ${week === undefined ? day : `${day}#${week}`} *)`;
