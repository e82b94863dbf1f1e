// Generated from the schemas by `npm run docs`; do not edit.

/** What `spendGuardConfig` takes: fields with defaults may be left out. */
export interface SpendGuardInput {
  /**
   * Budget of the environment per calendar month, in US dollars.
   *
   * Takes `number 1..100000000`.
   */
  readonly monthlyLimitUsd: number;
  /** Recipients, 1 to 10 e-mail addresses. */
  readonly emails: readonly string[];
  /**
   * When to notify the recipients, 1 to 10 notifications.
   *
   * @defaultValue `[{"threshold":80,"notificationType":"ACTUAL"},{"threshold":100,"notificationType":"ACTUAL"},{"threshold":100,"notificationType":"FORECASTED"}]`
   */
  readonly notifications?: readonly {
    /**
     * Percentage of the monthly limit.
     *
     * Takes `number 1..1000`.
     */
    readonly threshold: number;
    /** ACTUAL for costs so far, FORECASTED for what AWS expects by the end of the month. */
    readonly notificationType: "ACTUAL" | "FORECASTED";
  }[];
  /**
   * Which costs count: those with the environment's cost allocation tag, or all costs of the account.
   *
   * @defaultValue `"environment"`
   */
  readonly scope?: "environment" | "account";
  /** Reports unusual spending. Off by default: in an organisation only its management account may create monitors by tag, and an account has one monitor of all services. */
  readonly anomalies?: {
    /**
     * Minimum unexpected cost to report, in US dollars.
     *
     * Takes `number 1..1000000`.
     */
    readonly minImpactUsd: number;
    /** An existing monitor in the account. By default a new one is created for the environment. */
    readonly existingMonitorArn?: string;
  };
  /**
   * What the budget does to the functions of services, up to 5: by default it asks, at 150 %, whether to deny them what costs. An empty list for none.
   *
   * @defaultValue `[{"name":"stop","threshold":150,"notificationType":"ACTUAL","approval":"MANUAL","denies":["dynamodb:BatchWriteItem","dynamodb:DeleteItem","dynamodb:PartiQL*","dynamodb:PutItem","dynamodb:UpdateItem","events:PutEvents","lambda:Invoke*","s3:PutObject","scheduler:CreateSchedule","sns:Publish*","sqs:SendMessage","states:Start*"]}]`
   */
  readonly actions?: readonly {
    /**
     * Name of the action, unique in the budget. Part of Terraform addresses.
     *
     * Takes `string of at most 24 characters`.
     */
    readonly name: string;
    /**
     * Percentage of the monthly limit at which it acts.
     *
     * Takes `number 1..1000`.
     */
    readonly threshold: number;
    /**
     * ACTUAL for costs so far, FORECASTED for what AWS expects by the end of the month.
     *
     * @defaultValue `"ACTUAL"`
     */
    readonly notificationType?: "ACTUAL" | "FORECASTED";
    /**
     * MANUAL asks the recipients and acts when somebody approves; AUTOMATIC acts by itself, with a reason, on costs that are up to a day old.
     *
     * @defaultValue `"MANUAL"`
     */
    readonly approval?: "MANUAL" | "AUTOMATIC";
    /**
     * Why it may act without a person; only with AUTOMATIC, which needs it.
     *
     * Takes `string of 10 to 200 characters`.
     */
    readonly reason?: string;
    /**
     * The services whose functions it stops; all of them if left out.
     *
     * Takes `list of string of at most 24 characters`.
     */
    readonly services?: readonly string[];
    /**
     * What functions must not do any more, as actions of IAM. By default what writes, sends and calls; functions still read, and write logs.
     *
     * Takes `list of string, at most 100 entries`.
     *
     * @defaultValue `["dynamodb:BatchWriteItem","dynamodb:DeleteItem","dynamodb:PartiQL*","dynamodb:PutItem","dynamodb:UpdateItem","events:PutEvents","lambda:Invoke*","s3:PutObject","scheduler:CreateSchedule","sns:Publish*","sqs:SendMessage","states:Start*"]`
     */
    readonly denies?: readonly string[];
  }[];
  /**
   * Limits for every single function and container in the environment.
   *
   * @defaultValue `{}`
   */
  readonly limits?: {
    /**
     * Maximum timeout of a function, in seconds.
     *
     * Takes `integer 1..900`.
     *
     * @defaultValue `60`
     */
    readonly maxTimeoutSeconds?: number;
    /**
     * Maximum memory of a function, in MB.
     *
     * Takes `integer 128..10240`.
     *
     * @defaultValue `3008`
     */
    readonly maxMemoryMb?: number;
    /**
     * Maximum reserved concurrency of a function in each region. By default only the account's quota applies.
     *
     * Takes `integer 0..`.
     */
    readonly maxReservedConcurrency?: number;
    /**
     * Maximum number of tasks of a container in each region, deployments aside.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `20`
     */
    readonly maxTasks?: number;
  };
}

