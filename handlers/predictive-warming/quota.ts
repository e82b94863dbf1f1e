/** An alias with what it is to have in each hour. */
export interface Wanted {
  readonly min: number;
  /** Environments by hour. */
  readonly hours: readonly number[];
}

/**
 * What all aliases get, so that they never have more than `most` together: where they want more in an hour, what is above the minimum
 * of each shrinks by the same share. The minimums stay, as they are what the environment's file promises.
 */
export function withinQuota(wanted: readonly Wanted[], most: number): number[][] {
  const minimums = wanted.reduce((sum, { min }) => sum + min, 0);
  const length = Math.max(0, ...wanted.map(({ hours }) => hours.length));
  const shares = Array.from({ length }, (_, hour) => {
    const above = wanted.reduce((sum, { min, hours }) => sum + Math.max(0, (hours[hour] ?? min) - min), 0);
    return above === 0 ? 1 : Math.min(1, Math.max(0, most - minimums) / above);
  });
  return wanted.map(({ min, hours }) =>
    hours.map((warm, hour) => min + Math.floor(Math.max(0, warm - min) * (shares[hour] ?? 1) + 1e-9)),
  );
}
