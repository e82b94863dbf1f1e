// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion, LogRetentionDays } from "../../modules/core";
import type { DatabaseNetworkInput } from "../../modules/database-network";
import type { DatabaseProxyInput } from "../../modules/database-proxy";
import type { GlobalDatabaseInput } from "../../modules/global-database";
import type { PgBouncerPoolInput } from "../../modules/pgbouncer-pool";
import type { SecretRotationInput } from "../../modules/replicated-secret";
import type { VersionCanaryInput } from "../../modules/version-canary";

/** What `pooledDatabaseConfig` takes: fields with defaults may be left out. */
export interface PooledDatabaseInput {
  /** The clusters: one in the home region, and one in each standby region. */
  readonly cluster: GlobalDatabaseInput;
  /** The VPC of the database in each of its regions: created from cidrBlock, or your own in existing. Do not change from one to the other: that would replace the database. */
  readonly network: DatabaseNetworkInput & {
    /** Existing VPCs by region, instead of cidrBlock: one for the home region and one for each standby region. The toolkit creates its security groups and subnet group there, but no other part of the network. */
    readonly existing?: { readonly [K in AwsRegion]?: {
      /** The VPC, with DNS support and DNS host names switched on; never changes. */
      readonly vpcId: string;
      /**
       * Private subnets of that VPC, in at least two zones, for the database, its pool and the functions. A change replaces proxies, not the database.
       *
       * Takes `list of string, 2 to 20 entries`.
       */
      readonly subnetIds: readonly string[];
      /**
       * Security groups of that VPC that functions and PgBouncer's tasks join in addition to the toolkit's, which only let them reach the database. These must allow HTTPS to the VPC's endpoints or NAT gateway, and the endpoints' groups must allow it from them: xray for traces, dynamodb for tables, ssm for settings and the canary of rotated logins, kms for encryption, secretsmanager for passwords and their rotation; ecr.api, ecr.dkr, s3, logs and secretsmanager for PgBouncer.
       *
       * Takes `list of string, at most 4 entries`.
       *
       * @defaultValue `[]`
       */
      readonly additionalSecurityGroupIds?: readonly string[];
    } };
  };
  /**
   * The connection pool of each region, from the stage that brings it.
   *
   * @defaultValue `{}`
   */
  readonly proxy?: DatabaseProxyInput;
  /** PgBouncer on Fargate as the pool of each region, instead of proxy. Switching briefly disconnects clients, but loses no data. */
  readonly pgbouncer?: PgBouncerPoolInput;
  /**
   * Database users that services connect as. Without a pool they are members of rds_iam, or of Aurora MySQL identified with AWSAuthenticationPlugin. With a pool each has a password instead, in a secret of its own. Whoever creates the user stores the password there, until rotation creates users and passwords. With proxy.authentication iam they stay members of rds_iam, and have no secrets.
   *
   * Takes `list of string of at most 40 characters, at most 200 entries`.
   */
  readonly users: readonly string[];
  /**
   * How often users get new passwords, from the stage that brings it.
   *
   * @defaultValue `{}`
   */
  readonly rotation?: SecretRotationInput & {
    /**
     * Days until log events expire; one of the periods that CloudWatch Logs supports.
     *
     * @defaultValue `90`
     */
    readonly logRetentionDays?: LogRetentionDays;
    /** With pgbouncer: a new login is first used by a share of the home region's functions, and rolled back by an alarm. */
    readonly canary?: VersionCanaryInput;
  };
  /**
   * How long a failover took in the last drill, in seconds, for recovery objectives. Without it, 300 s are assumed.
   *
   * Takes `integer 1..`.
   */
  readonly failoverSeconds?: number;
}

