import type { ServiceTrafficConfig } from "./config";
import { type TrafficHour, weekOf } from "./hours";
import { type HourLevels, levelsOf, mostAtOnce } from "./levels";
import { trafficOfFile } from "./traffic-file";

/** A week of a service, by hours. */
export class TrafficWeek {
  private readonly hours: readonly HourLevels[];
  /** Requests per second in the busiest seconds. */
  readonly peak: number;
  /** Executions that are needed at once to answer the peak. */
  readonly executionsAtPeak: number;
  /** Requests of the week. */
  readonly requests: number;

  constructor(
    private readonly traffic: ServiceTrafficConfig,
    projectRoot?: string,
  ) {
    const hours = hoursOf(traffic, projectRoot);
    const seconds = traffic.averageDurationMs / 1000;
    const known = new Map<string, HourLevels>();
    this.hours = hours.map((hour) => {
      const key = `${hour.average} ${hour.peak}`;
      const levels = known.get(key) ?? levelsOf(hour, seconds);
      known.set(key, levels);
      return levels;
    });
    this.peak = Math.max(...hours.map(({ peak }) => peak));
    this.executionsAtPeak = executionsFor(this.peak, traffic.averageDurationMs);
    this.requests = sum(this.hours.map(({ requests }) => requests));
  }

  /** The share of requests that may meet a cold start, between 0 and 1: all, where a cold start is within the objective. */
  get allowedColdShare(): number {
    const { averageDurationMs, coldStartMs, latency } = this.traffic;
    return averageDurationMs + coldStartMs <= latency.objectiveMs ? 1 : 1 - latency.percent / 100;
  }

  /**
   * How many requests of each hour meet a cold start.
   * @param warm environments that are always there, the same in each hour or by hour
   * @param everySeconds for environments that a warmer calls; left out, they are provisioned
   */
  coldByHour(warm: Warm, everySeconds?: number): number[] {
    return this.hours.map((hour, index) => {
      const kept = warmIn(warm, index);
      return hour.coldAbove(kept) + (everySeconds === undefined ? 0 : hour.coldWithin(kept, everySeconds));
    });
  }

  /** Requests of the week that find all of the environments at work that are always there. */
  beyond(warm: Warm): number {
    return sum(this.hours.map((hour, index) => hour.beyond(warmIn(warm, index))));
  }

  /** The share of requests that meet a cold start, between 0 and 1: of the week, or of the worst of its hours. */
  coldShare(cold: readonly number[]): number {
    const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
    if (this.traffic.latency.each === "week") return share(sum(cold), this.requests);
    return Math.max(...cold.map((part, index) => share(part, this.hours[index]?.requests ?? 0)));
  }

  /** Whether the latency objective holds if so many requests of each hour meet a cold start. */
  meets(cold: readonly number[]): boolean {
    return this.coldShare(cold) <= this.allowedColdShare;
  }

  /** The fewest environments, at least one, with which the objective holds; undefined if it does with none up to the limit. */
  fewestWarm(limit: number, everySeconds?: number): number | undefined {
    const holds = (warm: number) => this.meets(this.coldByHour(warm, everySeconds));
    const most = Math.max(1, Math.min(limit, this.highest));
    if (!holds(most)) return undefined;
    let [low, high] = [1, most];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** For each hour the fewest provisioned environments, at least one, with which the objective holds in it. */
  fewestByHour(): number[] {
    const allowed = this.allowedColdShare;
    return this.hours.map((hour) => {
      let warm = 1;
      while (warm < hour.highest && hour.coldAbove(warm) > allowed * hour.requests) warm += 1;
      return warm;
    });
  }

  private get highest(): number {
    return Math.max(1, ...this.hours.map(({ highest }) => highest));
  }
}

/** Environments that are always there: the same number in each hour, or a number for each. */
export type Warm = number | readonly number[];

const warmIn = (warm: Warm, hour: number): number => (typeof warm === "number" ? warm : (warm[hour] ?? 0));

/**
 * Executions at once that a rate needs. Lambda also lets a function have at most ten requests a second for each of them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export function executionsFor(requestsPerSecond: number, durationMs: number): number {
  return Math.max(mostAtOnce(requestsPerSecond, durationMs / 1000), Math.ceil(requestsPerSecond / 10));
}

/** @throws TrafficFileError if it is in a file that cannot be read */
export function hoursOf(traffic: ServiceTrafficConfig, projectRoot?: string): readonly TrafficHour[] {
  const { requestsPerSecond: rates, peakFactor, timezone } = traffic;
  if (typeof rates === "number") return weekOf([rates], peakFactor);
  if (typeof rates === "object") return weekOf(rates, peakFactor);
  return trafficOfFile(rates, { peakFactor, timezone, projectRoot });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
