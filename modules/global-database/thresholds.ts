import type { Report } from "../core";
import { type DatabaseCapacity, memoryMebibytes } from "./capacity";

/** The fields that thresholds of a database depend on. */
interface Thresholds {
  readonly capacity: DatabaseCapacity;
  readonly statementTimeoutMilliseconds: number;
  readonly logStatementsFromMilliseconds: number;
  readonly maxRecoveryPointSeconds?: number;
  readonly alarms: { readonly replicationLagMilliseconds: number; readonly freeableMemoryMebibytes: number };
}

/** Reports thresholds that nothing can reach, or that are always reached. */
export function checkThresholds(config: Thresholds, report: Report): void {
  const { logStatementsFromMilliseconds: logFrom, statementTimeoutMilliseconds: longest } = config;
  if (logFrom >= longest) {
    report(
      ["logStatementsFromMilliseconds"],
      `is never reached, because statements are cancelled after statementTimeoutMilliseconds, ${longest}; use less than that value, or -1 to log no statements`,
    );
  }
  const { maxRecoveryPointSeconds: bound, alarms, capacity } = config;
  if (bound !== undefined && alarms.replicationLagMilliseconds >= bound * 1000) {
    report(
      ["alarms", "replicationLagMilliseconds"],
      `is not below maxRecoveryPointSeconds, ${bound}, at which the primary blocks commits, so the alarm would fire too late; use less than ${bound * 1000} ms`,
    );
  }
  const memory = capacity.type === "provisioned" ? memoryMebibytes(capacity.instanceClass) : undefined;
  if (memory !== undefined && alarms.freeableMemoryMebibytes >= memory) {
    report(
      ["alarms", "freeableMemoryMebibytes"],
      `is not below the memory of the instance class, ${memory} MiB, so the alarm would always fire; use less`,
    );
  }
}
