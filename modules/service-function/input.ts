// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion, LogRetentionDays } from "../core";

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
  /** Source file of the handler, relative to the project folder, such as services/orders/handler.ts. It is bundled for Node.js. Required without code. */
  readonly entry?: string;
  /** Code of any runtime, in place of entry: an archive, a folder that a command of yours builds, or an image. */
  readonly code?: {
    /** Zip or jar file of the project with the code, which is uploaded as it is. */
    readonly archive?: string;
    /** Folder of the project with the code, which is zipped with the same bytes on every machine. */
    readonly folder?: string;
    /** Command of yours that fills the folder; without it the folder is there already. */
    readonly build?: {
      /** Program and arguments, run in the project folder without a shell: ["python3", "-m", "pip", "install", "--require-hashes", ...]. */
      readonly command: readonly string[];
      /** Files and folders that the output depends on. The command runs only if one of them has changed. */
      readonly inputs: readonly string[];
      /**
       * How long it may take, in seconds.
       *
       * Takes `integer 1..3600`.
       *
       * @defaultValue `600`
       */
      readonly timeoutSeconds?: number;
    };
    /** Container image of Amazon ECR, without runtime, handler and layers. */
    readonly image?: {
      /** The image in each region of the service, by its digest: Lambda takes none of another region. <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:... */
      readonly uris: { readonly [K in AwsRegion]?: string };
      /** In place of the image's ENTRYPOINT. */
      readonly entryPoint?: readonly string[];
      /** In place of the image's CMD, such as the handler. */
      readonly command?: readonly string[];
      /** In place of the image's WORKDIR. */
      readonly workingDirectory?: string;
    };
    /**
     * Calls of the toolkit that the code answers by itself, before anything else of it runs: those of function.warming, and the probes of a paused queue.
     *
     * @defaultValue `[]`
     */
    readonly answers?: readonly ("warming" | "probes")[];
  };
  /**
   * With entry, name of the exported handler function, handler if left out. With code, the handler as the runtime names it: app.handler for Python, com.example.Orders::handle for Java.
   *
   * Takes `string of at most 128 characters`.
   */
  readonly handler?: string;
  /** Lambda runtime. nodejs22.x if left out with entry; required with code, except an image. */
  readonly runtime?: "nodejs22.x" | "nodejs20.x" | "python3.13" | "python3.12" | "java21" | "dotnet8" | "ruby3.4" | "ruby3.3" | "provided.al2023";
  /**
   * Processor that the code is made for. It matters for native programs, and for packages with native parts.
   *
   * @defaultValue `"arm64"`
   */
  readonly architecture?: "arm64" | "x86_64";
  /**
   * Starts environments from a snapshot of one that has started, for Python, Java and .NET. Only if the environment has this capability.
   *
   * @defaultValue `false`
   */
  readonly snapStart?: boolean;
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
  /** Lets the function call itself by way of SQS, SNS, S3 or Lambda. By default Lambda ends such a loop after about 16 calls. */
  readonly recursion?: {
    /** Lambda no longer ends loops of this function. */
    readonly allowed: true;
    /**
     * Why the function has to call itself, and what ends it.
     *
     * Takes `string of 10 to 200 characters`.
     */
    readonly reason: string;
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

