// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../modules/core";
import type { ExistingKeysInput } from "../modules/encryption-key";

/** What `acknowledgedRemoval` takes: fields with defaults may be left out. */
export interface AcknowledgedRemovalInput {
  /**
   * Stack that the resource is in: prod-data.
   *
   * Takes `string of at most 80 characters`.
   */
  readonly stack: string;
  /** Terraform address of what goes or changes, as the gate reports it: of a resource, a part of it or an argument. */
  readonly address: string;
  /**
   * Why it may go or change, and where its data is now; a sentence.
   *
   * Takes `string of 15 to 300 characters`.
   */
  readonly reason: string;
  /** Last day on which gates accept it, in UTC; at most 90 days ahead. */
  readonly expires: string;
}

/** What `costsConfig` takes: fields with defaults may be left out. */
export interface CostsInput {
  /**
   * Prices that were negotiated, in US dollars, in every region: by a line of the table of prices, for as many units as the line is for.
   *
   * @defaultValue `{}`
   */
  readonly prices?: { readonly [K in "lambda.requests" | "lambda.arm64" | "lambda.x86_64" | "lambda.arm64.provisioned" | "lambda.arm64.provisioned-duration" | "lambda.x86_64.provisioned" | "lambda.x86_64.provisioned-duration" | "lambda-edge.requests" | "lambda-edge.duration" | "fargate.arm64.vcpu" | "fargate.arm64.memory" | "fargate.x86_64.vcpu" | "fargate.x86_64.memory" | "load-balancer.hours" | "dynamodb.reads" | "dynamodb.writes" | "dynamodb.replicated-writes" | "dynamodb.read-capacity" | "dynamodb.write-capacity" | "dynamodb.replicated-write-capacity" | "dynamodb.storage" | "dynamodb.point-in-time-recovery" | "dynamodb.insights-events" | "aurora.acu" | "aurora.r6g-large" | "aurora.r7g-large" | "aurora.storage" | "aurora.io" | "aurora.replicated-io" | "aurora.acu.io-optimized" | "aurora.storage.io-optimized" | "aurora.backup" | "rds-proxy" | "backup.dynamodb" | "backup.dynamodb.cold" | "s3.storage" | "api-gateway.http" | "eventbridge.events" | "eventbridge.archived" | "eventbridge.archive" | "scheduler.invocations" | "sqs.standard" | "sqs.fifo" | "cloudwatch.alarms" | "cloudwatch.high-resolution-alarms" | "cloudwatch.dashboards" | "cloudwatch.insight-rules" | "logs.ingested" | "logs.ingested.infrequent-access" | "logs.stored" | "xray.traces" | "kms.keys" | "kms.requests" | "secrets.secrets" | "ssm.advanced-parameters" | "fis.action-minutes" | "route53.zones" | "route53.checks" | "route53.check-options" | "recovery-controller.clusters" | "cloudfront.requests" | "cloudfront.transfer" | "waf.acls" | "waf.rules" | "waf.requests" | "vpc.interface-endpoints" | "transfer.internet" | "transfer.regions"]?: number };
  /**
   * Gigabytes that tables hold in each of their regions, by name, with their indexes; 1 for one that is not named.
   *
   * @defaultValue `{}`
   */
  readonly tableGb?: { readonly [name: string]: number };
  /**
   * Gigabytes that databases hold in each of their regions, by name; 1 for one that is not named.
   *
   * @defaultValue `{}`
   */
  readonly databaseGb?: { readonly [name: string]: number };
  /**
   * Aurora capacity units that the writer of a serverless database has on average, by name; its minimum for one that is not named.
   *
   * @defaultValue `{}`
   */
  readonly databaseAcus?: { readonly [name: string]: number };
}

/** What `existingBusConfig` takes: fields with defaults may be left out. */
export interface ExistingBusInput {
  /**
   * Name by which services use it; none of the environment's buses has it.
   *
   * Takes `string of at most 32 characters`.
   */
  readonly name: string;
  /** The bus by region: one in each region that services publish or subscribe in. */
  readonly arns: { readonly [K in AwsRegion]?: string };
}

/** What `existingTableConfig` takes: fields with defaults may be left out. */
export interface ExistingTableInput {
  /**
   * Name by which services use it; none of the environment's tables has it.
   *
   * Takes `string of at most 100 characters`.
   */
  readonly name: string;
  /** The table, or its replica, by region: one in each region that services use it in. All have one name. */
  readonly arns: { readonly [K in AwsRegion]?: string };
  /**
   * Whether services may query its indexes.
   *
   * @defaultValue `false`
   */
  readonly indexes?: boolean;
  /** Customer managed KMS keys that encrypt it, by region; left out for a key of DynamoDB or AWS. */
  readonly keyArns?: ExistingKeysInput;
  /** Its streams, by region, where services read them; with NEW_AND_OLD_IMAGES. One that is switched off and on again has another ARN. */
  readonly streamArns?: { readonly [K in AwsRegion]?: string };
}

/** What `iamConfig` takes: fields with defaults may be left out. */
export interface IamInput {
  /** Policy that is the permissions boundary of every role: what it does not allow, no role can do. It must exist in the account before. */
  readonly permissionsBoundaryArn?: string;
  /**
   * Path of every role, /platform/; / if left out. AWS replaces a role when its path changes.
   *
   * Takes `string of at most 512 characters`.
   */
  readonly rolePath?: string;
}

/**
 * What `keyManagementConfig` takes: fields with defaults may be left out.
 *
 * @defaultValue `{"provider":"kms"}`
 */
export type KeyManagementInput = {
  /** AWS KMS: a multi-Region key of the environment, which is rotated automatically. */
  readonly provider: "kms";
} | {
  /** An existing Vault, with a transit key for each service. */
  readonly provider: "vault";
  /** Address of Vault, for functions and for Terraform: https://vault.example.com:8200. */
  readonly address: string;
  /** Value that logins must be signed for, so that they cannot be used at another Vault. */
  readonly serverId: string;
  /**
   * true creates an audit device in Vault. Set it only once per Vault, because each device records every request.
   *
   * @defaultValue `false`
   */
  readonly auditDevice?: boolean;
  /** Path of the database engine, for services with database.login. Vault's administrators create it, with a connection for each database. */
  readonly databaseMount?: string;
  /** Declares that functions in the databases' networks reach Vault privately, by PrivateLink or peering. That connection, with its routes and names, is created outside of the toolkit. Opens the functions' security group to these addresses, on the port of address. */
  readonly privateAccess?: {
    /** Private addresses of Vault, or of its endpoint, as the functions of any region see them. */
    readonly cidrBlocks: readonly string[];
  };
  /** Whether services encrypted with KMS before the environment went to Vault; must be said if a service encrypts. true keeps the KMS key, and functions go on decrypting with it; false is for an environment that was on Vault from its start, or whose key may go. */
  readonly encryptedByKmsBefore?: boolean;
  /**
   * How long Vault did not answer in the last drill of a loss of the home region, in seconds, for recovery objectives. Without it, Vault is assumed to outlive the home region.
   *
   * Takes `integer 0..`.
   */
  readonly failoverSeconds?: number;
  /**
   * Days after which Vault creates a new version of a key.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `90`
   */
  readonly autoRotateDays?: number;
};

/** What `s3StateConfig` takes: fields with defaults may be left out. */
export interface S3StateInput {
  /** State files in an S3 bucket, encrypted and locked. */
  readonly backend: "s3";
  /** Bucket that holds the state files; versioned, and created outside of this toolkit. */
  readonly bucket: string;
  /** Region of the bucket; choose one that survives the loss of the home region. */
  readonly region: AwsRegion;
  /**
   * Prefix of the object keys; each stack's state is `<keyPrefix>/<stack>.tfstate`.
   *
   * Takes `string of at most 900 characters`.
   */
  readonly keyPrefix: string;
  /** ARN of the key that encrypts the state files; in the bucket's region. */
  readonly kmsKeyArn: string;
  /**
   * Terraform's native lock file next to the state.
   *
   * @defaultValue `true`
   */
  readonly lockFile?: true;
}

/** What `stageException` takes: fields with defaults may be left out. */
export interface StageExceptionInput {
  /** true brings the capability before its stage, false leaves it out, also in advance. */
  readonly enabled: boolean;
  /**
   * Why this environment differs, for the next reader; a sentence.
   *
   * Takes `string of at least 15 characters`.
   */
  readonly reason: string;
}

/** What `stateConfig` takes: fields with defaults may be left out. */
export type StateInput = {
  /** State files in .evenkeel/state of the project folder; for one person only. */
  readonly backend: "local";
} | S3StateInput;

