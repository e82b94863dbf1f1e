import type { Gate } from "../../contract/gate";
import { findingsOfArguments } from "../changed-arguments";

/** How long something is kept, by the name of the argument, in any resource type. `forever` are the values that stand for no end. */
export const retentionArguments: Readonly<Record<string, { readonly forever?: readonly unknown[] }>> = {
  // Logs, metrics and evidence
  retention_in_days: { forever: [0, null] },
  retention_days: { forever: [0, null] },
  success_retention_period: {},
  failure_retention_period: {},
  workflow_execution_retention_period_in_days: {},

  // Backups and recovery
  recovery_period_in_days: {},
  backup_retention_period: {},
  automated_snapshot_retention_period: {},
  manual_snapshot_retention_period: { forever: [-1] },
  snapshot_retention_limit: {},
  snapshot_retention_period_in_days: {},
  automatic_backup_retention_days: {},
  retention_period_hours: {},
  delete_after: { forever: [0, null] },
  min_retention_days: {},
  minimum_retention: {},
  retain_at_least: {},

  // Messages, records and events
  message_retention_seconds: {},
  maximum_event_age_in_seconds: {},
  maximum_record_age_in_seconds: { forever: [-1] },
  maximum_retry_attempts: { forever: [-1] },
  retention_period: {},
  data_retention_in_hours: {},
  memory_store_retention_period_in_hours: {},
  magnetic_store_retention_period_in_days: {},
  orphan_file_retention_period_in_days: {},

  // Measurements of databases
  performance_insights_retention_period: {},
};

/** How long objects of S3 cannot be deleted. */
const lockedObjects = /(^|\.)default_retention\.(days|years)$/;

/** What is kept for a while is kept for at least as long as before. */
export const noShorterRetention: Gate = {
  id: "no-shorter-retention",
  statement: "Logs, backups, events and messages are kept for at least as long as before.",
  why: "AWS deletes what is older soon after the apply, and nothing brings it back.",
  howToFix:
    "keep the time as it is; if less is enough, copy what is still needed, then name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan) =>
    findingsOfArguments(plan, ({ name, last, before, after, isUnknown }) => {
      const kept = lockedObjects.test(name) ? {} : retentionArguments[last];
      const [was, is] = [lengthOf(before, kept?.forever), lengthOf(after, kept?.forever)];
      // Where it was not set, AWS has its own default.
      if (!kept || isUnknown || before === undefined || was === undefined || (is ?? 0) >= was) return undefined;
      return `${last} would be ${shownLength(after)} in place of ${shownLength(before)}; what is older would be deleted`;
    }),
};

function lengthOf(value: unknown, forever: readonly unknown[] = []): number | undefined {
  if (forever.includes(value ?? null)) return Number.POSITIVE_INFINITY;
  // Some arguments are text in the provider.
  const length = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof length === "number" && !Number.isNaN(length) ? length : undefined;
}

const shownLength = (value: unknown): string => (value === undefined || value === null ? "not set" : String(value));
