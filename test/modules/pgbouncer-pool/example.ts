import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import type { DatabaseNetwork } from "../../../modules/database-network";
import type { GlobalDatabase } from "../../../modules/global-database";
import { PgBouncerPool } from "../../../modules/pgbouncer-pool";

export function build(
  stack: DeploymentStack,
  database: GlobalDatabase,
  network: DatabaseNetwork,
  key: RegionalKey,
  alarms: AlarmTarget,
  secretArns: { readonly service: string; readonly lookup: string },
  service: Grantee,
): void {
  const digest = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";
  const pool = new PgBouncerPool(stack, "pool", {
    config: {
      image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${digest}`,
      domainName: "orders.pools.example.com",
      certificateSecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-certificate-AbCdEf",
    },
    name: "prod-orders",
    region: network.region,
    account: "123456789012",
    cluster: database.pooledClusterIn(network.region),
    database: database.accessIn(network.region),
    network,
    users: [{ user: "orders_service", secretArn: secretArns.service }],
    lookupSecretArn: secretArns.lookup,
    concurrency: 200,
    key,
    alarms,
  });
  pool.grantConnect(service, "orders_service");
}
