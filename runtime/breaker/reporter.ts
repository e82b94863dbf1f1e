import { onDemand } from "../aws/on-demand.js";
import { errorName } from "../errors/error-name.js";
import type { Logger } from "../observability/logger.js";
import type { BreakerMeasurement } from "./breaker-metric.js";
import type { BreakerReport } from "./circuit-breaker.js";

/** What a reporter needs. */
export interface ReporterOptions {
  readonly environment: string;
  readonly logger: Pick<Logger, "info" | "warn">;
  /** How often a breaker that is open says so, in milliseconds: each 30 s by default, within the period of the alarm. */
  readonly everyMs?: number;
  readonly now?: () => number;
  /** For tests. */
  readonly measure?: (measurement: BreakerMeasurement) => void;
}

/**
 * Logs what changes, as lines `circuit breaker opened`, `reopened`, `closed`, `alone`, and measures it. A closed breaker writes nothing. One that
 * is open is measured with the calls that it refuses, not with each of them.
 */
export function breakerReporter(options: ReporterOptions): (report: BreakerReport) => void {
  const { environment, logger, everyMs = 30_000, now = Date.now } = options;
  const loaded = onDemand(async () => (await import("./breaker-metric.js")).writeBreakerMetric);
  const measure =
    options.measure ??
    ((measurement: BreakerMeasurement) =>
      void loaded()
        .then((write) => write(measurement))
        .catch(() => undefined));
  const refused = new Map<string, number>();
  const writtenAt = new Map<string, number>();
  return ({ dependency, region, what, error }) => {
    const key = `${dependency}#${region}`;
    if (what !== "refused") {
      const line = {
        dependency,
        endpoint_region: region,
        ...(error === undefined ? {} : { error_name: errorName(error) }),
      };
      logger[what === "closed" ? "info" : "warn"](`circuit breaker ${what}`, line);
    }
    if (what === "alone") return;
    const count = (refused.get(key) ?? 0) + (what === "refused" ? 1 : 0);
    refused.set(key, count);
    if (what === "refused" && now() - (writtenAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    writtenAt.set(key, now());
    refused.set(key, 0);
    measure({ environment, dependency, region, open: what !== "closed", refused: count, opened: what === "opened" });
  };
}
