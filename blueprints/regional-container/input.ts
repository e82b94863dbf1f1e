// Generated from the schemas by `npm run docs`; do not edit.
import type { ContainerServiceInput } from "../../modules/container-service";
import type { FailoverDnsInput } from "../../modules/failover-dns";
import type { LoadBalancerInput } from "../../modules/load-balancer";
import type { SettingsByNameInput } from "../../modules/plain-settings";
import type { RecoveryObjectivesInput } from "../../modules/recovery-objectives";

/** What `regionalContainerConfig` takes: fields with defaults may be left out. */
export interface RegionalContainerInput {
  /** The container that does the work, as tasks on Fargate. */
  readonly container: ContainerServiceInput;
  /** The load balancer in front of its tasks, in each region. */
  readonly loadBalancer: LoadBalancerInput;
  /** Public Route 53 zone of the load balancer's domain name. */
  readonly hostedZoneId: string;
  /**
   * How the domain name moves between regions, from the stage that brings it.
   *
   * @defaultValue `{}`
   */
  readonly dns?: FailoverDnsInput;
  /** Recovery that the service promises after the loss of its home region; rejected if the configuration cannot achieve it. */
  readonly recovery?: RecoveryObjectivesInput;
  /**
   * Tables that the container uses, by their name within the environment.
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
  /** Lets the container itself encrypt, with its key in keyManagement, which has to be KMS. Sets ENCRYPTION_KEY_ARN and ENCRYPTION_SERVICE. */
  readonly encryption?: {
    /**
     * Another service, whose messages the function may decrypt, instead of encrypting its own.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly readsOf?: string;
  };
  /** Plain settings, stored as Parameter Store parameters in each region, which the container reads without a new deployment. Sets SETTINGS_PATH. */
  readonly settings?: SettingsByNameInput;
  /**
   * Buses that the container publishes to, by their name within the environment.
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
   * Queues that the container sends to, each to that of its own region, by their name within the environment.
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
   * What the container may do with what is not of the environment: queues, buckets or tables of your own.
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

