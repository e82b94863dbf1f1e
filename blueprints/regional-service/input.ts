// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../../modules/core";
import type { EventRuleInput } from "../../modules/event-bus";
import type { FailoverDnsInput } from "../../modules/failover-dns";
import type { HttpApiInput } from "../../modules/http-api";
import type { QueueConsumerInput } from "../../modules/message-queue";
import type { SettingsByNameInput } from "../../modules/plain-settings";
import type { RecoveryObjectivesInput } from "../../modules/recovery-objectives";
import type { FunctionOverrideInput, ServiceFunctionInput } from "../../modules/service-function";
import type { ServiceScheduleInput } from "../../modules/service-schedules";
import type { ServiceTrafficInput } from "../../modules/service-traffic";
import type { StreamConsumerInput } from "../../modules/table-stream";
import type { VaultDatabaseRoleInput } from "../../modules/vault-database-role";

/** What `regionalServiceConfig` takes: fields with defaults may be left out. */
export interface RegionalServiceInput {
  /** The function that does the work. */
  readonly function: ServiceFunctionInput;
  /** HTTP API in front of the function; leave it out for a service without callers. */
  readonly api?: HttpApiInput;
  /** Public Route 53 zone of the API's domain name. */
  readonly hostedZoneId?: string;
  /**
   * How the API's domain name moves between regions, from the stage that brings it.
   *
   * @defaultValue `{}`
   */
  readonly dns?: FailoverDnsInput;
  /** Recovery that the service promises after the loss of its home region; rejected if the configuration cannot achieve it. */
  readonly recovery?: RecoveryObjectivesInput;
  /** What the service has to answer and how fast, in the region that serves first. What it has of concurrency is checked against it. */
  readonly traffic?: ServiceTrafficInput;
  /**
   * Tables that the function uses, by their name within the environment.
   *
   * @defaultValue `{}`
   */
  readonly tables?: { readonly [name: string]: {
    /** What the function may do with the items. */
    readonly access: "read" | "write" | "read-write";
    /**
     * Environment variable with the table's name.
     *
     * @defaultValue `"TABLE_NAME"`
     */
    readonly variable?: string;
    /**
     * Also lets the functions of standby regions use the table in the home region, which HOME_REGION names: for data that all regions must agree on immediately.
     *
     * @defaultValue `false`
     */
    readonly homeReplica?: boolean;
  } };
  /** The database that the function connects to. The function runs in its network, so there can only be one. Sets DATABASE_HOST, DATABASE_READER_HOST, DATABASE_ENGINE where it is not PostgreSQL, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_AUTHENTICATION and, where needed, DATABASE_SECRET_ARN, DATABASE_CA_FILE, DATABASE_TARGET_SESSION_ATTRS and DATABASE_READ_CONSISTENCY; with login VAULT_ADDR, VAULT_SERVER_ID, VAULT_AUTH_MOUNT, VAULT_ROLE, VAULT_DATABASE_MOUNT and VAULT_DATABASE_ROLE, and VAULT_JWT_ALGORITHM and VAULT_JWT_SECONDS where functions log in by identity tokens. */
  readonly database?: {
    /**
     * Name of the database within the environment.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly name: string;
    /** Database user to connect as, one of the database's users; with login, the role that its users are granted. */
    readonly user: string;
    /**
     * Which endpoints the function gets; its permissions there are granted to the user in SQL.
     *
     * @defaultValue `"read-write"`
     */
    readonly access?: "read" | "read-write";
    /** Creates a new database user for each execution environment of the function, and removes it again. Only without a pool. */
    readonly login?: VaultDatabaseRoleInput & {
      /** The Vault of keyManagement, by its database engine. */
      readonly provider: "vault";
    };
  };
  /** Lets the function itself encrypt, with its key in keyManagement. Sets ENCRYPTION_KEY_ARN and ENCRYPTION_SERVICE, or VAULT_ADDR, VAULT_SERVER_ID, VAULT_AUTH_MOUNT, VAULT_ROLE, VAULT_TRANSIT_MOUNT and VAULT_KEY, and VAULT_JWT_ALGORITHM and VAULT_JWT_SECONDS where functions log in by identity tokens. */
  readonly encryption?: {
    /**
     * Another service, whose messages the function may decrypt, instead of encrypting its own.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly readsOf?: string;
  };
  /** Plain settings, stored as Parameter Store parameters in each region, which the function reads without a new deployment. Sets SETTINGS_PATH. */
  readonly settings?: SettingsByNameInput;
  /**
   * Rules that deliver events to the function, by name; names are part of Terraform addresses.
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
  /**
   * Buses that the function publishes to, by their name within the environment.
   *
   * @defaultValue `{}`
   */
  readonly publishes?: { readonly [name: string]: {
    /**
     * Values of source that the function may use.
     *
     * Takes `list of string of at most 256 characters`.
     */
    readonly sources: readonly string[];
    /**
     * Environment variable with the bus's name.
     *
     * @defaultValue `"EVENT_BUS_NAME"`
     */
    readonly variable?: string;
    /**
     * Environment variable with the endpoint's id, set once events are replicated.
     *
     * @defaultValue `"EVENT_ENDPOINT_ID"`
     */
    readonly endpointVariable?: string;
  } };
  /**
   * Queues whose messages the function handles, by their name within the environment.
   *
   * @defaultValue `{}`
   */
  readonly queues?: { readonly [name: string]: QueueConsumerInput };
  /**
   * Tables whose changes the function handles, from their streams, by their name within the environment.
   *
   * @defaultValue `{}`
   */
  readonly streams?: { readonly [name: string]: StreamConsumerInput };
  /**
   * Schedules that call the function, by name; names are part of Terraform addresses.
   *
   * @defaultValue `{}`
   */
  readonly schedules?: { readonly [name: string]: ServiceScheduleInput };
  /**
   * Queues that the function sends to, each to that of its own region, by their name within the environment.
   *
   * @defaultValue `{}`
   */
  readonly sends?: { readonly [name: string]: {
    /**
     * Environment variable with the queue's URL.
     *
     * @defaultValue `"QUEUE_URL"`
     */
    readonly variable?: string;
  } };
  /**
   * What is different in a region of the environment, by region; all else is the same in each.
   *
   * @defaultValue `{}`
   */
  readonly regions?: { readonly [K in AwsRegion]?: {
    /** What of the function is different there. */
    readonly function: FunctionOverrideInput;
  } };
  /**
   * What the function may do with what is not of the environment: queues, buckets or tables of your own.
   *
   * @defaultValue `[]`
   */
  readonly permissions?: readonly {
    /** Actions, as sqs:SendMessage; * at the end only. */
    readonly actions: readonly string[];
    /**
     * ARNs; {partition}, {region}, {account} and {environment} stand for those of the function.
     *
     * Takes `list of string of at most 2048 characters`.
     */
    readonly resources: readonly string[];
    /** Conditions by operator and key: { StringEquals: { "aws:ResourceTag/Team": "orders" } }. */
    readonly conditions?: { readonly [name: string]: { readonly [name: string]: string | readonly string[] } };
    /**
     * Why the resources are *; required for *, a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason?: string;
  }[];
}

