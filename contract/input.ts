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

/** What `tracingConfig` takes: fields with defaults may be left out. */
export interface TracingInput {
  /** Traces by OpenTelemetry, sent by OTLP over HTTP as protobuf (http/protobuf), from functions whose handlers are made with the runtime. They take no layer; X-Ray is off. */
  readonly openTelemetry?: {
    /** Where spans are posted to, by region, with the path: a vendor's, Jaeger's or a collector's, https://otlp.example.com/v1/traces. One in the region of the functions, so that the loss of another region does not take it away. */
    readonly endpoints: { readonly [K in AwsRegion]?: string };
    /**
     * Headers that are no secrets, such as a tenant; they are in the state of Terraform.
     *
     * @defaultValue `{}`
     */
    readonly headers?: { readonly [name: string]: string };
    /**
     * Secrets of Secrets Manager with further headers as a JSON object, {"authorization": "Bearer ..."}, by region: a secret and its replicas. Functions read them; their values are in no configuration, state or variable.
     *
     * @defaultValue `{}`
     */
    readonly headersSecretArns?: { readonly [K in AwsRegion]?: string };
    /** Customer managed KMS keys that encrypt those secrets, by region; left out for the key of AWS. */
    readonly headersKeyArns?: ExistingKeysInput;
    /**
     * Share of the traces that begin in a function and are recorded, from 0 to 1. A trace that a caller began is recorded if the caller records it.
     *
     * Takes `number 0..1`.
     *
     * @defaultValue `1`
     */
    readonly sampleRatio?: number;
    /**
     * How long the end of an invocation waits for the receiver at most, in milliseconds. After a failure nobody waits for 10 s.
     *
     * Takes `integer 50..5000`.
     *
     * @defaultValue `500`
     */
    readonly timeoutMs?: number;
    /**
     * Attributes of every span beside those of the service, the environment, the region and the function.
     *
     * @defaultValue `{}`
     */
    readonly resourceAttributes?: { readonly [name: string]: string };
    /** Declares that functions in the databases' networks reach the receiver privately, by PrivateLink or peering. That connection, with its routes and names, is created outside of the toolkit. Opens the functions' security group to these addresses, on the port of the endpoints. */
    readonly privateAccess?: {
      /** Private addresses of the receiver, as the functions of any region see them. */
      readonly cidrBlocks: readonly string[];
    };
  };
  /** Traces by a layer of a vendor's, or by ADOT, in place of what the runtime sends; X-Ray is off unless asked for. */
  readonly layer?: {
    /** The version of the layer, by region, for arm64 and the runtimes of the functions. */
    readonly arns: { readonly [K in AwsRegion]?: string };
    /** Script of the layer that starts the runtime, in AWS_LAMBDA_EXEC_WRAPPER. A function has one only, so nothing else that needs one goes with it, such as the extension of Fault Injection Service. */
    readonly execWrapper?: string;
    /**
     * What the layer is told by environment variables, no secrets: OTEL_EXPORTER_OTLP_ENDPOINT and others.
     *
     * @defaultValue `{}`
     */
    readonly variables?: { readonly [name: string]: string };
    /**
     * Whether functions are traced by X-Ray too, which layers need that send to it, such as AWS's own (ADOT).
     *
     * @defaultValue `false`
     */
    readonly xray?: boolean;
  };
}

