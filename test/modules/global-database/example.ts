import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { type ClusterNetwork, GlobalDatabase } from "../../../modules/global-database";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  alarms: AlarmTarget,
  networks: Record<string, ClusterNetwork>,
  service: Grantee,
): void {
  const orders = new GlobalDatabase(stack, "orders", {
    config: {
      engineVersion: "16.6",
      databaseName: "orders",
      capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
    },
    name: "prod-orders",
    account: "123456789012",
    home: "eu-west-1",
    standby: ["eu-central-1"],
    key,
    networks,
    alarms,
  });
  orders.grantConnect(service, "orders_service");
}
