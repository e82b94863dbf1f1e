import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import type { DatabaseNetwork } from "../../../modules/database-network";
import { DatabaseProxy } from "../../../modules/database-proxy";
import type { GlobalDatabase } from "../../../modules/global-database";

export function build(
  stack: DeploymentStack,
  database: GlobalDatabase,
  network: DatabaseNetwork,
  key: RegionalKey,
  alarms: AlarmTarget,
  secretArn: string,
  service: Grantee,
): void {
  const proxy = new DatabaseProxy(stack, "proxy", {
    config: {},
    name: "prod-orders",
    region: network.region,
    account: "123456789012",
    cluster: database.pooledClusterIn(network.region),
    subnetIds: network.subnetIds,
    securityGroupIds: [network.poolSecurityGroupId],
    users: [{ user: "orders_service", secretArn }],
    concurrency: 200,
    key,
    alarms,
  });
  proxy.grantConnect(service, "orders_service");
}
