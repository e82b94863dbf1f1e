import { createHash } from "node:crypto";
import { metricLine, type WriteLine, writeToStandardOutput } from "../observability/metrics.js";

/** Which version of a key or secret a unit of traffic uses: that of the last rotation, or the one before. */
export type CanaryVersion = "new" | "old";

/** How a new version is tried on a share of the traffic. */
export interface VersionCanaryOptions {
  /** Name of the secret or key: the alarm on its failures has it as dimension `Name`. */
  readonly name: string;
  /**
   * Percentage of the traffic that uses the new version: 100 once it has proved itself, 0 after a roll-back. Read for each
   * call, so it may be a setting; if it cannot be read, everything stays with the old version.
   */
  readonly sharePercent: () => number | Promise<number>;
  /** Whether an error is the version's fault; by default every error is. */
  readonly isFailure?: (error: unknown) => boolean;
  readonly write?: WriteLine;
}

/**
 * Tries the new version of a key or secret on a share of the traffic. The same unit (tenant, customer, table) always falls on
 * the same side while the share stays, and stays on the new version while the share grows. Failures become the metric
 * `CanaryFailures` in `Evenkeel/Secrets`, whose alarm sets the share to 0.
 */
export class VersionCanary {
  constructor(private readonly options: VersionCanaryOptions) {}

  /** The version for a unit of traffic. */
  async pick(unit: string): Promise<CanaryVersion> {
    const percent = await this.sharePercent();
    // 48 bits of the hash as a number from 0 to 100; an absent or broken share must not switch everything over.
    const hash = createHash("sha256").update(`${this.options.name}\0${unit}`).digest();
    return Number.isFinite(percent) && (hash.readUIntBE(0, 6) / 2 ** 48) * 100 < percent ? "new" : "old";
  }

  /** Runs something with the unit's version; a failure is counted and thrown on. */
  async run<R>(unit: string, use: (version: CanaryVersion) => Promise<R>): Promise<R> {
    const version = await this.pick(unit);
    try {
      return await use(version);
    } catch (error) {
      if (this.options.isFailure?.(error) ?? true) this.report(version);
      throw error;
    }
  }

  /** Counts a failure of a version that did not happen in `run`. */
  report(version: CanaryVersion): void {
    const { name, write = writeToStandardOutput } = this.options;
    write(
      metricLine({
        namespace: "Evenkeel/Secrets",
        dimensions: { Name: name, Version: version },
        metrics: { CanaryFailures: { value: 1, unit: "Count" } },
      }),
    );
  }

  private async sharePercent(): Promise<number> {
    try {
      return await this.options.sharePercent();
    } catch {
      return 0;
    }
  }
}
