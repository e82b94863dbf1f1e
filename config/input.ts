// Generated from the schemas by `npm run docs`; do not edit.
import type { EdgeSiteInput } from "../blueprints/edge-site";
import type { PooledDatabaseInput } from "../blueprints/pooled-database";
import type { RegionalContainerInput } from "../blueprints/regional-container";
import type { RegionalServiceInput } from "../blueprints/regional-service";
import type { AcceptedDriftInput, AcknowledgedFindingInput, AcknowledgedRemovalInput, AddedInput, CostsInput, ExistingBusInput, ExistingTableInput, IamInput, KeyManagementInput, QuotasInRegionsInput, RolloutInput, StageExceptionInput, TracingInput } from "../contract";
import type { AlertChannelsInput } from "../modules/alert-channels";
import type { AlertChatsInput } from "../modules/alert-chats";
import type { AlertTopicInput } from "../modules/alert-topic";
import type { BackupsInput } from "../modules/backups";
import type { BusinessMetricInput } from "../modules/business-metrics";
import type { DependencyInput } from "../modules/circuit-breakers";
import type { CodeSigningInput } from "../modules/code-signing";
import type { AwsRegion, LogRetentionDays } from "../modules/core";
import type { FlowLogInput } from "../modules/database-network";
import type { EncryptionKeyInput, ExistingKeysInput } from "../modules/encryption-key";
import type { ErrorBudgetInput } from "../modules/error-budget";
import type { EventRuleInput } from "../modules/event-bus";
import type { AllowedHoursInput, FunctionFaultsInput, GameDayInput } from "../modules/fault-experiments";
import type { FaultInjectionInput } from "../modules/fault-injection";
import type { FunctionLayerInput } from "../modules/function-layer";
import type { KeyRotationInput } from "../modules/key-rotation";
import type { KpiDashboardInput } from "../modules/kpi-dashboard";
import type { MessageQueueInput } from "../modules/message-queue";
import type { ForecastInput, PredictiveWarmingInput } from "../modules/predictive-warming";
import type { QueuePausingInput } from "../modules/queue-pausing";
import type { ReplicatedTableInput } from "../modules/replicated-table";
import type { SavedQueriesInput } from "../modules/saved-queries";
import type { SchemaMigrationInput } from "../modules/schema-migration";
import type { ServiceDashboardInput } from "../modules/service-dashboard";
import type { ServiceNetworkInput } from "../modules/service-network";
import type { BrakeInput, SpendBrakeInput } from "../modules/spend-brake";
import type { SpendGuardInput } from "../modules/spend-guard";
import type { WarmerInput } from "../modules/warmer";
import type { WebFirewallInput } from "../modules/web-firewall";

/** As an environment's file states it: fields with defaults may be left out. */
export interface EnvironmentFile<A extends AddedInput = AddedInput> {
  /**
   * Name of the environment: that of its file, and the first part of every name in AWS.
   *
   * Takes `string of at most 16 characters`.
   */
  readonly name: string;
  /**
   * What the environment is for, in a sentence.
   *
   * Takes `string of 10 to 200 characters`.
   */
  readonly description: string;
  /** The rollout stage, which says what the environment has; each stage keeps what the one before it brought. */
  readonly stage: "foundation" | "hardening" | "optimization";
  /** The stage that the environment had until now, where it goes back to an earlier one. What that stage brought is destroyed; what holds data or keys is acknowledged by address all the same. Leave it out when that is deployed. */
  readonly loweredFrom?: "foundation" | "hardening" | "optimization";
  /**
   * Single capabilities that are switched on before their stage, or left out: now, or from the stage that would bring them.
   *
   * @defaultValue `{}`
   */
  readonly exceptions?: ExceptionsInput & A["exceptions"];
  /**
   * true for an environment that may be lost: allows local state and tables without deletion protection.
   *
   * @defaultValue `false`
   */
  readonly disposable?: boolean;
  /** Whether CloudWatch refuses to delete log groups. To switch it off, write false and deploy before you leave it out. Needs hashicorp/aws 6.25 or later. */
  readonly logGroupDeletionProtection?: boolean;
  /** The AWS account, 12 digits: Terraform refuses to apply to any other. */
  readonly account: string;
  /** Role that Terraform assumes to deploy; the caller's own credentials if left out. */
  readonly deployRoleArn?: string;
  /**
   * Where the hosted zones are that hostedZoneId of services and edges names.
   *
   * @defaultValue `{}`
   */
  readonly hostedZones?: {
    /** Role that Terraform assumes to write DNS records, by way of deployRoleArn if there is one; in the account of the zones. It needs route53:GetHostedZone, ListResourceRecordSets and ChangeResourceRecordSets on the zones, and GetChange. Left out, the zones are in the environment's account. */
    readonly recordsRoleArn?: string;
  };
  /**
   * What every IAM role of the environment has in common.
   *
   * @defaultValue `{}`
   */
  readonly iam?: IamInput;
  /** Where the environment is. */
  readonly regions: RegionsInput;
  /**
   * Stacks that the environment has no use for any more, without its name in front: events, database, routing, edge, or a team's own. What is in them is destroyed. Leave them out when that is deployed.
   *
   * Takes `list of string of at most 40 characters`.
   *
   * @defaultValue `[]`
   */
  readonly leavingStacks?: readonly string[];
  /**
   * Tags of every resource, in addition to Environment and ManagedBy, which the toolkit sets.
   *
   * @defaultValue `{}`
   */
  readonly tags?: { readonly [name: string]: string };
  /** Where Terraform's state is stored; may be left out where the organisation gives it. */
  readonly state?: {
    /** State files in .evenkeel/state of the project folder; for one person only. */
    readonly backend: "local";
  } | {
    /** State files in an S3 bucket, encrypted and locked. */
    readonly backend?: "s3";
    /** Bucket that holds the state files; versioned, and created outside of this toolkit. */
    readonly bucket?: string;
    /** Region of the bucket; choose one that survives the loss of the home region. */
    readonly region?: AwsRegion;
    /**
     * Prefix of the object keys; each stack's state is `<keyPrefix>/<stack>.tfstate`.
     *
     * Takes `string of at most 900 characters`.
     */
    readonly keyPrefix?: string;
    /** ARN of the key that encrypts the state files; in the bucket's region. */
    readonly kmsKeyArn?: string;
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
  };
  /**
   * Resources whose removal or replacement is meant; without an entry here, the gates refuse it.
   *
   * @defaultValue `[]`
   */
  readonly acknowledgedRemovals?: readonly AcknowledgedRemovalInput[];
  /**
   * What a gate, or another scanner, finds and may stay as it is; without an entry here, the gates refuse the plan that brings it.
   *
   * @defaultValue `[]`
   */
  readonly acknowledgedFindings?: readonly AcknowledgedFindingInput[];
  /**
   * Changes beside Terraform that may stay for a while; evenkeel drift reports them, and does not fail on them.
   *
   * @defaultValue `[]`
   */
  readonly acceptedDrift?: readonly AcceptedDriftInput[];
  /**
   * The account's quotas, which the environment must not exceed. What is not stated is taken to be AWS's default, and a new account may have less.
   *
   * @defaultValue `{}`
   */
  readonly quotas?: QuotasInput;
  /**
   * The KMS keys, and who may administer them.
   *
   * @defaultValue `{}`
   */
  readonly keys?: KeysInput;
  /**
   * Who keeps the keys that services themselves encrypt with: KMS or Vault. After a change from KMS to Vault, functions decrypt what KMS encrypted as well; not the other way round.
   *
   * @defaultValue `{"provider":"kms"}`
   */
  readonly keyManagement?: KeyManagementInput;
  /** Who is notified when an alarm changes its state; may be left out where the organisation gives it. */
  readonly alerts?: AlertTopicInput;
  /** How the functions of services are traced: by OpenTelemetry, or by a layer. Left out, by X-Ray. The toolkit's own functions are traced by X-Ray or not at all. */
  readonly tracing?: TracingInput;
  /**
   * DynamoDB tables; services use them by naming them.
   *
   * @defaultValue `[]`
   */
  readonly tables?: readonly (TableInput & A["table"])[];
  /**
   * Aurora databases, PostgreSQL or MySQL, global from their first day; services connect by naming one.
   *
   * @defaultValue `[]`
   */
  readonly databases?: readonly (DatabaseInput & A["database"])[];
  /**
   * Event buses; services subscribe to them with their own rules.
   *
   * @defaultValue `[]`
   */
  readonly eventBuses?: readonly (BusInput & A["bus"])[];
  /**
   * SQS queues with their dead letters, one in each region that services run in; services take their messages or send to them.
   *
   * @defaultValue `[]`
   */
  readonly queues?: readonly QueueInput[];
  /**
   * DynamoDB tables that are there already; services use them by name, as those of the environment.
   *
   * @defaultValue `[]`
   */
  readonly existingTables?: readonly ExistingTableInput[];
  /**
   * Event buses that are there already; services publish and subscribe to them by name.
   *
   * @defaultValue `[]`
   */
  readonly existingBuses?: readonly ExistingBusInput[];
  /**
   * Services: functions with what they use, and the APIs in front of them.
   *
   * @defaultValue `[]`
   */
  readonly services?: readonly (ServiceInput<A> & A["service"])[];
  /**
   * Services whose code runs in containers on Fargate, behind load balancers that fail over as the APIs of functions do.
   *
   * @defaultValue `[]`
   */
  readonly containers?: readonly (ContainerInput & A["container"])[];
  /** The network of containers in each of their regions; required with containers. */
  readonly containerNetwork?: ServiceNetworkInput;
  /**
   * What the estimate of costs cannot read from anything else: negotiated prices, and how much is stored.
   *
   * @defaultValue `{}`
   */
  readonly costs?: CostsInput;
  /**
   * How `evenkeel plan` and `evenkeel apply` roll changes out: in waves, for how long services must be healthy between them, and what must have settled elsewhere.
   *
   * @defaultValue `{}`
   */
  readonly rollout?: RolloutInput;
  /**
   * The budget, who is notified, and ceilings for single functions.
   *
   * Of the capability `spendGuard`, from foundation on.
   */
  readonly spendGuard: SpendGuardInput;
  /**
   * What stops services with a brake.
   *
   * Of the capability `spendGuard`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly spendBrake?: SpendBrakeInput;
  /**
   * Layers that are made in each region from files of the project: certificates, policies, extensions. Packages of npm belong into bundles.
   *
   * Of the capability `functionLayers`, from foundation on.
   *
   * @defaultValue `[]`
   */
  readonly layers?: readonly (FunctionLayerInput & {
    /**
     * Name of the layer, unique in the environment. Part of the Terraform address.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly name: string;
  })[];
  /**
   * Layers that are there already, such as those of AWS or of a vendor.
   *
   * Of the capability `functionLayers`, from foundation on.
   *
   * @defaultValue `[]`
   */
  readonly existingLayers?: readonly {
    /**
     * Name that services use for it, unique in the environment.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly name: string;
    /** ARN of a version in each region where services run: arn:aws:lambda:eu-west-1:123456789012:layer:insights:3. */
    readonly arns: { readonly [K in AwsRegion]?: string };
    /** Runtimes that it is made for. A function of another one is refused; none is if left out. */
    readonly compatibleRuntimes?: readonly ("nodejs22.x" | "nodejs20.x" | "python3.13" | "python3.12" | "java21" | "dotnet8" | "ruby3.4" | "ruby3.3" | "provided.al2023")[];
    /** Version of the signing profile that signs it, in each region. Where code signing is enforced, Lambda refuses the layer without it. */
    readonly signedBy?: { readonly [K in AwsRegion]?: string };
  }[];
  /**
   * The dashboard of all services for those who answer for them.
   *
   * Of the capability `kpis`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly kpis?: KpiDashboardInput;
  /**
   * Who gets alarms besides the recipients of alerts; nobody if left out.
   *
   * Of the capability `alertChannels`, from foundation on.
   */
  readonly alertChannels?: {
    /** Tools that EventBridge calls, in the format of each, by how urgent an alarm is. */
    readonly tools?: AlertChannelsInput;
    /** Channels that AWS's own chat application writes to, whatever the alert topics get. */
    readonly chats?: AlertChatsInput;
  };
  /**
   * When a key's rotation is overdue, and how long evidence is kept, from the stage that brings it.
   *
   * Of the capability `keyRotationEvidence`, from hardening on.
   *
   * @defaultValue `{}`
   */
  readonly keyRotation?: KeyRotationInput;
  /**
   * What is logged of the traffic in the networks of containers, from the stage that brings it. Only for created VPCs: an existing one is logged by its owner.
   *
   * Of the capability `flowLogs`, from hardening on.
   */
  readonly containerFlowLogs?: FlowLogInput;
  /**
   * When tables and databases are backed up, where to and for how long, from the stage that brings it.
   *
   * Of the capability `backupPlan`, from hardening on.
   *
   * @defaultValue `{}`
   */
  readonly backups?: BackupsInput & {
    /**
     * Recovery point objective of what is restored from a backup, in hours: checked against the schedules. DynamoDB and Aurora go back to any second of the last days by themselves, in the same region.
     *
     * Takes `integer 1..8760`.
     */
    readonly recoveryPointHours?: number;
  };
  /**
   * What services call through a circuit breaker, which is shared from the stage that brings it.
   *
   * Of the capability `circuitBreakers`, from hardening on.
   *
   * @defaultValue `[]`
   */
  readonly dependencies?: readonly DependencyInput[];
  /**
   * What has queues wait while a circuit breaker is open, for those with pausedBy.
   *
   * Of the capability `circuitBreakers`, from hardening on.
   *
   * @defaultValue `{}`
   */
  readonly queuePausing?: QueuePausingInput;
  /**
   * The function and schedules of each region that keep environments there, from the stage that brings them.
   *
   * Of the capability `warmEnvironments`, from hardening on.
   *
   * @defaultValue `{}`
   */
  readonly warmer?: WarmerInput;
  /**
   * Says that faults may be injected into services of this environment.
   *
   * Of the capability `faultInjection`, from hardening on.
   */
  readonly chaos?: {
    /**
     * Why faults may be injected here, and who may do so, in a sentence. Without it nothing can be.
     *
     * Takes `string of 10 to 200 characters`.
     */
    readonly optIn: string;
    /** Experiments of AWS FIS, made from what the environment consists of, from the stage that brings them. None if left out; {} is all that there can be. */
    readonly experiments?: {
      /**
       * Faults in the code of functions, which only their authors can name.
       *
       * @defaultValue `[]`
       */
      readonly functions?: readonly (FunctionFaultsInput & {
        /**
         * Name of the experiment. Part of the Terraform address.
         *
         * Takes `string of at most 43 characters`.
         */
        readonly name: string;
        /**
         * The service whose function or container gets the faults; it has the field chaos.
         *
         * Takes `string of at most 32 characters`.
         */
        readonly service: string;
      })[];
      /**
       * How long the replication of a table is paused, in minutes; <table>-replication for each with replicas.
       *
       * Takes `integer 1..720`.
       *
       * @defaultValue `15`
       */
      readonly pausedReplicationMinutes?: number;
      /**
       * Share of the tasks of a container that <container>-tasks stops, in percent.
       *
       * Takes `integer 1..99`.
       *
       * @defaultValue `50`
       */
      readonly stoppedTasksPercent?: number;
      /**
       * How long the subnets of a database and of the functions that use it are cut off, in minutes; <database>-network, and <database>-cross-region in a network that is there already.
       *
       * Takes `integer 1..720`.
       *
       * @defaultValue `10`
       */
      readonly networkMinutes?: number;
      /**
       * Experiments that there would be and that are not made, by their names.
       *
       * Takes `list of string of at most 43 characters`.
       *
       * @defaultValue `[]`
       */
      readonly except?: readonly string[];
      /**
       * Days until log events expire; one of the periods that CloudWatch Logs supports.
       *
       * @defaultValue `365`
       */
      readonly logRetentionDays?: LogRetentionDays;
    };
    /** When experiments may start by themselves. Required for game days, which are refused outside of it. */
    readonly hours?: AllowedHoursInput;
    /**
     * Experiments that start by themselves, one after the other.
     *
     * @defaultValue `[]`
     */
    readonly gameDays?: readonly GameDayInput[];
  };
  /**
   * Has the code of all functions signed by AWS Signer, from the stage that brings it; {} warns of what is not signed. Functions at the edge and images have no signatures; with Enforce, images are refused. Nothing is signed if left out.
   *
   * Of the capability `signedCode`, from hardening on.
   */
  readonly codeSigning?: CodeSigningInput;
  /**
   * When and from how much the next day is forecast, for services that ask for it.
   *
   * Of the capability `predictiveWarming`, from optimization on.
   *
   * @defaultValue `{}`
   */
  readonly predictiveWarming?: PredictiveWarmingInput;
}

/**
 * As an environment's file states it: fields with defaults may be left out.
 *
 * @defaultValue `{}`
 */
export type ExceptionsInput = {
  /** CloudWatch alarms on keys, tables, functions and APIs, sent to the alert topics. */
  readonly alarms?: StageExceptionInput;
  /** Traces of functions: X-Ray, or OpenTelemetry where tracing says so. */
  readonly tracing?: StageExceptionInput;
  /** Business metrics of services, on their dashboards and with alarms. */
  readonly businessMetrics?: StageExceptionInput;
  /** One CloudWatch dashboard per service. */
  readonly dashboards?: StageExceptionInput;
  /** Logs Insights queries, among them one that follows a correlation id. */
  readonly savedQueries?: StageExceptionInput;
  /** A budget with notifications and an action, alarms on loops, and brakes for functions. */
  readonly spendGuard?: StageExceptionInput;
  /** The layers that services ask for. */
  readonly functionLayers?: StageExceptionInput;
  /** One dashboard with the key figures of all services, and a count of their cold starts. */
  readonly kpis?: StageExceptionInput;
  /** Alerts in chat and incident tools, where the environment names some. */
  readonly alertChannels?: StageExceptionInput;
  /** Migrations of schemas before the services that need them, for databases that have some. */
  readonly schemaMigrations?: StageExceptionInput;
  /** A queue for events that a function failed on, with alarms. */
  readonly deadLetters?: StageExceptionInput;
  /** The most used keys of each table, to find hot partitions. */
  readonly contributorInsights?: StageExceptionInput;
  /** A pool of connections in front of each database. */
  readonly databaseProxy?: StageExceptionInput;
  /** A web ACL in front of each distribution. */
  readonly firewall?: StageExceptionInput;
  /** Rotation of keys on demand, a log of every rotation, alarms on overdue ones. */
  readonly keyRotationEvidence?: StageExceptionInput;
  /** A flow log of each network that is made for a database or for containers. */
  readonly flowLogs?: StageExceptionInput;
  /** A plan of AWS Backup for tables and databases, with vaults that nobody deletes from. */
  readonly backupPlan?: StageExceptionInput;
  /** Circuit breakers with shared state before what services depend on, with switches and alarms. */
  readonly circuitBreakers?: StageExceptionInput;
  /** A schedule that calls functions so that their environments stay warm. */
  readonly warmEnvironments?: StageExceptionInput;
  /** A switch for faults in services that ask for one, where the environment opts in. */
  readonly faultInjection?: StageExceptionInput;
  /** Signed code, where the environment asks for it. */
  readonly signedCode?: StageExceptionInput;
  /** Error budgets of services: alarms on how fast they are lost, and one on what callers notice. */
  readonly errorBudgets?: StageExceptionInput;
  /** New passwords for database users, created and rotated by a function. */
  readonly secretRotation?: StageExceptionInput;
  /** Warm function environments, scaled by use and schedule. */
  readonly provisionedConcurrency?: StageExceptionInput;
  /** Starts from snapshots, for functions of Python, Java and .NET that ask for them. */
  readonly snapStart?: StageExceptionInput;
  /** Provisioned concurrency that follows a forecast of the next day, made from the history of each alias. */
  readonly predictiveWarming?: StageExceptionInput;
  /** A replica of each KMS key in the standby regions. */
  readonly replicatedKeys?: StageExceptionInput;
  /** A replica of each table in the standby regions. */
  readonly replicatedTables?: StageExceptionInput;
  /** A secondary cluster of each database in the standby regions. */
  readonly globalDatabase?: StageExceptionInput;
  /** Each event bus in the first standby region as well, behind an endpoint that fails over. */
  readonly replicatedEvents?: StageExceptionInput;
  /** Health checks, and DNS names that move to a standby region. */
  readonly dnsFailover?: StageExceptionInput;
  /** A function at the edge that sends each viewer to the best region. */
  readonly edgeFunctions?: StageExceptionInput;
  /** Every service in the standby regions as well. */
  readonly standbyServices?: StageExceptionInput;
  /** Experiments of AWS FIS with hypotheses and stop alarms, and game days, where the environment opts in. */
  readonly chaosExperiments?: StageExceptionInput;
};

/** Where the environment is. */
export interface RegionsInput {
  /** Region that holds the primary of keys and tables, and serves first unless active says otherwise. */
  readonly home: AwsRegion;
  /**
   * Regions that take over, the first one first; used from the stage that brings them.
   *
   * @defaultValue `[]`
   */
  readonly standby?: readonly AwsRegion[];
  /** Region that serves first: home, or one of standby that services run in. Data and keys stay where they are. Defaults to home; to switch back, name home. */
  readonly active?: AwsRegion;
  /**
   * Regions that are given up. While one is in standby as well, everything there still stands, without deletion protection; once it is only named here, what is there is destroyed. Leave it out when that is deployed.
   *
   * @defaultValue `[]`
   */
  readonly leaving?: readonly AwsRegion[];
}

/**
 * As an environment's file states it: fields with defaults may be left out.
 *
 * @defaultValue `{}`
 */
export interface QuotasInput {
  /**
   * Lambda's concurrent executions per region in this account (quota L-B99A9384). 1000 are assumed; a new account may have only 10, of which none can be reserved: ask with `evenkeel quotas --read`, and state what the account has.
   *
   * Takes `integer 10..`.
   *
   * @defaultValue `1000`
   */
  readonly lambdaConcurrentExecutions?: number;
  /**
   * Requests per second of API Gateway in a region, over all APIs of the account (quota L-8A5B8E43). AWS gives 10000, in newer regions 2500.
   *
   * Takes `integer 0..`.
   */
  readonly apiRequestsPerSecond?: number;
  /**
   * Tables in a region (quota L-F98FE922 of dynamodb).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `2500`
   */
  readonly tables?: number;
  /**
   * Event buses in a region (quota L-658A4FD9 of events).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100`
   */
  readonly eventBuses?: number;
  /**
   * Rules of an event bus (quota L-244521F2 of events).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `300`
   */
  readonly rulesPerBus?: number;
  /**
   * Global endpoints in a region (quota L-EAC9A2AC of events).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100`
   */
  readonly globalEndpoints?: number;
  /**
   * Schedules in a region (quota L-EE5D6FF0 of scheduler).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `1000000`
   */
  readonly schedules?: number;
  /**
   * Schedule groups in a region (quota L-A632CD40 of scheduler).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `500`
   */
  readonly scheduleGroups?: number;
  /**
   * SNS topics in a region (quota L-61103206 of sns).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100000`
   */
  readonly topics?: number;
  /**
   * KMS keys in a region (quota L-C2F1777E of kms).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100000`
   */
  readonly keys?: number;
  /**
   * Secrets in a region.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `500000`
   */
  readonly secrets?: number;
  /**
   * Parameters of Parameter Store in a region.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `10000`
   */
  readonly parameters?: number;
  /**
   * Metric alarms in a region.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `5000`
   */
  readonly alarms?: number;
  /**
   * Log groups in a region.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `1000000`
   */
  readonly logGroups?: number;
  /**
   * Sampling rules in a region (quota L-8C0C998A of xray).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `25`
   */
  readonly samplingRules?: number;
  /**
   * Experiment templates in a region.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `500`
   */
  readonly experimentTemplates?: number;
  /**
   * Scalable targets of Lambda in a region (quota L-A2AD6458 of application-autoscaling).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `500`
   */
  readonly scalableTargets?: number;
  /**
   * Routes of an API (quota L-65B5C802 of apigateway).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `300`
   */
  readonly routesPerApi?: number;
  /**
   * Authorizers of an API.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `10`
   */
  readonly authorizersPerApi?: number;
  /**
   * Regional custom domains of API Gateway in a region (quota L-A93447B8 of apigateway).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `120`
   */
  readonly apiDomains?: number;
  /**
   * Health checks of the account (quota L-ACB674F3 of route53).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `200`
   */
  readonly healthChecks?: number;
  /**
   * Records of a hosted zone (quota L-E209CC9F of route53).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `10000`
   */
  readonly recordsPerZone?: number;
  /**
   * Distributions of the account (quota L-24B04930 of cloudfront).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `200`
   */
  readonly distributions?: number;
  /**
   * Web ACLs for CloudFront of the account (quota L-24189897 of wafv2).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100`
   */
  readonly edgeWebAcls?: number;
  /**
   * Regional web ACLs in a region (quota L-2EC3DE7B of wafv2).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `100`
   */
  readonly regionalWebAcls?: number;
  /**
   * VPCs in a region (quota L-F678F1CE of vpc).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `5`
   */
  readonly vpcs?: number;
  /**
   * Interface endpoints of a VPC (quota L-29B6F2EB of vpc).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `50`
   */
  readonly endpointsPerVpc?: number;
  /**
   * RDS clusters in a region (quota L-952B80B8 of rds).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `40`
   */
  readonly databaseClusters?: number;
  /**
   * RDS instances in a region (quota L-7B6409FD of rds).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `40`
   */
  readonly databaseInstances?: number;
  /**
   * RDS proxies in a region (quota L-D94C7EA3 of rds).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `20`
   */
  readonly databaseProxies?: number;
  /**
   * VCPUs of Fargate in a region (quota L-3032A538 of fargate).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `6`
   */
  readonly fargateVcpus?: number;
  /**
   * Application Load Balancers in a region (quota L-53DA6B97 of elasticloadbalancing).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `50`
   */
  readonly loadBalancers?: number;
  /**
   * Target groups in a region (quota L-B22855CB of elasticloadbalancing).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `3000`
   */
  readonly targetGroups?: number;
  /**
   * IAM roles of the account (quota L-FE177D64 of iam).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `1000`
   */
  readonly roles?: number;
  /**
   * Customer managed policies of the account (quota L-E95E4862 of iam).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `1500`
   */
  readonly policies?: number;
  /**
   * Managed policies of a role (quota L-0DA4ABF3 of iam).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `10`
   */
  readonly policiesPerRole?: number;
  /**
   * Characters of a trust policy (quota L-C07B4B0D of iam).
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `2048`
   */
  readonly trustPolicyCharacters?: number;
  /**
   * Quotas in single regions of this account, where they are not those above: most quotas are of a region, and a standby region may still have the default.
   *
   * @defaultValue `{}`
   */
  readonly inRegions?: QuotasInRegionsInput;
}

/**
 * As an environment's file states it: fields with defaults may be left out.
 *
 * @defaultValue `{}`
 */
export interface KeysInput {
  /**
   * Key that encrypts tables.
   *
   * @defaultValue `{}`
   */
  readonly data?: EncryptionKeyInput & {
    /** Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow dynamodb, events, with databases rds, secretsmanager and logs, and with queues sqs and, where buses send to them, events.amazonaws.com. */
    readonly existing?: ExistingKeysInput;
  };
  /**
   * Key that encrypts logs, alerts and dead letters.
   *
   * @defaultValue `{}`
   */
  readonly operations?: EncryptionKeyInput & {
    /** Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow logs, sns, sqs, lambda, cloudwatch, events, budgets and scheduler. */
    readonly existing?: ExistingKeysInput;
  };
  /** Key that services themselves encrypt with; created with its defaults as soon as one has encryption. Named here, it also stays when none has it any more. */
  readonly application?: EncryptionKeyInput & {
    /** Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow functions of services directly. */
    readonly existing?: ExistingKeysInput;
  };
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface TableInput extends ReplicatedTableInput {
  /**
   * Whether it is backed up by the plan of the environment, from the stage that brings it.
   *
   * Of the capability `backupPlan`, from hardening on.
   *
   * @defaultValue `true`
   */
  readonly backup?: boolean;
  /**
   * Name of the table within the environment.
   *
   * Takes `string of at most 100 characters`.
   */
  readonly name: string;
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface DatabaseInput extends PooledDatabaseInput {
  /**
   * Migrations of its schema, applied by each deployment that brings new ones, before the services that use it; none are run if left out.
   *
   * Of the capability `schemaMigrations`, from foundation on.
   */
  readonly migrations?: SchemaMigrationInput;
  /**
   * What is logged of the traffic in the networks of the database, from the stage that brings it. CloudWatch Logs bills what is written. Only for a created VPC: an existing one is logged by its owner.
   *
   * Of the capability `flowLogs`, from hardening on.
   */
  readonly flowLogs?: FlowLogInput;
  /**
   * Whether it is backed up by the plan of the environment, from the stage that brings it.
   *
   * Of the capability `backupPlan`, from hardening on.
   *
   * @defaultValue `true`
   */
  readonly backup?: boolean;
  /**
   * Name of the database within the environment; never changes.
   *
   * Takes `string of at most 24 characters`.
   */
  readonly name: string;
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface BusInput {
  /**
   * What the bus is for.
   *
   * Takes `string of at most 512 characters`.
   *
   * @defaultValue `"Events of this environment"`
   */
  readonly description?: string;
  /**
   * How long events can be replayed, in days. Heartbeats are not archived.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `30`
   */
  readonly archiveRetentionDays?: number;
  /**
   * Other AWS accounts that may publish to the bus, and with which sources.
   *
   * @defaultValue `{}`
   */
  readonly publisherAccounts?: { readonly [name: string]: {
    /**
     * Values of source that the account may use.
     *
     * Takes `list of string of at most 256 characters`.
     */
    readonly sources: readonly string[];
  } };
  /**
   * Alarm thresholds, for each region.
   *
   * @defaultValue `{}`
   */
  readonly alarmThresholds?: {
    /**
     * Events that could not be delivered to a target, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1`
     */
    readonly failedInvocations?: number;
    /**
     * How often a rule was throttled, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1`
     */
    readonly throttledRules?: number;
    /**
     * Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.
     *
     * Takes `integer 60..1209300`.
     *
     * @defaultValue `86400`
     */
    readonly deadLetterAgeSeconds?: number;
  };
  /**
   * Name of the bus within the environment.
   *
   * Takes `string of at most 32 characters`.
   */
  readonly name: string;
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface QueueInput extends MessageQueueInput {
  /**
   * Name of the queue within the environment.
   *
   * Takes `string of at most 40 characters`.
   */
  readonly name: string;
  /**
   * Rules that deliver events of buses to the queue, by name; names are part of Terraform addresses. Not of a FIFO queue.
   *
   * @defaultValue `{}`
   */
  readonly subscriptions?: { readonly [name: string]: EventRuleInput & {
    /**
     * Name of the bus within the environment.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly bus: string;
  } };
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface ServiceInput<A extends AddedInput = AddedInput> extends RegionalServiceInput {
  /**
   * Business metrics that the code writes, in the order in which its dashboard shows them. Sets BUSINESS_METRICS.
   *
   * Of the capability `businessMetrics`, from foundation on.
   */
  readonly metrics?: readonly BusinessMetricInput[];
  /**
   * The service's dashboard; one over all of its regions.
   *
   * Of the capability `dashboards`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly dashboard?: ServiceDashboardInput;
  /**
   * Logs Insights queries in addition to the standard ones.
   *
   * Of the capability `savedQueries`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly savedQueries?: SavedQueriesInput;
  /**
   * Stops the function within minutes when its invocations are above a ceiling that is never healthy; none if left out.
   *
   * Of the capability `spendGuard`, from foundation on.
   */
  readonly brake?: BrakeInput;
  /**
   * Names of layers or existingLayers that the function gets, at most 5, in the order in which Lambda unpacks them into /opt.
   *
   * Takes `list of string of at most 32 characters, at most 5 entries`.
   *
   * Of the capability `functionLayers`, from foundation on.
   *
   * @defaultValue `[]`
   */
  readonly layers?: readonly string[];
  /**
   * Where records go of events that the function failed on after all retries of function.asyncInvoke: one of these, in place of a queue of their own.
   *
   * Of the capability `deadLetters`, from hardening on.
   */
  readonly onFailure?: {
    /**
     * A standard queue of the environment, by its name within it.
     *
     * Takes `string of at most 40 characters`.
     */
    readonly queue?: string;
    /**
     * An event bus, by its name within the environment. Rules find the records by source "lambda" and detail-type "Lambda Function Invocation Result - Failure".
     *
     * Takes `string of at most 32 characters`.
     */
    readonly bus?: string;
    /**
     * Another service, by its name; its function is invoked asynchronously with the record.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly function?: string;
    /**
     * One of your own in each region: a standard queue, a standard topic, an event bus, a function or a bucket; {partition}, {region}, {account} and {environment} stand for those of the function.
     *
     * Takes `string of at most 2048 characters`.
     */
    readonly arn?: string;
    /**
     * The KMS key of the queue, topic or bucket at `arn`, where it is a key of your own. Its policy has to allow it as well.
     *
     * Takes `string of at most 2048 characters`.
     */
    readonly keyArn?: string;
  };
  /**
   * The dependencies that it calls, by their names. Sets CIRCUIT_BREAKERS_TABLE_NAME, CIRCUIT_BREAKERS_PATH and DEPENDENCY_<NAME> for each.
   *
   * Takes `list of string of at most 32 characters`.
   *
   * Of the capability `circuitBreakers`, from hardening on.
   *
   * @defaultValue `[]`
   */
  readonly dependencies?: readonly string[];
  /**
   * Lets people switch faults of the function and its dependencies on, for a limited time, from the stage that brings it. Only in an environment that opts in.
   *
   * Of the capability `faultInjection`, from hardening on.
   */
  readonly chaos?: FaultInjectionInput;
  /**
   * What the service promises its callers, and alarms on how fast it loses it, from the stage that brings them; none if left out.
   *
   * Of the capability `errorBudgets`, from hardening on.
   */
  readonly errorBudget?: ErrorBudgetInput;
  /**
   * Has provisioned concurrency follow a forecast, between its min and max; it stays as it is if left out.
   *
   * Of the capability `predictiveWarming`, from optimization on.
   */
  readonly predictiveWarming?: ForecastInput;
  /**
   * Name of the service within the environment.
   *
   * Takes `string of at most 24 characters`.
   */
  readonly name: string;
  /** CloudFront in front of the API, in all regions; instead of api.domainName. */
  readonly edge?: EdgeInput & A["edge"];
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface ContainerInput extends RegionalContainerInput {
  /**
   * Business metrics that the code writes, in the order in which its dashboard shows them. Sets BUSINESS_METRICS.
   *
   * Of the capability `businessMetrics`, from foundation on.
   */
  readonly metrics?: readonly BusinessMetricInput[];
  /**
   * The service's dashboard; one over all of its regions.
   *
   * Of the capability `dashboards`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly dashboard?: ServiceDashboardInput;
  /**
   * Logs Insights queries in addition to the standard ones.
   *
   * Of the capability `savedQueries`, from foundation on.
   *
   * @defaultValue `{}`
   */
  readonly savedQueries?: SavedQueriesInput;
  /**
   * Lets people switch faults of the code in its tasks and its dependencies on, for a limited time, from the stage that brings it. For Node.js, with `runtime/chaos`. Only in an environment that opts in.
   *
   * Of the capability `faultInjection`, from hardening on.
   */
  readonly chaos?: FaultInjectionInput;
  /**
   * What the service promises its callers, and alarms on how fast it loses it, from the stage that brings them; none if left out.
   *
   * Of the capability `errorBudgets`, from hardening on.
   */
  readonly errorBudget?: ErrorBudgetInput;
  /**
   * Name of the service within the environment, which no function has as well.
   *
   * Takes `string of at most 24 characters`.
   */
  readonly name: string;
}

/** As an environment's file states it: fields with defaults may be left out. */
export interface EdgeInput extends EdgeSiteInput {
  /**
   * The web ACL in front of the distribution, from the stage that brings it.
   *
   * Of the capability `firewall`, from hardening on.
   *
   * @defaultValue `{"scope":"CLOUDFRONT"}`
   */
  readonly firewall?: EdgeFirewallInput;
}

/**
 * As an environment's file states it: fields with defaults may be left out.
 *
 * @defaultValue `{"scope":"CLOUDFRONT"}`
 */
export interface EdgeFirewallInput extends WebFirewallInput {
  /** What it protects: a distribution. */
  readonly scope: "CLOUDFRONT";
}

