import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { GlobalDatabase, type GlobalDatabaseInput } from "../../../modules/global-database";

const account = "123456789012";
const home = "eu-west-1";
const standby = "eu-central-1";

/** A key, topics and networks by name only, as if other stacks had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const network = { subnetGroupName: "test-database", securityGroupIds: ["sg-0123456789abcdef0"] };
const networks = { [home]: network, [standby]: network };

const serverless: GlobalDatabaseInput = {
  engineVersion: "16.6",
  databaseName: "orders",
  masterUsername: "owner",
  masterPasswordVersion: 2,
  port: 6432,
  capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
  instances: { home: 3, standby: 2 },
  backupRetentionDays: 14,
  preferredBackupWindow: "01:00-01:30",
  preferredMaintenanceWindow: "tue:03:00-tue:04:00",
  applyImmediately: true,
  deletionProtection: false,
  skipFinalSnapshot: true,
  performanceInsightsRetentionDays: 93,
  monitoringIntervalSeconds: 15,
  logRetentionDays: 90,
  statementTimeoutMilliseconds: 10_000,
  idleInTransactionTimeoutMilliseconds: 20_000,
  logStatementsFromMilliseconds: 500,
  maxRecoveryPointSeconds: 60,
  writeForwarding: true,
  parameters: { log_lock_waits: "1" },
  alarms: {
    cpuPercent: 80,
    capacityPercent: 85,
    connectionsPercent: 70,
    replicationLagMilliseconds: 2000,
    deadlocksPerSecond: 0.1,
    storageGibibytes: 100,
    transactionIds: 500_000_000,
  },
};

/** A serverless database with every option in two regions, a provisioned one, and the least one in one region. */
export function everyOption(stack: DeploymentStack): void {
  const common = { account, home, key, networks };
  const orders = new GlobalDatabase(stack, "orders", {
    ...common,
    config: serverless,
    name: "test-orders",
    standby: [standby],
    alarms,
  });
  for (const region of [home, standby]) {
    new TerraformOutput(stack, `endpoint-${region}`, { value: orders.accessIn(region).writerEndpoint });
  }
  new GlobalDatabase(stack, "provisioned", {
    ...common,
    config: {
      engineVersion: "15.10",
      databaseName: "stock",
      capacity: { type: "provisioned", instanceClass: "db.r7g.large" },
      alarms: { freeableMemoryMebibytes: 512 },
    },
    name: "test-stock",
    standby: [standby],
    alarms,
  });
  new GlobalDatabase(stack, "mysql", {
    ...common,
    config: {
      engine: "aurora-mysql",
      engineVersion: "8.0.mysql_aurora.3.08.2",
      databaseName: "parcels",
      capacity: { type: "provisioned", instanceClass: "db.r7g.large" },
      writeForwarding: true,
      logStatementsFromMilliseconds: 10_000,
      parameters: { server_audit_logging: "1", server_audit_events: "CONNECT" },
      alarms: { historyListLength: 500_000 },
    },
    name: "test-parcels",
    standby: [standby],
    alarms,
  });
  new GlobalDatabase(stack, "least", {
    ...common,
    config: {
      engineVersion: "16.6",
      databaseName: "least",
      capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 1 },
    },
    name: "test-least",
    standby: [],
  });
}
