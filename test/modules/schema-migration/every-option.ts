import type { DeploymentStack } from "../../../modules/core";
import { migratedDatabase } from "./database";

/** Migrations with every option. */
export function everyOption(stack: DeploymentStack): void {
  migratedDatabase(stack, {
    folder: "services/ledger/migrations",
    user: "ledger_migration",
    adoptedSchemas: ["ledger", "archive"],
    lockTimeoutMs: 500,
    lockAttempts: 5,
    statementTimeoutSeconds: 300,
    unusedHours: 168,
    logRetentionDays: 365,
  });
}
