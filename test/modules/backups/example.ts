import { Backups } from "../../../modules/backups";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import type { EncryptionKey } from "../../../modules/encryption-key";
import type { ReplicatedTable } from "../../../modules/replicated-table";

export function build(stack: DeploymentStack, orders: ReplicatedTable, dataKey: EncryptionKey, alarms: AlarmTarget) {
  return new Backups(stack, "backups", {
    config: {
      rules: [
        { name: "daily", schedule: "cron(0 3 ? * * *)" },
        { name: "monthly", schedule: "cron(0 1 1 * ? *)", deleteAfterDays: 400, coldStorageAfterDays: 30 },
      ],
      copyTo: "eu-central-1",
      lock: { mode: "governance", minRetentionDays: 35 },
    },
    name: "prod-backups",
    region: "eu-west-1",
    account: "123456789012",
    tableArns: [orders.arnIn("eu-west-1")],
    dataKey,
    alarms,
  });
}
