// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion, LogRetentionDays } from "../../modules/core";

/** What `organisationConfig` takes: fields with defaults may be left out. */
export interface OrganisationInput {
  /**
   * What an environment has unless its file says otherwise.
   *
   * @defaultValue `{}`
   */
  readonly defaults?: {
    /**
     * Tags of every environment; its own tags of the same keys come first.
     *
     * @defaultValue `{}`
     */
    readonly tags?: { readonly [name: string]: string };
    /**
     * What every IAM role has in common; joined with the environment's own, field by field.
     *
     * @defaultValue `{}`
     */
    readonly iam?: {
      /**
       * Permissions boundary of every role; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly permissionsBoundaryArn?: string;
      /**
       * Path of every role; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly rolePath?: string;
    };
    /**
     * Role that Terraform assumes; may contain {account}, {environment}, {partition} or {region}, the home region.
     *
     * Takes `string of at most 2048 characters`.
     */
    readonly deployRoleArn?: string;
    /**
     * How DNS records are written where hosted zones are in another account.
     *
     * @defaultValue `{}`
     */
    readonly hostedZones?: {
      /**
       * Role that Terraform assumes to write DNS records; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly recordsRoleArn?: string;
    };
    /**
     * Where Terraform's state is stored in S3, unless an environment states local state; joined with what it states, field by field.
     *
     * @defaultValue `{}`
     */
    readonly state?: {
      /**
       * Bucket that holds the state files; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly bucket?: string;
      /**
       * Region of the bucket; choose one that survives the loss of the home regions.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly region?: string;
      /**
       * Prefix of the object keys; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly keyPrefix?: string;
      /**
       * ARN of the key that encrypts the state files, in the bucket's region; may contain {account}, {environment}, {partition} or {region}, the home region.
       *
       * Takes `string of at most 2048 characters`.
       */
      readonly kmsKeyArn?: string;
    };
    /**
     * Who is notified when an alarm changes its state.
     *
     * @defaultValue `{}`
     */
    readonly alerts?: {
      /** E-mail addresses, for environments that state none. */
      readonly emails?: readonly string[];
      /**
       * Endpoints, for environments that state none.
       *
       * Takes `list of string of at most 2048 characters`.
       */
      readonly httpsEndpoints?: readonly string[];
    };
    /**
     * Quotas that all accounts of the organisation have.
     *
     * @defaultValue `{}`
     */
    readonly quotas?: {
      /**
       * Lambda's concurrent executions per region in this account (quota L-B99A9384). 1000 are assumed; a new account may have only 10, of which none can be reserved: ask with `evenkeel account`, and state what the account has.
       *
       * Takes `integer 10..`.
       */
      readonly lambdaConcurrentExecutions?: number;
      /**
       * Tables in a region.
       *
       * Takes `integer 0..`.
       */
      readonly tables?: number;
      /**
       * Event buses in a region.
       *
       * Takes `integer 0..`.
       */
      readonly eventBuses?: number;
      /**
       * Rules of an event bus.
       *
       * Takes `integer 0..`.
       */
      readonly rulesPerBus?: number;
      /**
       * Routes of an API.
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
       * Regional custom domains of API Gateway in a region.
       *
       * Takes `integer 0..`.
       */
      readonly apiDomains?: number;
      /**
       * Health checks of the account.
       *
       * Takes `integer 0..`.
       */
      readonly healthChecks?: number;
      /**
       * Distributions of the account.
       *
       * Takes `integer 0..`.
       */
      readonly distributions?: number;
      /**
       * VPCs in a region.
       *
       * Takes `integer 0..`.
       */
      readonly vpcs?: number;
      /**
       * RDS clusters in a region.
       *
       * Takes `integer 0..`.
       */
      readonly databaseClusters?: number;
      /**
       * RDS instances in a region.
       *
       * Takes `integer 0..`.
       */
      readonly databaseInstances?: number;
      /**
       * RDS proxies in a region.
       *
       * Takes `integer 0..`.
       */
      readonly databaseProxies?: number;
    };
    /**
     * How long things are kept, wherever an environment does not say.
     *
     * @defaultValue `{}`
     */
    readonly retentionDays?: {
      /** Days of every log group: `logRetentionDays` of functions, APIs, pools. */
      readonly logs?: LogRetentionDays;
      /**
       * Days of the access logs of distributions.
       *
       * Takes `integer 1..3653`.
       */
      readonly accessLogs?: number;
      /** Days of the evidence of key rotations. */
      readonly evidence?: LogRetentionDays;
      /**
       * Days of the archives of event buses.
       *
       * Takes `integer 1..3653`.
       */
      readonly archives?: number;
      /**
       * Days of the automatic backups of databases, at most 35.
       *
       * Takes `integer 1..3653`.
       */
      readonly backups?: number;
      /**
       * Days of point-in-time recovery of tables, at most 35.
       *
       * Takes `integer 1..3653`.
       */
      readonly pointInTimeRecovery?: number;
    };
  };
  /**
   * What no environment may pass, whether by its file or by a default.
   *
   * @defaultValue `{}`
   */
  readonly limits?: {
    /** The only accounts that an environment may be in. */
    readonly accounts?: readonly string[];
    /** The only home and standby regions. */
    readonly regions?: readonly AwsRegion[];
    /** The only regions of the buckets with Terraform's state. */
    readonly stateRegions?: readonly AwsRegion[];
    /** Regular expression that the whole name of an environment matches. */
    readonly environmentNames?: string;
    /**
     * Tags that every environment has, its defaults included.
     *
     * @defaultValue `{}`
     */
    readonly requiredTags?: { readonly [name: string]: {
      /**
       * The only values; any if left out.
       *
       * Takes `list of string of at most 256 characters`.
       */
      readonly values?: readonly string[];
      /** Regular expression that the whole value matches. */
      readonly pattern?: string;
    } };
    /**
     * The least number of days that things are kept.
     *
     * @defaultValue `{}`
     */
    readonly minimumRetentionDays?: {
      /** Days of every log group: `logRetentionDays` of functions, APIs, pools. */
      readonly logs?: LogRetentionDays;
      /**
       * Days of the access logs of distributions.
       *
       * Takes `integer 1..3653`.
       */
      readonly accessLogs?: number;
      /** Days of the evidence of key rotations. */
      readonly evidence?: LogRetentionDays;
      /**
       * Days of the archives of event buses.
       *
       * Takes `integer 1..3653`.
       */
      readonly archives?: number;
      /**
       * Days of the automatic backups of databases, at most 35.
       *
       * Takes `integer 1..3653`.
       */
      readonly backups?: number;
      /**
       * Days of point-in-time recovery of tables, at most 35.
       *
       * Takes `integer 1..3653`.
       */
      readonly pointInTimeRecovery?: number;
    };
    /**
     * The only permissions boundaries; with this, there has to be one. May contain {account}, {environment}, {partition} or {region}, the home region.
     *
     * Takes `list of string of at most 2048 characters`.
     */
    readonly permissionsBoundaryArns?: readonly string[];
    /**
     * What paths of roles begin with; with this, there has to be one. May contain {account}, {environment}, {partition} or {region}, the home region.
     *
     * Takes `list of string of at most 2048 characters`.
     */
    readonly rolePaths?: readonly string[];
    /**
     * The only roles that Terraform may assume; with this, there has to be one. May contain {account}, {environment}, {partition} or {region}, the home region.
     *
     * Takes `list of string of at most 2048 characters`.
     */
    readonly deployRoleArns?: readonly string[];
    /**
     * Capabilities that no environment may be without, by name.
     *
     * @defaultValue `{}`
     */
    readonly requiredCapabilities?: { readonly [name: string]: {
      /** The first stage at which every environment has it; no exception leaves it out. */
      readonly from: "foundation" | "hardening" | "optimization";
    } };
  };
}

