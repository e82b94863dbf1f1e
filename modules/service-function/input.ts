// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `functionOverride` takes: fields with defaults may be left out. */
export interface FunctionOverrideInput {
  /**
   * Memory in MB. CPU scales with it; 1769 MB is one vCPU.
   *
   * Takes `integer 128..10240`.
   */
  readonly memoryMb?: number;
  /**
   * Size of /tmp, in MB.
   *
   * Takes `integer 512..10240`.
   */
  readonly ephemeralStorageMb?: number;
  /**
   * Concurrent executions reserved for this function in each region, which is also its maximum. null shares the account's pool, 0 stops the function.
   *
   * Takes `integer 0.. or null`.
   */
  readonly reservedConcurrency?: number | null;
  /** Provisioned concurrency. Only created if the environment has this capability. */
  readonly provisionedConcurrency?: {
    /**
     * Minimum number of warm execution environments.
     *
     * Takes `integer 1..`.
     */
    readonly min: number;
    /**
     * Maximum number of warm execution environments.
     *
     * Takes `integer 1..`.
     */
    readonly max: number;
    /**
     * Target share of warm environments in use, for target tracking.
     *
     * Takes `number 0.1..0.9`.
     *
     * @defaultValue `0.7`
     */
    readonly targetUtilization?: number;
    /**
     * Changes the limits at certain times, for predictable traffic.
     *
     * @defaultValue `[]`
     */
    readonly schedules?: readonly {
      /**
       * Name, unique in the function. Part of the Terraform address.
       *
       * Takes `string of at most 32 characters`.
       */
      readonly name: string;
      /** When these limits apply: cron(...), rate(...) or at(...). */
      readonly schedule: string;
      /**
       * IANA time zone of the schedule, such as Europe/Dublin.
       *
       * @defaultValue `"UTC"`
       */
      readonly timezone?: string;
      /**
       * Minimum number of warm execution environments from then on.
       *
       * Takes `integer 1..`.
       */
      readonly min: number;
      /**
       * Maximum number of warm execution environments from then on.
       *
       * Takes `integer 1..`.
       */
      readonly max: number;
    }[];
  };
  /** Calls of a schedule that keep execution environments there, without a guarantee. Only made if the environment has this capability. */
  readonly warming?: {
    /**
     * Execution environments that are called at once, so that so many requests at once meet no cold start.
     *
     * Takes `integer 1..100`.
     */
    readonly concurrency: number;
    /**
     * Minutes between calls. AWS documents no time that an idle environment stays; 5 are customary.
     *
     * Takes `integer 1..60`.
     *
     * @defaultValue `5`
     */
    readonly everyMinutes?: number;
    /**
     * How long each call keeps its environment busy, in milliseconds, so that the others reach further ones.
     *
     * Takes `integer 10..1000`.
     *
     * @defaultValue `75`
     */
    readonly holdMs?: number;
  };
  /** Minimum level of the handler's log lines. */
  readonly logLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /** Environment variables of this region, beside or in place of the others. */
  readonly environment?: { readonly [name: string]: string };
}

/** What `serviceFunctionConfig` takes: fields with defaults may be left out. */
export interface ServiceFunctionInput {
  /** Source file of the handler, relative to the project folder, such as services/orders/handler.ts. */
  readonly entry: string;
  /**
   * Name of the exported handler function.
   *
   * @defaultValue `"handler"`
   */
  readonly handler?: string;
  /**
   * Lambda runtime.
   *
   * @defaultValue `"nodejs22.x"`
   */
  readonly runtime?: "nodejs22.x" | "nodejs20.x";
  /**
   * Memory in MB. CPU scales with it; 1769 MB is one vCPU.
   *
   * Takes `integer 128..10240`.
   *
   * @defaultValue `512`
   */
  readonly memoryMb?: number;
  /**
   * Timeout of one invocation, in seconds.
   *
   * Takes `integer 1..900`.
   *
   * @defaultValue `10`
   */
  readonly timeoutSeconds?: number;
  /**
   * Size of /tmp, in MB.
   *
   * Takes `integer 512..10240`.
   *
   * @defaultValue `512`
   */
  readonly ephemeralStorageMb?: number;
  /**
   * Concurrent executions reserved for this function in each region, which is also its maximum. null shares the account's pool, 0 stops the function.
   *
   * Takes `integer 0.. or null`.
   */
  readonly reservedConcurrency: number | null;
  /**
   * Environment variables. Never put secrets here.
   *
   * @defaultValue `{}`
   */
  readonly environment?: { readonly [name: string]: string };
  /**
   * Minimum level of the handler's log lines.
   *
   * @defaultValue `"INFO"`
   */
  readonly logLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
  /**
   * Minimum level of Lambda's own log lines. INFO includes a report for each invocation.
   *
   * @defaultValue `"INFO"`
   */
  readonly systemLogLevel?: "DEBUG" | "INFO" | "WARN";
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * When Lambda updates the runtime to a newer patch version: automatically, or only with the next deployment.
   *
   * @defaultValue `"Auto"`
   */
  readonly updateRuntimeOn?: "Auto" | "FunctionUpdate";
  /**
   * Includes index.mjs.map and tells Node.js to use it. Makes cold starts slower.
   *
   * @defaultValue `false`
   */
  readonly sourceMap?: boolean;
  /**
   * Packages to leave out of the bundle because a layer or the runtime provides them.
   *
   * @defaultValue `[]`
   */
  readonly external?: readonly string[];
  /**
   * How Lambda retries events of asynchronous invocations, such as those of event buses.
   *
   * @defaultValue `{}`
   */
  readonly asyncInvoke?: {
    /**
     * Retries after a failed asynchronous invocation.
     *
     * Takes `integer 0..2`.
     *
     * @defaultValue `2`
     */
    readonly maximumRetryAttempts?: number;
    /**
     * Maximum age of an asynchronous event while Lambda retries, in seconds.
     *
     * Takes `integer 60..21600`.
     *
     * @defaultValue `21600`
     */
    readonly maximumEventAgeSeconds?: number;
  };
  /** Leaves the function out of scans that its account has. It is scanned if left out. */
  readonly scanExclusion?: {
    /** Scans of Amazon Inspector that leave it out: of packages with known vulnerabilities, or of its code. */
    readonly scans: readonly ("packages" | "code")[];
    /**
     * Why, in a sentence without commas. It is a tag of the function.
     *
     * Takes `string of 10 to 256 characters`.
     */
    readonly reason: string;
  };
  /** Provisioned concurrency. Only created if the environment has this capability. */
  readonly provisionedConcurrency?: {
    /**
     * Minimum number of warm execution environments.
     *
     * Takes `integer 1..`.
     */
    readonly min: number;
    /**
     * Maximum number of warm execution environments.
     *
     * Takes `integer 1..`.
     */
    readonly max: number;
    /**
     * Target share of warm environments in use, for target tracking.
     *
     * Takes `number 0.1..0.9`.
     *
     * @defaultValue `0.7`
     */
    readonly targetUtilization?: number;
    /**
     * Changes the limits at certain times, for predictable traffic.
     *
     * @defaultValue `[]`
     */
    readonly schedules?: readonly {
      /**
       * Name, unique in the function. Part of the Terraform address.
       *
       * Takes `string of at most 32 characters`.
       */
      readonly name: string;
      /** When these limits apply: cron(...), rate(...) or at(...). */
      readonly schedule: string;
      /**
       * IANA time zone of the schedule, such as Europe/Dublin.
       *
       * @defaultValue `"UTC"`
       */
      readonly timezone?: string;
      /**
       * Minimum number of warm execution environments from then on.
       *
       * Takes `integer 1..`.
       */
      readonly min: number;
      /**
       * Maximum number of warm execution environments from then on.
       *
       * Takes `integer 1..`.
       */
      readonly max: number;
    }[];
  };
  /** Calls of a schedule that keep execution environments there, without a guarantee. Only made if the environment has this capability. */
  readonly warming?: {
    /**
     * Execution environments that are called at once, so that so many requests at once meet no cold start.
     *
     * Takes `integer 1..100`.
     */
    readonly concurrency: number;
    /**
     * Minutes between calls. AWS documents no time that an idle environment stays; 5 are customary.
     *
     * Takes `integer 1..60`.
     *
     * @defaultValue `5`
     */
    readonly everyMinutes?: number;
    /**
     * How long each call keeps its environment busy, in milliseconds, so that the others reach further ones.
     *
     * Takes `integer 10..1000`.
     *
     * @defaultValue `75`
     */
    readonly holdMs?: number;
  };
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Percentage of invocations that fail.
     *
     * Takes `number 0.., below 100`.
     *
     * @defaultValue `1`
     */
    readonly errorPercent?: number;
    /**
     * 99th percentile (p99) of the duration, as a percentage of the timeout.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `90`
     */
    readonly durationPercentOfTimeout?: number;
    /**
     * Concurrent executions, as a percentage of the reserved ones.
     *
     * Takes `number 1..100`.
     *
     * @defaultValue `80`
     */
    readonly concurrencyPercentOfReserved?: number;
    /**
     * Age of the oldest dead letter, in seconds.
     *
     * Takes `integer 60..1209300`.
     *
     * @defaultValue `3600`
     */
    readonly deadLetterAgeSeconds?: number;
  };
}

