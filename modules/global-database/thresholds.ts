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
      `is never reached, because statements are cancelled after statementTimeoutMilliseconds, ${longest}; use less than that, or -1 to log none`,
    );
  }
  const { maxRecoveryPointSeconds: bound, alarms, capacity } = config;
  if (bound !== undefined && alarms.replicationLagMilliseconds >= bound * 1000) {
    report(
      ["alarms", "replicationLagMilliseconds"],
      `comes too late: from maxRecoveryPointSeconds, ${bound}, on, the primary holds back commits; use less than ${bound * 1000}`,
    );
  }
  const memory = capacity.type === "provisioned" ? memoryMebibytes(capacity.instanceClass) : undefined;
  if (memory !== undefined && alarms.freeableMemoryMebibytes >= memory) {
    report(
      ["alarms", "freeableMemoryMebibytes"],
      `is as much as the class has, ${memory}, so the alarm would always fire; use less`,
    );
  }
}
