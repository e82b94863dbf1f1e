/** One hour of history: how many environments were needed at once at its busiest moment. */
export interface HourOfHistory {
  /** Begin of the hour, in milliseconds since 1970. */
  readonly start: number;
  /** Environments in use at once, at most. */
  readonly value: number;
}

export const hourMs = 3_600_000;
export const dayHours = 24;
export const weekHours = 168;

/** What {@link regularHistory} makes of hours without a value. */
export interface Missing {
  /** What such an hour means: nothing was called, or nobody knows. */
  readonly missing: "zero" | "unknown";
  /** When the history was read, in milliseconds since 1970: nobody knows an hour that had not ended then. By default all have. */
  readonly readAt?: number;
}

/**
 * History without holes, one value an hour, ending where the forecast day begins: `undefined` where nothing is known. Of two values
 * for an hour the greater one counts. It begins with the first hour that has a value.
 */
export function regularHistory(
  history: readonly HourOfHistory[],
  dayStart: number,
  { missing, readAt = dayStart }: Missing,
): (number | undefined)[] {
  const byHour = new Map<number, number>();
  const end = Math.floor(dayStart / hourMs);
  const known = Math.min(end, Math.floor(readAt / hourMs));
  for (const { start, value } of history) {
    const hour = Math.floor(start / hourMs);
    if (hour < known && Number.isFinite(value) && value >= 0) byHour.set(hour, Math.max(value, byHour.get(hour) ?? 0));
  }
  const first = Math.min(...byHour.keys());
  if (!Number.isFinite(first)) return [];
  const filler = missing === "zero" ? 0 : undefined;
  return Array.from({ length: end - first }, (_, index) =>
    first + index < known ? (byHour.get(first + index) ?? filler) : undefined,
  );
}

/**
 * The same history with single peaks cut off: what is above three times the 90th percentile of its hour of the day, over all days,
 * was an incident or a campaign, and says nothing of the next day. At least a week has to be there, or nothing is cut.
 */
export function withoutOutliers(values: readonly (number | undefined)[]): (number | undefined)[] {
  if (values.length < weekHours) return [...values];
  const limits = Array.from({ length: dayHours }, (_, hour) => {
    const same = values.filter((value, index): value is number => value !== undefined && index % dayHours === hour);
    return Math.max(1, 3 * (quantile(same, 0.9) ?? 0));
  });
  return values.map((value, index) =>
    value === undefined ? undefined : Math.min(value, limits[index % dayHours] as number),
  );
}

/** A quantile with linear interpolation; undefined of no values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(position)] as number, sorted[Math.ceil(position)] as number];
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (values: readonly number[]): number | undefined => quantile(values, 0.5);
