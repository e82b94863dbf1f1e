/** An hour: how many environments it needed, and how many were warm. */
export interface WarmHour {
  readonly need: number;
  readonly warm: number;
}

/** Environments that were needed and not warm, summed over the hours: each is at least one request that met a cold start. */
export const coldOf = (hours: readonly WarmHour[]): number =>
  hours.reduce((sum, { need, warm }) => sum + Math.max(0, need - warm), 0);

/**
 * The number that, kept all the time, has exactly as many cold requests. It lies between two whole numbers: the smaller one for a
 * part of the time, the greater one for the rest.
 */
export function fixedWithEqualCold(hours: readonly WarmHour[]): number {
  const cold = coldOf(hours);
  const coldAt = (warm: number): number => coldOf(hours.map(({ need }) => ({ need, warm })));
  let [low, high] = [0, Math.ceil(hours.reduce((most, { need }) => Math.max(most, need), 0))];
  if (cold >= coldAt(low)) return 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (coldAt(middle) <= cold) high = middle;
    else low = middle;
  }
  const [atLow, atHigh] = [coldAt(low), coldAt(high)];
  return atLow === atHigh ? high : low + (atLow - cold) / (atLow - atHigh);
}
