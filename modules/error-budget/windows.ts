/** How a stretch of time is looked at: `periods` of it, of which so many must be above the rate. */
export interface BurnWindow {
  /** Part of names and addresses: `1h`. */
  readonly name: string;
  readonly periodSeconds: number;
  readonly periods: number;
  readonly breaching: number;
}

/** Two windows that must both lose the budget too fast: the long one says that it matters, the short one that it still goes on. */
export interface BurnPair {
  /** Part of names and addresses: `fast`. */
  readonly name: "fast" | "slow" | "steady";
  /** Whom it calls: somebody now, or somebody in working hours. */
  readonly severity: "page" | "ticket";
  /** How many times as fast as the budget of 30 days allows. */
  readonly burnRate: number;
  readonly long: BurnWindow;
  readonly short: BurnWindow;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const whole = (name: string, periodSeconds: number): BurnWindow => ({ name, periodSeconds, periods: 1, breaching: 1 });

/**
 * The pairs for a budget of 30 days. A period of CloudWatch is at most a day, so three days are three periods, two of which must be
 * above the rate: the mean of three days would need a metric of its own.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const burnPairs: readonly BurnPair[] = [
  { name: "fast", severity: "page", burnRate: 14.4, long: whole("1h", hour), short: whole("5m", 5 * minute) },
  { name: "slow", severity: "page", burnRate: 6, long: whole("6h", 6 * hour), short: whole("30m", 30 * minute) },
  {
    name: "steady",
    severity: "ticket",
    burnRate: 1,
    long: { name: "3d", periodSeconds: day, periods: 3, breaching: 2 },
    short: whole("6h-once", 6 * hour),
  },
];

export const highestBurnRate = Math.max(...burnPairs.map(({ burnRate }) => burnRate));

/** The percentage of failed requests at which a budget is lost at a rate. */
export function percentAt(objectivePercent: number, burnRate: number): number {
  // Without the digits that binary fractions add.
  return Number(((100 - objectivePercent) * burnRate).toFixed(6));
}

/** What is left of a budget, in percent of it; negative once it is spent. @returns null without requests */
export function budgetLeftPercent(objectivePercent: number, requests: number, failed: number): number | null {
  if (requests === 0) return null;
  const allowed = (requests * (100 - objectivePercent)) / 100;
  return ((allowed - failed) / allowed) * 100;
}
