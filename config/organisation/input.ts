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
       * Lambda's concurrent executions per region in this account (quota L-B99A9384). 1000 are assumed; a new account may have only 10, of which none can be reserved: ask with `evenkeel quotas --read`, and state what the account has.
       *
       * Takes `integer 10..`.
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
       * Health checks of the account (quota L-ACB674F3 of route53).
       *
       * Takes `integer 0..`.
       */
      readonly healthChecks?: number;
      /**
       * Records of a hosted zone (quota L-E209CC9F of route53).
       *
       * Takes `integer 0..`.
       */
      readonly recordsPerZone?: number;
      /**
       * Distributions of the account (quota L-24B04930 of cloudfront).
       *
       * Takes `integer 0..`.
       */
      readonly distributions?: number;
      /**
       * Web ACLs for CloudFront of the account (quota L-24189897 of wafv2).
       *
       * Takes `integer 0..`.
       */
      readonly edgeWebAcls?: number;
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
      /**
       * IAM roles of the account (quota L-FE177D64 of iam).
       *
       * Takes `integer 0..`.
       */
      readonly roles?: number;
      /**
       * Customer managed policies of the account (quota L-E95E4862 of iam).
       *
       * Takes `integer 0..`.
       */
      readonly policies?: number;
      /**
       * Managed policies of a role (quota L-0DA4ABF3 of iam).
       *
       * Takes `integer 0..`.
       */
      readonly policiesPerRole?: number;
      /**
       * Characters of a trust policy (quota L-C07B4B0D of iam).
       *
       * Takes `integer 0..`.
       */
      readonly trustPolicyCharacters?: number;
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

