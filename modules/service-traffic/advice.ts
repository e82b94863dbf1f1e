import { hoursPerMonth, lambdaPricesIn, priceIn } from "../../values/prices";
import type { ServiceTrafficConfig } from "./config";
import { hoursPerWeek } from "./hours";
import { TrafficWeek } from "./week";

/** Ways to have execution environments ready, the simplest first. */
export const warmingKinds = ["nothing", "warmer", "provisioned", "provisioned by hour"] as const;

export type WarmingKind = (typeof warmingKinds)[number];

/** One way, and what comes of it. */
export interface WarmingOption {
  readonly kind: WarmingKind;
  /** Environments that are kept, in the hour with the most. */
  readonly environments: number;
  /** Environments that are kept, in the hour with the fewest. */
  readonly leastEnvironments: number;
  /** Share of requests that meet a cold start, between 0 and 1: of the week or of its worst hour, as the objective says. */
  readonly coldShare: number;
  /** Whether the latency objective holds. */
  readonly meets: boolean;
  /** US dollars a month for executions, requests and what is kept, in all regions. */
  readonly monthlyUsd: number;
}

/** What the chooser says of a service. */
export interface WarmingAdvice {
  readonly options: readonly WarmingOption[];
  /** The cheapest way with which the objective holds. */
  readonly cheapest: WarmingOption;
  /** Share of requests that may meet a cold start, between 0 and 1. */
  readonly allowedColdShare: number;
  /** Requests per second in the busiest seconds, and the executions that they need at once. */
  readonly peak: { readonly requestsPerSecond: number; readonly executions: number };
  /** The reason, in sentences. */
  readonly why: string;
  /** Regions without prices of their own; those of another region stand in. */
  readonly assumedPrices: readonly string[];
}

/** What of a service's function the costs follow from. */
export interface AdvisedFunction {
  readonly memoryMb: number;
}

/**
 * How a warmer is reckoned with: its defaults, and no more environments than these. Its calls come while requests do, so that with more of
 * them a busy function starts environments for the calls alone.
 */
export const reckonedWarmer = { everyMinutes: 5, holdMs: 75, mostEnvironments: 20, memoryMb: 256 } as const;

const monthOfWeek = hoursPerMonth / hoursPerWeek;

/**
 * Which of nothing, a warmer and provisioned concurrency is the cheapest with which the latency objective of a service holds.
 * @param regions where the service runs, the one that serves first; the others have as much warm, and no requests
 * @param week that of `traffic`, where somebody has it already
 * @throws TrafficFileError
 * @see https://aws.amazon.com/lambda/pricing/
 */
export function warmingAdvice(
  traffic: ServiceTrafficConfig,
  { memoryMb }: AdvisedFunction,
  regions: readonly string[],
  week: TrafficWeek = new TrafficWeek(traffic),
): WarmingAdvice {
  const gigabytes = memoryMb / 1024;
  const [serving = "", ...standby] = regions;
  const prices = lambdaPricesIn(serving);
  const everySeconds = reckonedWarmer.everyMinutes * 60;
  const perMonth = (ofWeek: number) => ofWeek * monthOfWeek;
  const seconds = traffic.averageDurationMs / 1000;
  const onDemand = (requests: number, cold: number) =>
    (requests * seconds + (cold * traffic.coldStartMs) / 1000) * gigabytes * prices.onDemandGbSecond;
  const requestsUsd = perMonth(week.requests) * prices.request;

  const unprovisioned = (kind: WarmingKind, warm: number, cold: readonly number[], kept: number): WarmingOption => ({
    kind,
    environments: warm,
    leastEnvironments: warm,
    coldShare: week.coldShare(cold),
    meets: week.meets(cold),
    monthlyUsd: requestsUsd + onDemand(perMonth(week.requests), perMonth(sum(cold))) + kept,
  });
  const provisioned = (kind: WarmingKind, byHour: readonly number[]): WarmingOption => {
    const cold = week.coldByHour(byHour);
    const spilled = week.beyond(byHour);
    const inside = perMonth(Math.max(0, week.requests - spilled)) * seconds * gigabytes;
    const keptGbSeconds = perMonth(sum(byHour)) * 3600 * gigabytes;
    const kept = [serving, ...standby].reduce(
      (total, region) => total + keptGbSeconds * lambdaPricesIn(region).provisionedGbSecond,
      0,
    );
    return {
      kind,
      environments: Math.max(...byHour),
      leastEnvironments: Math.min(...byHour),
      coldShare: week.coldShare(cold),
      meets: week.meets(cold),
      monthlyUsd:
        requestsUsd +
        inside * prices.provisionedDurationGbSecond +
        onDemand(perMonth(spilled), perMonth(sum(cold))) +
        kept,
    };
  };

  const warm = week.fewestWarm(reckonedWarmer.mostEnvironments, everySeconds) ?? reckonedWarmer.mostEnvironments;
  const fixed = week.fewestWarm(Number.POSITIVE_INFINITY) ?? 1;
  const options = [
    unprovisioned("nothing", 0, week.coldByHour(0), 0),
    unprovisioned("warmer", warm, week.coldByHour(warm, everySeconds), warmerUsd(warm, gigabytes, regions)),
    provisioned("provisioned", Array<number>(hoursPerWeek).fill(fixed)),
    provisioned("provisioned by hour", week.fewestByHour()),
  ];
  const cheapest = cheapestOf(options);
  return {
    options,
    cheapest,
    allowedColdShare: week.allowedColdShare,
    peak: { requestsPerSecond: week.peak, executions: week.executionsAtPeak },
    why: reasonFor(cheapest, options, week, traffic),
    assumedPrices: regions.filter((region) => lambdaPricesIn(region).assumed),
  };
}

/**
 * What a warmer costs in a month, in US dollars: its schedule, its own function, and the calls that it makes.
 * @param gigabytes memory of the function that is warmed
 */
export function warmerUsd(
  environments: number,
  gigabytes: number,
  regions: readonly string[],
  { everyMinutes, holdMs }: { readonly everyMinutes: number; readonly holdMs: number } = reckonedWarmer,
): number {
  const rounds = (hoursPerMonth * 60) / everyMinutes;
  return regions.reduce((total, region) => {
    const { request, onDemandGbSecond } = lambdaPricesIn(region);
    const call = request + (holdMs / 1000) * gigabytes * onDemandGbSecond;
    const own = request + ((holdMs + 100) / 1000) * (reckonedWarmer.memoryMb / 1024) * onDemandGbSecond;
    return total + rounds * (environments * call + own + priceIn("scheduler.invocations", region).usd);
  }, 0);
}

/** The cheapest of those that meet the objective; the simplest, where they cost the same. */
function cheapestOf(options: readonly WarmingOption[]): WarmingOption {
  const meeting = options.filter(({ meets }) => meets);
  const candidates = meeting.length > 0 ? meeting : options.slice(-1);
  return candidates.reduce((best, option) => (option.monthlyUsd < best.monthlyUsd ? option : best));
}

function reasonFor(
  cheapest: WarmingOption,
  options: readonly WarmingOption[],
  week: TrafficWeek,
  { averageDurationMs, coldStartMs, latency }: ServiceTrafficConfig,
): string {
  const allowed =
    week.allowedColdShare === 1
      ? `A cold request takes ${averageDurationMs + coldStartMs} ms, which is within the objective of ${latency.objectiveMs} ms.`
      : `${percent(week.allowedColdShare)} of the requests ${latency.each === "week" ? "of a week" : "of each hour"} may meet a cold start; with ${cheapest.kind} ${percent(cheapest.coldShare)} do.`;
  const nothing = options.find(({ kind }) => kind === "nothing");
  const failing = options.filter(({ meets, monthlyUsd }) => !meets && monthlyUsd < cheapest.monthlyUsd);
  const dearer = options.filter(({ kind, meets }) => meets && kind !== cheapest.kind);
  const saves = nothing && cheapest.kind !== "nothing" && nothing.meets && cheapest.monthlyUsd < nothing.monthlyUsd;
  return [
    allowed,
    ...(saves ? ["The environments are in use so much that provisioned ones cost less than those on demand."] : []),
    ...failing.map(({ kind, coldShare }) => `With ${kind} it would be ${percent(coldShare)}.`),
    ...dearer.map(
      ({ kind, monthlyUsd }) =>
        `${kind[0]?.toUpperCase()}${kind.slice(1)} would cost ${usd(monthlyUsd - cheapest.monthlyUsd)} more.`,
    ),
  ].join(" ");
}

/** A share as a percentage with two digits that say something: `0.043 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return "0 %";
  return value < 0.001 ? "less than 0.001 %" : `${Number(value.toPrecision(2))} %`;
}

/** US dollars, to the cent. */
export function usd(amount: number): string {
  return `${amount.toFixed(2)} USD`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
