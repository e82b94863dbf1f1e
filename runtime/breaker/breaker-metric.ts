import { metricLine, type WriteLine, writeToStandardOutput } from "../observability/metrics.js";

/** The namespace of what is measured of breakers. */
export const breakerNamespace = "Evenkeel/CircuitBreakers";

/** What is measured of a breaker. */
export interface BreakerMeasurement {
  readonly environment: string;
  readonly dependency: string;
  /** The region of its endpoint. */
  readonly region: string;
  /** Whether it is open. */
  readonly open: boolean;
  /** Calls that were refused since the last measurement. */
  readonly refused: number;
  /** Whether this execution environment has just opened it. */
  readonly opened: boolean;
}

/** Writes `Open` (0 or 1), `Refused` and `Opened`, with what alarms name; in a file of its own, so that it is loaded when something happens. */
export function writeBreakerMetric(
  { environment, dependency, region, open, refused, opened }: BreakerMeasurement,
  write: WriteLine = writeToStandardOutput,
): void {
  write(
    metricLine({
      namespace: breakerNamespace,
      dimensions: { Environment: environment, Dependency: dependency, EndpointRegion: region },
      metrics: {
        Open: { value: open ? 1 : 0, unit: "None" },
        Refused: { value: refused, unit: "Count" },
        Opened: { value: opened ? 1 : 0, unit: "Count" },
      },
    }),
  );
}

/** Whether a queue is paused by circuit breakers: `Paused` is 1 while it is, and 0 once when it goes on. */
export function writePauseMetric(
  { environment, queue, paused }: { readonly environment: string; readonly queue: string; readonly paused: boolean },
  write: WriteLine = writeToStandardOutput,
): void {
  write(
    metricLine({
      namespace: breakerNamespace,
      dimensions: { Environment: environment, Queue: queue },
      metrics: { Paused: { value: paused ? 1 : 0, unit: "None" } },
    }),
  );
}
