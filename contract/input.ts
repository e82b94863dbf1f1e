// Generated from the schemas by `npm run docs`; do not edit.
import type { AccountSecurityInput } from "../modules/account-security";
import type { AlertTopicInput } from "../modules/alert-topic";
import type { AwsRegion } from "../modules/core";
import type { ExistingKeysInput } from "../modules/encryption-key";
import type { PipelineRolesInput } from "../modules/pipeline-roles";
import type { StateBucketsInput } from "../modules/state-buckets";
import type { IdentityTokenInput } from "../modules/vault-login";

/** What `acceptedDrift` takes: fields with defaults may be left out. */
export interface AcceptedDriftInput {
  /**
   * Stack that the resource is in: prod-data.
   *
   * Takes `string of at most 80 characters`.
   */
  readonly stack: string;
  /**
   * Terraform address of the resource.
   *
   * Takes `string of at most 300 characters`.
   */
  readonly address: string;
  /**
   * What has changed, as the report has it, with all that is in it: memory_size, tags. Left out for a resource that was deleted.
   *
   * Takes `string of at most 300 characters`.
   */
  readonly attribute?: string;
  /**
   * Why it may stay so, and who sees to it; a sentence.
   *
   * Takes `string of 15 to 300 characters`.
   */
  readonly reason: string;
  /** Last day on which it is accepted, in UTC; at most 90 days ahead. */
  readonly expires: string;
}

/** What `accountConfig` takes: fields with defaults may be left out. */
export interface AccountInput {
  /**
   * Name of the account: the first part of its stack and of every name in it.
   *
   * Takes `string of at most 16 characters`.
   */
  readonly name: string;
  /** The AWS account, 12 digits: Terraform refuses to apply to any other. */
  readonly account: string;
  /** Role that Terraform assumes to deploy; the caller's own credentials if left out. */
  readonly deployRoleArn?: string;
  /** Regions where functions run. The first one holds the primary of the key, and cannot change. */
  readonly regions: readonly AwsRegion[];
  /**
   * Tags of every resource, beside Account and ManagedBy.
   *
   * @defaultValue `{}`
   */
  readonly tags?: { readonly [name: string]: string };
  /** Where Terraform keeps the state of the account's stack. */
  readonly state: StateInput;
  /** Who is told of findings; needed where security is. */
  readonly alerts?: AlertTopicInput;
  /** Two buckets for states of Terraform, replicated to each other, in a stack of their own; none if left out. */
  readonly stateBuckets?: StateBucketsInput;
  /** Scans of functions, and which findings are told; nothing is scanned if left out. */
  readonly security?: AccountSecurityInput;
  /** Roles that pipelines assume by tokens of GitHub or GitLab, in a stack of their own; none if left out. */
  readonly pipelines?: PipelineRolesInput;
}

/** What `acknowledgedFinding` takes: fields with defaults may be left out. */
export interface AcknowledgedFindingInput {
  /** Id of the gate, or of another scanner's check: no-public-storage, CKV_AWS_18. */
  readonly rule: string;
  /**
   * Stack that the resource is in: prod-data.
   *
   * Takes `string of at most 80 characters`.
   */
  readonly stack: string;
  /**
   * Address as the report has it: of a resource, an argument or a provider.
   *
   * Takes `string of at most 300 characters`.
   */
  readonly address: string;
  /**
   * Why it may stay as it is; a sentence.
   *
   * Takes `string of 15 to 300 characters`.
   */
  readonly reason: string;
  /** Last day on which gates accept it, in UTC; at most 366 days ahead. */
  readonly expires: string;
}

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
  readonly prices?: { readonly [K in "lambda.requests" | "lambda.arm64" | "lambda.x86_64" | "lambda.arm64.provisioned" | "lambda.arm64.provisioned-duration" | "lambda.x86_64.provisioned" | "lambda.x86_64.provisioned-duration" | "lambda.snapstart.cache" | "lambda.snapstart.restore" | "lambda-edge.requests" | "lambda-edge.duration" | "fargate.arm64.vcpu" | "fargate.arm64.memory" | "fargate.x86_64.vcpu" | "fargate.x86_64.memory" | "load-balancer.hours" | "dynamodb.reads" | "dynamodb.writes" | "dynamodb.replicated-writes" | "dynamodb.read-capacity" | "dynamodb.write-capacity" | "dynamodb.replicated-write-capacity" | "dynamodb.storage" | "dynamodb.point-in-time-recovery" | "dynamodb.insights-events" | "aurora.acu" | "aurora.r6g-large" | "aurora.r7g-large" | "aurora.storage" | "aurora.io" | "aurora.replicated-io" | "aurora.acu.io-optimized" | "aurora.storage.io-optimized" | "aurora.backup" | "rds-proxy" | "backup.dynamodb" | "backup.dynamodb.cold" | "s3.storage" | "api-gateway.http" | "eventbridge.events" | "eventbridge.archived" | "eventbridge.archive" | "scheduler.invocations" | "sqs.standard" | "sqs.fifo" | "cloudwatch.alarms" | "cloudwatch.high-resolution-alarms" | "cloudwatch.composite-alarms" | "cloudwatch.metrics" | "cloudwatch.dashboards" | "cloudwatch.insight-rules" | "logs.ingested" | "logs.ingested.infrequent-access" | "logs.stored" | "xray.traces" | "kms.keys" | "kms.requests" | "secrets.secrets" | "ssm.advanced-parameters" | "budgets.action-days" | "fis.action-minutes" | "route53.zones" | "route53.checks" | "route53.check-options" | "recovery-controller.clusters" | "cloudfront.requests" | "cloudfront.transfer" | "waf.acls" | "waf.rules" | "waf.requests" | "vpc.interface-endpoints" | "transfer.internet" | "transfer.regions"]?: number };
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
  /** An existing Vault or OpenBao, with a transit key for each service. */
  readonly provider: "vault";
  /**
   * Which of the two it is. OpenBao has no AWS login, so its functions log in by jwt.
   *
   * @defaultValue `"vault"`
   */
  readonly server?: "vault" | "openbao";
  /** Address of Vault, for functions and for Terraform: https://vault.example.com:8200. */
  readonly address: string;
  /** Value that logins must be signed for, so that they cannot be used at another Vault; the audience of identity tokens. */
  readonly serverId: string;
  /**
   * How functions may log in; they use the first one. iam: by a request that Vault sends to STS. jwt: by a token that STS signs, for which identityTokens is required. To change without an interruption, deploy with both first, then with the order reversed, then with the new one alone.
   *
   * @defaultValue `["iam"]`
   */
  readonly logins?: readonly ("iam" | "jwt")[];
  /** The account's outbound identity federation, for the login jwt. It must be switched on in the account: aws iam enable-outbound-web-identity-federation. */
  readonly identityTokens?: IdentityTokenInput;
  /**
   * true creates an audit device in Vault. Set it only once per Vault, because each device records every request. OpenBao takes it from its own configuration only.
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

/** What `movesFormat` takes: fields with defaults may be left out. */
export interface MovesFormatInput {
  /**
   * Resources that have another address.
   *
   * @defaultValue `[]`
   */
  readonly moved?: readonly {
    /**
     * Stack whose state it is about: prod-data.
     *
     * Takes `string of at most 80 characters`.
     */
    readonly stack: string;
    /** Address that the state has it at. */
    readonly from: string;
    /** Address that the configuration has it at. */
    readonly to: string;
  }[];
  /**
   * Resources that leave their state and stay in AWS. Gates accept each as an acknowledged removal.
   *
   * @defaultValue `[]`
   */
  readonly removed?: readonly {
    /**
     * Stack that the resource is in: prod-data.
     *
     * Takes `string of at most 80 characters`.
     */
    readonly stack: string;
    /** Address that the state has it at. */
    readonly address: string;
    /**
     * Why it may go or change, and where its data is now; a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason: string;
    /** Last day on which gates accept it, in UTC; at most 90 days ahead. */
    readonly expires: string;
  }[];
  /**
   * Objects that exist, and that a state takes in.
   *
   * @defaultValue `[]`
   */
  readonly imports?: readonly {
    /**
     * Stack whose state it is about: prod-data.
     *
     * Takes `string of at most 80 characters`.
     */
    readonly stack: string;
    /** Address that the configuration has it at. */
    readonly to: string;
    /**
     * Id by which the provider imports it; the section Import of the type's page says which one.
     *
     * Takes `string of at most 2048 characters`.
     */
    readonly id: string;
  }[];
}

/** What `promotionConfig` takes: fields with defaults may be left out. */
export interface PromotionInput {
  /**
   * Environment in which the same files must have settled before `evenkeel apply` applies them here.
   *
   * Takes `string of at most 16 characters`.
   */
  readonly from: string;
  /**
   * How long after it has settled there a rollout may be applied here, in days.
   *
   * Takes `integer 1..90`.
   *
   * @defaultValue `7`
   */
  readonly withinDays?: number;
  /**
   * Why it is enough that the other environment is at an earlier stage, and so tries less; a sentence.
   *
   * Takes `string of 15 to 300 characters`.
   */
  readonly lesser?: string;
  /**
   * Functions and layers that the other environment does not have.
   *
   * @defaultValue `[]`
   */
  readonly onlyHere?: readonly {
    /** Address of a function or layer in its stack: aws_lambda_function.orders_function. */
    readonly address: string;
    /**
     * Why nobody has to try it before; a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason: string;
  }[];
  /**
   * Who reads evidence and alarms of the other environment; the caller's own credentials if left out.
   *
   * @defaultValue `{}`
   */
  readonly readBy?: {
    /** Role to assume. */
    readonly roleArn?: string;
    /**
     * Profile of the AWS configuration files.
     *
     * Takes `string of at most 64 characters`.
     */
    readonly profile?: string;
  };
}

/**
 * What `quotasInRegions` takes: fields with defaults may be left out.
 *
 * @defaultValue `{}`
 */
export type QuotasInRegionsInput = { readonly [K in AwsRegion]?: {
  /**
   * Concurrent executions of Lambda in a region (quota L-B99A9384 of lambda).
   *
   * Takes `integer 10..`.
   */
  readonly lambdaConcurrentExecutions?: number;
  /**
   * Requests per second of API Gateway in a region (quota L-8A5B8E43 of apigateway).
   *
   * Takes `integer 0..`.
   */
  readonly apiRequestsPerSecond?: number;
  /**
   * Tables in a region (quota L-F98FE922 of dynamodb).
   *
   * Takes `integer 0..`.
   */
  readonly tables?: number;
  /**
   * Event buses in a region (quota L-658A4FD9 of events).
   *
   * Takes `integer 0..`.
   */
  readonly eventBuses?: number;
  /**
   * Rules of an event bus (quota L-244521F2 of events).
   *
   * Takes `integer 0..`.
   */
  readonly rulesPerBus?: number;
  /**
   * Global endpoints in a region (quota L-EAC9A2AC of events).
   *
   * Takes `integer 0..`.
   */
  readonly globalEndpoints?: number;
  /**
   * Schedules in a region (quota L-EE5D6FF0 of scheduler).
   *
   * Takes `integer 0..`.
   */
  readonly schedules?: number;
  /**
   * Schedule groups in a region (quota L-A632CD40 of scheduler).
   *
   * Takes `integer 0..`.
   */
  readonly scheduleGroups?: number;
  /**
   * SNS topics in a region (quota L-61103206 of sns).
   *
   * Takes `integer 0..`.
   */
  readonly topics?: number;
  /**
   * KMS keys in a region (quota L-C2F1777E of kms).
   *
   * Takes `integer 0..`.
   */
  readonly keys?: number;
  /**
   * Secrets in a region.
   *
   * Takes `integer 0..`.
   */
  readonly secrets?: number;
  /**
   * Parameters of Parameter Store in a region.
   *
   * Takes `integer 0..`.
   */
  readonly parameters?: number;
  /**
   * Metric alarms in a region.
   *
   * Takes `integer 0..`.
   */
  readonly alarms?: number;
  /**
   * Log groups in a region.
   *
   * Takes `integer 0..`.
   */
  readonly logGroups?: number;
  /**
   * Sampling rules in a region (quota L-8C0C998A of xray).
   *
   * Takes `integer 0..`.
   */
  readonly samplingRules?: number;
  /**
   * Experiment templates in a region.
   *
   * Takes `integer 0..`.
   */
  readonly experimentTemplates?: number;
  /**
   * Scalable targets of Lambda in a region (quota L-A2AD6458 of application-autoscaling).
   *
   * Takes `integer 0..`.
   */
  readonly scalableTargets?: number;
  /**
   * Routes of an API (quota L-65B5C802 of apigateway).
   *
   * Takes `integer 0..`.
   */
  readonly routesPerApi?: number;
  /**
   * Authorizers of an API.
   *
   * Takes `integer 0..`.
   */
  readonly authorizersPerApi?: number;
  /**
   * Regional custom domains of API Gateway in a region (quota L-A93447B8 of apigateway).
   *
   * Takes `integer 0..`.
   */
  readonly apiDomains?: number;
  /**
   * Regional web ACLs in a region (quota L-2EC3DE7B of wafv2).
   *
   * Takes `integer 0..`.
   */
  readonly regionalWebAcls?: number;
  /**
   * VPCs in a region (quota L-F678F1CE of vpc).
   *
   * Takes `integer 0..`.
   */
  readonly vpcs?: number;
  /**
   * Interface endpoints of a VPC (quota L-29B6F2EB of vpc).
   *
   * Takes `integer 0..`.
   */
  readonly endpointsPerVpc?: number;
  /**
   * RDS clusters in a region (quota L-952B80B8 of rds).
   *
   * Takes `integer 0..`.
   */
  readonly databaseClusters?: number;
  /**
   * RDS instances in a region (quota L-7B6409FD of rds).
   *
   * Takes `integer 0..`.
   */
  readonly databaseInstances?: number;
  /**
   * RDS proxies in a region (quota L-D94C7EA3 of rds).
   *
   * Takes `integer 0..`.
   */
  readonly databaseProxies?: number;
  /**
   * VCPUs of Fargate in a region (quota L-3032A538 of fargate).
   *
   * Takes `integer 0..`.
   */
  readonly fargateVcpus?: number;
  /**
   * Application Load Balancers in a region (quota L-53DA6B97 of elasticloadbalancing).
   *
   * Takes `integer 0..`.
   */
  readonly loadBalancers?: number;
  /**
   * Target groups in a region (quota L-B22855CB of elasticloadbalancing).
   *
   * Takes `integer 0..`.
   */
  readonly targetGroups?: number;
} };

/** What `rolloutBundlesConfig` takes: fields with defaults may be left out. */
export interface RolloutBundlesInput {
  /**
   * ARNs of KMS keys or aliases that `evenkeel plan --out` encrypts bundles with; each one alone opens them. Name keys of two regions, or a multi-Region key that has a replica in a second one, so that a region can fail. Plans hold secrets: without a key a bundle is a plain file.
   *
   * Takes `list of string, at most 5 entries`.
   *
   * @defaultValue `[]`
   */
  readonly encryptWith?: readonly string[];
}

/** What `rolloutConfig` takes: fields with defaults may be left out. */
export interface RolloutInput {
  /**
   * How bundles of `evenkeel plan` are kept.
   *
   * @defaultValue `{}`
   */
  readonly bundles?: RolloutBundlesInput;
  /** Which environment must have tried the same files; left out, `evenkeel apply` does not ask. */
  readonly promotion?: PromotionInput;
  /**
   * How long services must be healthy after a wave that changed them, in minutes, before the next one begins; 0 asks nothing. Defaults to 10, in a disposable environment to 0.
   *
   * Takes `integer 0..360`.
   */
  readonly healthyForMinutes?: number;
  /**
   * How often alarms and checks are asked meanwhile, in seconds.
   *
   * Takes `integer 10..600`.
   *
   * @defaultValue `30`
   */
  readonly askEverySeconds?: number;
  /**
   * GET requests to the API of a service in the region of the wave, by name of the service; [] for none. For a service that is not named, the path of its health check if it has a domain, else its routes GET /health and GET /healthz without authorization.
   *
   * @defaultValue `{}`
   */
  readonly checks?: { readonly [name: string]: readonly {
    /**
     * Path of a GET request that needs no authorization: /health.
     *
     * Takes `string of at most 512 characters`.
     */
    readonly path: string;
    /**
     * HTTP status of its answer.
     *
     * Takes `integer 100..599`.
     *
     * @defaultValue `200`
     */
    readonly expectedStatus?: number;
  }[] };
  /**
   * Alarms that do not stop a rollout. All others of the environment count, in the region of the wave, composite ones included.
   *
   * @defaultValue `[]`
   */
  readonly ignoredAlarms?: readonly {
    /**
     * Name of the alarm, as CloudWatch has it.
     *
     * Takes `string of at most 255 characters`.
     */
    readonly name: string;
    /**
     * Why it says nothing of a rollout; a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason: string;
  }[];
}

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
  /** A second bucket in another region, to which S3 replicates the states and back; none if left out. */
  readonly secondary?: {
    /** Bucket that the first one is replicated to, and back. */
    readonly bucket: string;
    /** Region of this bucket; another one than that of the first. */
    readonly region: AwsRegion;
    /** ARN of the key that encrypts the state files there; in the region of this bucket. */
    readonly kmsKeyArn: string;
  };
  /** Which of the two buckets is worked with: the one above (`primary`) or the one of `secondary`; `primary` if left out. `evenkeel state failover` says when to change it. */
  readonly active?: "primary" | "secondary";
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
  /** Takes the traces of containers to X-Ray, from beside each task; functions are traced by X-Ray without it. Containers have no traces without it and without openTelemetry. */
  readonly collector?: {
    /** Image of a collector of OpenTelemetry with an exporter to X-Ray, pinned by digest: that of AWS's distribution (ADOT), in a private ECR repository that replicates to each region, as tasks in a network that is made reach no public registry. */
    readonly image: string;
    /**
     * Memory of a task that the collector may have, in MiB; it ends above it, and the task goes on.
     *
     * Takes `integer 64..384`.
     *
     * @defaultValue `128`
     */
    readonly memoryMebibytes?: number;
    /**
     * Share of the traces that begin in a container and are recorded, from 0 to 1. A trace that a caller began is recorded if the caller records it.
     *
     * Takes `number 0..1`.
     *
     * @defaultValue `1`
     */
    readonly sampleRatio?: number;
  };
}

