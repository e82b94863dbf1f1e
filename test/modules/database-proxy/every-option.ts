import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { DatabaseProxy } from "../../../modules/database-proxy";

const account = "123456789012";

/** A key, topics and secrets by name only, as if other stacks had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: (grantee) => grantee.addToRolePolicy({ actions: ["kms:Decrypt"], resources: [key.arnIn(grantee.region)] }),
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const secret = (region: string, user: string) => ({
  user,
  secretArn: `arn:aws:secretsmanager:${region}:${account}:secret:test-${user}-AbCdEf`,
});

/** A proxy with every option, and the least one, in another region. */
export function everyOption(stack: DeploymentStack): void {
  const common = {
    account,
    key,
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupIds: ["sg-0123456789abcdef0"],
  };
  const cluster = { clusterIdentifier: "test-orders", databaseName: "orders", port: 5432 };
  const proxy = new DatabaseProxy(stack, "orders", {
    ...common,
    config: {
      executionsPerConnection: 2,
      reservedPercent: 20,
      maxIdleConnectionsPercent: 30,
      connectionBorrowTimeoutSeconds: 3,
      idleClientTimeoutSeconds: 900,
      logRetentionDays: 90,
      alarms: { pinnedPercent: 5, borrowLatencyMilliseconds: 100, connectionsPercent: 75, setupFailures: 2 },
    },
    name: "test-orders",
    region: "eu-west-1",
    cluster: {
      ...cluster,
      capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
      writeForwarding: true,
    },
    users: [secret("eu-west-1", "orders"), secret("eu-west-1", "reports")],
    concurrency: 500,
    alarms,
  });
  new TerraformOutput(stack, "writer", { value: proxy.writerEndpoint });
  new TerraformOutput(stack, "reader", { value: proxy.readerEndpoint });
  new DatabaseProxy(stack, "least", {
    ...common,
    config: {},
    name: "test-least",
    region: "eu-central-1",
    cluster: { ...cluster, capacity: { type: "provisioned", instanceClass: "db.r7g.large" }, writeForwarding: false },
    users: [secret("eu-central-1", "orders")],
    concurrency: 100,
  });
  new DatabaseProxy(stack, "mysql", {
    ...common,
    config: { initQuery: "SET time_zone = '+00:00'", sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"] },
    name: "test-stock",
    region: "eu-west-1",
    cluster: {
      clusterIdentifier: "test-stock",
      databaseName: "stock",
      port: 3306,
      engine: "aurora-mysql",
      capacity: { type: "provisioned", instanceClass: "db.r7g.large" },
      writeForwarding: true,
    },
    users: [secret("eu-west-1", "stock")],
    concurrency: 100,
  });
}
