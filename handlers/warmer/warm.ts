import { metricLine, type WriteLine } from "../../runtime/observability/metrics.js";
import type { CallOutcome, Invoke } from "./invoke.js";

/** What a schedule sends: whom to warm, and how. */
export interface WarmEvent {
  readonly functionName: string;
  readonly alias: string;
  /** Execution environments that are called at once. */
  readonly concurrency: number;
  /** How long each is kept busy, in milliseconds. */
  readonly holdMs: number;
}

/** What a round of calls has reached. */
export interface Round {
  readonly functionName: string;
  readonly asked: number;
  /** Different execution environments that have answered. */
  readonly environments: number;
  /** Of these, how many were there already. */
  readonly warm: number;
  /** And how many this round has started. */
  readonly cold: number;
  /** Calls that Lambda refused because the function is in use as much as it may be. */
  readonly busy: number;
  readonly failed: number;
  /** Why, once for each reason. */
  readonly reasons: readonly string[];
}

/** The event of a schedule is not what the toolkit writes into it. */
export class WarmEventError extends Error {
  override readonly name = "WarmEventError";
}

/** Most environments of one round. */
const mostAtOnce = 100;

/** @throws WarmEventError */
export function readEvent(event: unknown): WarmEvent {
  const { functionName, alias, concurrency, holdMs } = (event ?? {}) as Partial<WarmEvent>;
  const isName = (text: unknown): text is string => typeof text === "string" && /^[\w-]{1,64}$/.test(text);
  const isCount = (value: unknown, most: number): value is number =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
  if (!isName(functionName) || !isName(alias) || !isCount(concurrency, mostAtOnce) || !isCount(holdMs, 1_000)) {
    throw new WarmEventError("The event names no alias to warm; deploy the schedules of the warmer again.");
  }
  return { functionName, alias, concurrency, holdMs };
}

/** Calls an alias as often as asked, all at once, and counts what has answered as metrics in `Evenkeel/Warming`. */
export async function warm(event: WarmEvent, invoke: Invoke, writeMetric: WriteLine): Promise<Round> {
  const { functionName, alias, concurrency, holdMs } = event;
  const outcomes = await Promise.all(Array.from({ length: concurrency }, () => invoke(functionName, alias, holdMs)));
  const round = roundOf(event, outcomes);
  const count = (value: number) => ({ value, unit: "Count" }) as const;
  writeMetric(
    metricLine({
      namespace: "Evenkeel/Warming",
      dimensions: { FunctionName: functionName },
      metrics: {
        WarmEnvironments: count(round.warm),
        ColdEnvironments: count(round.cold),
        BusyCalls: count(round.busy),
        FailedCalls: count(round.failed),
      },
    }),
  );
  return round;
}

function roundOf({ functionName, concurrency }: WarmEvent, outcomes: readonly CallOutcome[]): Round {
  // One that was started by the first of two calls is warm for the second.
  const started = new Map<string, boolean>();
  const reasons = new Set<string>();
  let [busy, failed] = [0, 0];
  for (const outcome of outcomes) {
    if (outcome.outcome === "answered")
      started.set(outcome.environment, outcome.cold || (started.get(outcome.environment) ?? false));
    else if (outcome.outcome === "busy") busy += 1;
    else {
      failed += 1;
      reasons.add(outcome.because);
    }
  }
  const cold = [...started.values()].filter(Boolean).length;
  return {
    functionName,
    asked: concurrency,
    environments: started.size,
    warm: started.size - cold,
    cold,
    busy,
    failed,
    reasons: [...reasons],
  };
}
