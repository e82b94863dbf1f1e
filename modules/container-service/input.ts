// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `containerServiceConfig` takes: fields with defaults may be left out. */
export interface ContainerServiceInput {
  /** Image, pinned by digest. An image in a private ECR repository is pulled from the repository of the same name in each region, so replicate it: ECR copies what is pushed after the replication rule, under the same digest. */
  readonly image: string;
  /**
   * Architecture of the image. ARM64 costs a fifth less.
   *
   * @defaultValue `"ARM64"`
   */
  readonly cpuArchitecture?: "ARM64" | "X86_64";
  /**
   * Fargate platform version, pinned so that every deployment uses the same one.
   *
   * @defaultValue `"1.4.0"`
   */
  readonly platformVersion?: "1.4.0";
  /**
   * CPU units of a task; 1024 is one vCPU.
   *
   * @defaultValue `256`
   */
  readonly cpu?: number;
  /**
   * Memory of a task, in MiB. Fargate only supports certain combinations with cpu.
   *
   * @defaultValue `512`
   */
  readonly memoryMebibytes?: number;
  /**
   * Disk of a task, in GiB: the 20 that are free if left out.
   *
   * Takes `integer 21..200`.
   */
  readonly ephemeralStorageGib?: number;
  /**
   * Port that the container listens on, told as PORT. A change replaces the target group.
   *
   * Takes `integer 1024..65535`.
   *
   * @defaultValue `8080`
   */
  readonly port?: number;
  /**
   * User and group ids that it runs as; never root.
   *
   * @defaultValue `"65532:65532"`
   */
  readonly user?: string;
  /** Program in place of the image's entry point. */
  readonly entryPoint?: readonly string[];
  /** Arguments in place of the image's command. */
  readonly command?: readonly string[];
  /**
   * Environment variables. Never put secrets here; see secrets.
   *
   * @defaultValue `{}`
   */
  readonly environment?: { readonly [name: string]: string };
  /**
   * Environment variables that Fargate fills from Secrets Manager or Parameter Store when a task starts; running tasks keep what they have.
   *
   * @defaultValue `{}`
   */
  readonly secrets?: { readonly [name: string]: {
    /** A secret of Secrets Manager. */
    readonly from: "secretsmanager";
    /** The secret, in any of its regions: each region reads its own replica. */
    readonly secretArn: string;
    /**
     * Key of its JSON; the whole text if left out.
     *
     * Takes `string of at most 255 characters`.
     */
    readonly key?: string;
    /** Customer managed key that it is encrypted with, a multi-Region one; AWS's own if left out. */
    readonly keyArn?: string;
  } | {
    /** A SecureString of Parameter Store. */
    readonly from: "ssm";
    /** Name of the parameter, which every region has to have. */
    readonly parameter: string;
    /** Customer managed key that it is encrypted with, a multi-Region one; AWS's own if left out. */
    readonly keyArn?: string;
  } };
  /**
   * Minimum level of the log lines, told as LOG_LEVEL.
   *
   * @defaultValue `"INFO"`
   */
  readonly logLevel?: "DEBUG" | "INFO" | "WARN" | "ERROR";
  /**
   * Whether nothing but writableFolders can be written. false is for images that cannot do with it.
   *
   * @defaultValue `true`
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Empty folders of the task, lost with it. The image has to give them to its user, by VOLUME.
   *
   * Takes `list of string, at most 10 entries`.
   *
   * @defaultValue `[]`
   */
  readonly writableFolders?: readonly string[];
  /**
   * Seconds from SIGTERM until SIGKILL; at least the load balancer's deregistrationDelaySeconds, in which requests still come in.
   *
   * Takes `integer 1..120`.
   *
   * @defaultValue `60`
   */
  readonly stopTimeoutSeconds?: number;
  /** Health check of the container itself, besides that of the load balancer; none if left out. */
  readonly healthCheck?: {
    /** Program in the image and its arguments; exit status 0 is healthy. Runs without a shell. */
    readonly command: readonly string[];
    /**
     * Seconds between two runs.
     *
     * Takes `integer 5..300`.
     *
     * @defaultValue `15`
     */
    readonly intervalSeconds?: number;
    /**
     * Seconds that a run may take.
     *
     * Takes `integer 2..60`.
     *
     * @defaultValue `5`
     */
    readonly timeoutSeconds?: number;
    /**
     * Failures in a row until ECS replaces the task.
     *
     * Takes `integer 1..10`.
     *
     * @defaultValue `3`
     */
    readonly retries?: number;
    /**
     * Seconds in which failures do not count yet.
     *
     * Takes `integer 0..300`.
     *
     * @defaultValue `30`
     */
    readonly startPeriodSeconds?: number;
  };
  /**
   * Number of tasks.
   *
   * @defaultValue `{}`
   */
  readonly scaling?: {
    /**
     * Minimum number of tasks; with 2, a service survives the loss of a zone.
     *
     * Takes `integer 1..5000`.
     *
     * @defaultValue `2`
     */
    readonly min?: number;
    /**
     * Maximum number of tasks, and so what the service may cost.
     *
     * Takes `integer 1..5000`.
     *
     * @defaultValue `4`
     */
    readonly max?: number;
    /**
     * Target for the average use of CPU, in percent.
     *
     * Takes `integer 10..90`.
     *
     * @defaultValue `60`
     */
    readonly cpuPercent?: number;
    /**
     * Target for the average use of memory, in percent; not scaled by memory if left out.
     *
     * Takes `integer 10..90`.
     */
    readonly memoryPercent?: number;
    /**
     * Target for the requests of a minute to each task; not scaled by requests if left out.
     *
     * Takes `integer 1..`.
     */
    readonly requestsPerTask?: number;
    /**
     * Seconds between two additions of tasks.
     *
     * Takes `integer 0..3600`.
     *
     * @defaultValue `60`
     */
    readonly outCooldownSeconds?: number;
    /**
     * Seconds between two removals of tasks.
     *
     * Takes `integer 0..3600`.
     *
     * @defaultValue `300`
     */
    readonly inCooldownSeconds?: number;
    /**
     * Changes the limits at certain times, for predictable traffic.
     *
     * @defaultValue `[]`
     */
    readonly schedules?: readonly {
      /**
       * Name, unique in the service. Part of the Terraform address.
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
       * Minimum number of tasks from then on.
       *
       * Takes `integer 1..5000`.
       */
      readonly min: number;
      /**
       * Maximum number of tasks from then on.
       *
       * Takes `integer 1..5000`.
       */
      readonly max: number;
    }[];
  };
  /**
   * Which capacity of Fargate tasks run on.
   *
   * @defaultValue `{}`
   */
  readonly capacity?: {
    /**
     * Tasks that run on FARGATE before the weights count; what must not be interrupted.
     *
     * Takes `integer 0..100000`.
     *
     * @defaultValue `0`
     */
    readonly onDemandBase?: number;
    /**
     * Share of FARGATE in the other tasks.
     *
     * Takes `integer 0..1000`.
     *
     * @defaultValue `1`
     */
    readonly onDemandWeight?: number;
    /**
     * Share of FARGATE_SPOT, which costs less and which AWS takes back with two minutes' notice.
     *
     * Takes `integer 0..1000`.
     *
     * @defaultValue `0`
     */
    readonly spotWeight?: number;
  };
  /**
   * How new tasks replace old ones; one that does not become healthy is rolled back by ECS.
   *
   * @defaultValue `{}`
   */
  readonly deployment?: {
    /**
     * Share of the desired tasks that keep running while a deployment replaces them, in percent.
     *
     * Takes `integer 50..100`.
     *
     * @defaultValue `100`
     */
    readonly minimumHealthyPercent?: number;
    /**
     * Share of the desired tasks that may run while a deployment replaces them, in percent.
     *
     * Takes `integer 101..200`.
     *
     * @defaultValue `200`
     */
    readonly maximumPercent?: number;
    /**
     * Seconds that a new task has until health checks count against it.
     *
     * Takes `integer 0..3600`.
     *
     * @defaultValue `60`
     */
    readonly graceSeconds?: number;
    /**
     * Rolls a deployment back when the load balancer's alarm on failed requests fires, where there is one.
     *
     * @defaultValue `true`
     */
    readonly rollbackOnErrors?: boolean;
    /**
     * Whether an apply waits until the service is steady, so that a deployment that fails is noticed.
     *
     * @defaultValue `true`
     */
    readonly waitForSteadyState?: boolean;
  };
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * What happens when logs cannot be sent: lines are dropped, or the container waits.
   *
   * @defaultValue `"non-blocking"`
   */
  readonly logMode?: "non-blocking" | "blocking";
  /**
   * Lines that wait to be sent, in MiB, with logMode non-blocking.
   *
   * Takes `integer 1..100`.
   *
   * @defaultValue `25`
   */
  readonly logBufferMebibytes?: number;
  /**
   * Container Insights: metrics of tasks, or of containers as well, which cost extra.
   *
   * @defaultValue `"disabled"`
   */
  readonly containerInsights?: "disabled" | "enabled" | "enhanced";
  /**
   * Lets operators open a shell in a task, by ECS Exec. Needs readOnlyRootFilesystem false.
   *
   * @defaultValue `false`
   */
  readonly exec?: boolean;
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Average use of CPU by all tasks, in percent.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `85`
     */
    readonly cpuPercent?: number;
    /**
     * Average use of memory by all tasks, in percent.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `85`
     */
    readonly memoryPercent?: number;
  };
}

