import type { TrafficHour } from "./hours";

/**
 * What is taken to be true of execution environments. AWS documents none of it: environments are customarily kept for minutes without a
 * call, and replaced after hours even with calls.
 */
export const assumedOfLambda = {
  /** How long an environment without a call stays, in seconds. */
  idleSeconds: 300,
  /** How long an environment lives at the most, on average, in seconds. */
  lifetimeSeconds: 7_200,
  /** How long the busiest part of an hour lasts, in seconds; less than an idle environment stays. */
  burstSeconds: 180,
} as const;

const hourSeconds = 3_600;

/** One hour by levels: level k is the k-th environment, which works while at least k requests are there at once. */
export interface HourLevels {
  /** Requests of the hour. */
  readonly requests: number;
  /** Requests of the hour that find so many environments all at work, and go to others. */
  beyond(environments: number): number;
  /** Requests of the hour that meet a cold start, if that many environments are always there. */
  coldAbove(warm: number): number;
  /** Requests of the hour that meet a cold start in environments that a warmer calls every so many seconds. */
  coldWithin(warm: number, everySeconds: number): number;
  /** The last level that anything comes to. */
  readonly highest: number;
}

/**
 * Levels of an hour with requests that come independently of each other, so that the number of those in work at once follows Poisson's
 * distribution; with one burst, in which they come at the rate of the peak.
 * @param seconds duration of a request
 */
export function levelsOf({ average, peak }: TrafficHour, seconds: number): HourLevels {
  const { burstSeconds, idleSeconds, lifetimeSeconds } = assumedOfLambda;
  const share = burstSeconds / hourSeconds;
  const burst = Math.min(peak, average / share);
  const base = (average - burst * share) / (1 - share);
  const inBase = arrivalsByLevel(base, seconds);
  const inBurst = arrivalsByLevel(burst, seconds);
  const highest = Math.max(inBase.length, inBurst.length);
  const uses: number[] = [];
  const cold: number[] = [];
  for (let level = 0; level < highest; level += 1) {
    const [slow, fast] = [inBase[level] ?? 0, inBurst[level] ?? 0];
    const used = slow * (hourSeconds - burstSeconds) + fast * burstSeconds;
    const gone = Math.exp(-slow * idleSeconds);
    const afterIdle = slow * (hourSeconds - burstSeconds) * gone + (1 - Math.exp(-fast * burstSeconds)) * gone;
    const replaced = (hourSeconds / lifetimeSeconds) * (1 - Math.exp((-used / hourSeconds) * idleSeconds));
    uses.push(used);
    cold.push(Math.min(used, afterIdle + replaced));
  }
  const coldFrom = sumsFrom(cold);
  const [lostInBase, lostInBurst] = [lostShares(base * seconds, highest), lostShares(burst * seconds, highest)];
  return {
    requests: average * hourSeconds,
    highest,
    beyond: (environments) =>
      base * (hourSeconds - burstSeconds) * (lostInBase[environments] ?? 0) +
      burst * burstSeconds * (lostInBurst[environments] ?? 0),
    coldAbove: (warm) => coldFrom[warm] ?? 0,
    coldWithin: (warm, everySeconds) => {
      let sum = 0;
      for (const [level, used] of uses.slice(0, warm).entries()) {
        // A replaced environment is back with the next call of the warmer, unless a request comes first.
        const calls = (used / hourSeconds) * everySeconds;
        const first = calls < 1e-9 ? calls / 2 : 1 - (1 - Math.exp(-calls)) / calls;
        sum += Math.min(cold[level] ?? 0, (hourSeconds / lifetimeSeconds) * first);
      }
      return sum;
    },
  };
}

/**
 * For each number of environments, the share of requests that find all of them at work (Erlang's formula B).
 * @param load requests in work at once, on average
 */
function lostShares(load: number, most: number): number[] {
  const shares = [load > 0 ? 1 : 0];
  for (let count = 1; count <= most; count += 1) {
    const lost = load * (shares[count - 1] ?? 0);
    shares.push(lost / (count + lost));
  }
  return shares;
}

/** How many requests are in work at once at the most, in all but one of a thousand moments, at a rate and a duration in seconds. */
export function mostAtOnce(requestsPerSecond: number, seconds: number): number {
  const chances = poisson(requestsPerSecond * seconds);
  let reached = 0;
  for (const [count, chance] of chances.entries()) {
    reached += chance;
    if (reached >= 0.999) return count;
  }
  return Math.max(0, chances.length - 1);
}

/** Requests per second that find exactly so many environments at work that they get the one with this index, from 0 on. */
function arrivalsByLevel(rate: number, seconds: number): number[] {
  return rate === 0 ? [] : poisson(rate * seconds).map((chance) => rate * chance);
}

/** The chances of 0, 1, 2, … at a mean, up to where nothing is left of them. */
function poisson(mean: number): number[] {
  const last = Math.ceil(mean + 8 * Math.sqrt(mean) + 8);
  const chances: number[] = [];
  // Logarithms, as exp(-mean) is 0 for large ones.
  let logarithm = -mean;
  for (let count = 0; count <= last; count += 1) {
    if (count > 0) logarithm += Math.log(mean) - Math.log(count);
    chances.push(Math.exp(logarithm));
  }
  return chances;
}

/** For each index, the sum from there on. */
function sumsFrom(values: readonly number[]): number[] {
  const sums = [...values];
  for (let index = sums.length - 2; index >= 0; index -= 1) sums[index] = (sums[index] ?? 0) + (sums[index + 1] ?? 0);
  return sums;
}
