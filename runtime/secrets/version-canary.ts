import { createHash } from "node:crypto";
import { metricLine, type WriteLine, writeToStandardOutput } from "./metric-line";

/** Which version of a key or secret a unit of traffic uses. */
export type CanaryVersion = "pending" | "current";

/** How a new version is tried on a share of the traffic. */
export interface VersionCanaryOptions {
  /** Name of the secret or key: the alarm on its failures has it as dimension `Name`. */
  readonly name: string;
  /** Share of the traffic that uses the pending version, 0 to 1; 0 ends the canary. Asked for each call, so it may be a setting. */
  readonly share: () => number;
  /** Whether an error is the version's fault; all are unless given. */
  readonly isFailure?: (error: unknown) => boolean;
  readonly write?: WriteLine;
  readonly now?: () => number;
}

/**
 * Tries the pending version of a key or secret on a share of the traffic. The same unit (tenant, customer, table) always falls on
 * the same side while the share stays, and stays on it while the share grows. Failures become the metric `CanaryFailures`
 * in `Evenkeel/Secrets`, whose alarm is the signal to set the share to 0.
 */
export class VersionCanary {
  constructor(private readonly options: VersionCanaryOptions) {}

  /** The version for a unit of traffic. */
  pick(unit: string): CanaryVersion {
    const share = this.options.share();
    // 48 bits of the hash as a number from 0 to 1; an absent or broken share must not switch everything over.
    const hash = createHash("sha256").update(`${this.options.name}\0${unit}`).digest();
    return Number.isFinite(share) && hash.readUIntBE(0, 6) / 2 ** 48 < share ? "pending" : "current";
  }

  /** Runs something with the unit's version; a failure is counted and passed on. */
  async run<R>(unit: string, use: (version: CanaryVersion) => Promise<R>): Promise<R> {
    const version = this.pick(unit);
    try {
      return await use(version);
    } catch (error) {
      if (this.options.isFailure?.(error) ?? true) this.count(version);
      throw error;
    }
  }

  private count(version: CanaryVersion): void {
    const { name, write = writeToStandardOutput, now = Date.now } = this.options;
    write(
      metricLine({
        namespace: "Evenkeel/Secrets",
        dimensions: { Name: name, Version: version },
        metrics: { CanaryFailures: { value: 1, unit: "Count" } },
        timestamp: now(),
      }),
    );
  }
}
