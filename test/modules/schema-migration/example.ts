import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import type { DatabaseNetwork } from "../../../modules/database-network";
import type { GlobalDatabase } from "../../../modules/global-database";
import { SchemaMigration } from "../../../modules/schema-migration";

export function build(
  stack: DeploymentStack,
  database: GlobalDatabase,
  network: DatabaseNetwork,
  key: RegionalKey,
  alarms: AlarmTarget,
): void {
  new SchemaMigration(stack, "migrations", {
    config: { folder: "services/ledger/migrations" },
    name: "prod-ledger",
    environment: "prod",
    account: "123456789012",
    database,
    network,
    serviceUsers: ["ledger_service"],
    key,
    alarms,
  });
}
