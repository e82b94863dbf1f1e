import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { DatabaseNetwork } from "../../../modules/database-network";
import { PgBouncerPool } from "../../../modules/pgbouncer-pool";

const account = "111111111111";
const digest = "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

/** A key, topics and secrets by name only, as if other stacks had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: (grantee) => grantee.addToRolePolicy({ actions: ["kms:Decrypt"], resources: [key.arnIn(grantee.region)] }),
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const secretArn = (region: string, name: string) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:test-${name}-AbCdEf`;
const endpoints = (region: string) => ({
  writerEndpoint: `test-orders.cluster-abc.${region}.rds.amazonaws.com`,
  readerEndpoint: `test-orders.cluster-ro-abc.${region}.rds.amazonaws.com`,
});

/** A pool with every option in a created network, and the least one, in another region. */
export function everyOption(stack: DeploymentStack): void {
  const cluster = { clusterIdentifier: "test-orders", databaseName: "orders", port: 5432 };
  const network = new DatabaseNetwork(stack, "network", {
    config: {
      cidrBlock: "10.64.0.0/20",
      interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
    },
    name: "test-pools",
    region: "eu-west-1",
    directAccess: false,
  });
  const pool = new PgBouncerPool(stack, "orders", {
    config: {
      executionsPerConnection: 2,
      reservedPercent: 20,
      image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/tools/pgbouncer:1.24@sha256:${digest}`,
      cpuArchitecture: "X86_64",
      platformVersion: "1.4.0",
      user: "70:70",
      cpu: 2048,
      memoryMebibytes: 4096,
      scaling: { min: 3, max: 6, cpuPercent: 50 },
      domainName: "orders.pools.example.com",
      certificateSecretArn: secretArn("eu-west-1", "certificate"),
      databaseAuthoritiesFile: "/etc/ssl/certs/rds.pem",
      lookupUser: "lookup",
      poolMode: "transaction",
      maxPreparedStatements: 500,
      maxClientConnections: 2000,
      queryWaitTimeoutSeconds: 3,
      serverLifetimeSeconds: 900,
      serverIdleTimeoutSeconds: 120,
      drainSeconds: 90,
      containerInsights: true,
      logRetentionDays: 90,
      alarms: {
        cpuPercent: 70,
        memoryPercent: 70,
        rejectedConnections: 1,
        waitTimeouts: 1,
        loginFailures: 1,
        resets: 10,
      },
    },
    name: "test-orders",
    region: "eu-west-1",
    account,
    cluster: { ...cluster, capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 }, writeForwarding: true },
    database: endpoints("eu-west-1"),
    network,
    users: [
      { user: "orders", secretArn: secretArn("eu-west-1", "orders") },
      { user: "reports", secretArn: secretArn("eu-west-1", "reports") },
    ],
    lookupSecretArn: secretArn("eu-west-1", "lookup"),
    concurrency: 200,
    key,
    alarms,
  });
  new TerraformOutput(stack, "writer", { value: pool.writerEndpoint });
  new PgBouncerPool(stack, "least", {
    config: {
      image: `registry.example.com/pgbouncer@sha256:${digest}`,
      domainName: "least.pools.example.com",
      certificateSecretArn: secretArn("eu-west-1", "certificate"),
    },
    name: "test-least",
    region: "eu-central-1",
    account,
    cluster: { ...cluster, capacity: { type: "provisioned", instanceClass: "db.r7g.large" }, writeForwarding: false },
    database: endpoints("eu-central-1"),
    network: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      clientSecurityGroupId: "sg-0123456789abcdef0",
      poolSecurityGroupId: "sg-0123456789abcdef1",
    },
    users: [{ user: "orders", secretArn: secretArn("eu-central-1", "orders") }],
    lookupSecretArn: secretArn("eu-central-1", "lookup"),
    concurrency: 100,
    key,
  });
}
