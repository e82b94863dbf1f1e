import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { PgBouncerPool, type PgBouncerPoolInput, type PgBouncerPoolProps } from "../../../modules/pgbouncer-pool";
import { type Synthesized, synth } from "../../support/synth";

export const account = "123456789012";
const digest = "0123456789abcdef".repeat(4);
export const image = `${account}.dkr.ecr.eu-central-1.amazonaws.com/tools/pgbouncer@sha256:${digest}`;

export const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: (grantee, service) => grantee.addToRolePolicy({ actions: [`kms for ${service}`], resources: [] }),
};

export const secretArn = (name: string, region = "eu-west-1") =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;

export const cluster = {
  clusterIdentifier: "test-orders",
  databaseName: "orders",
  port: 5432,
  capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
  writeForwarding: false,
} as const;

/** The least configuration; secret and image are those of another region than the pool's. */
export const least: PgBouncerPoolInput = {
  image,
  domainName: "orders.pools.example.com",
  certificateSecretArn: secretArn("pool-certificate", "eu-central-1"),
};

export const pool = (stack: DeploymentStack, props: Partial<PgBouncerPoolProps> = {}) =>
  new PgBouncerPool(stack, "pool", {
    config: least,
    name: "test-orders",
    region: "eu-west-1",
    account,
    cluster,
    database: { writerEndpoint: "writer.cluster.example.com", readerEndpoint: "reader.cluster.example.com" },
    network: {
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      clientSecurityGroupId: "sg-clients",
      poolSecurityGroupId: "sg-pool",
    },
    users: [{ user: "app", secretArn: secretArn("app") }],
    lookupSecretArn: secretArn("lookup"),
    concurrency: 100,
    key,
    ...props,
  });

export const built = (props: Partial<PgBouncerPoolProps> = {}): Synthesized => synth((stack) => pool(stack, props));

export const configured = (config: object): Synthesized => built({ config: { ...least, ...config } });

/** One container of the task definition. */
export interface Container {
  readonly name: string;
  readonly command: readonly [string];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly [attribute: string]: unknown;
}

export function containersOf({ at }: Synthesized): readonly Container[] {
  return JSON.parse(at("aws_ecs_task_definition.pool_task_definition").container_definitions as string);
}

export function containerOf(synthesized: Synthesized, name: string): Container {
  const found = containersOf(synthesized).find((container) => container.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
}

/** The settings of pgbouncer.ini that a container gets. */
export function iniOf(container: Container): string {
  return container.environment.find(({ name }) => name === "PGBOUNCER_INI")?.value ?? "";
}
