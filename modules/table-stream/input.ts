// Generated from the schemas by `npm run docs`; do not edit.

/** What `streamConsumerConfig` takes: fields with defaults may be left out. */
export interface StreamConsumerInput {
  /**
   * Where a new mapping begins: with the changes of the last 24 hours, or with those to come. Another one replaces the mapping, which forgets what it has read.
   *
   * @defaultValue `"TRIM_HORIZON"`
   */
  readonly startingPosition?: "TRIM_HORIZON" | "LATEST";
  /**
   * Most changes of one invocation.
   *
   * Takes `integer 1..10000`.
   *
   * @defaultValue `100`
   */
  readonly batchSize?: number;
  /**
   * How long Lambda collects changes before it invokes the function, in seconds.
   *
   * Takes `integer 0..300`.
   *
   * @defaultValue `0`
   */
  readonly batchingWindowSeconds?: number;
  /**
   * Invocations at a time for each shard of the stream; changes of one item stay in their order.
   *
   * Takes `integer 1..10`.
   *
   * @defaultValue `1`
   */
  readonly parallelizationFactor?: number;
  /**
   * How often a batch is tried again before its failed changes are dead letters. It holds its shard up until then.
   *
   * Takes `integer 0..10000`.
   *
   * @defaultValue `10`
   */
  readonly maximumRetryAttempts?: number;
  /**
   * Age at which a change that was not handled is a dead letter, in seconds.
   *
   * Takes `integer 60..82800`.
   *
   * @defaultValue `82800`
   */
  readonly maximumRecordAgeSeconds?: number;
  /**
   * Whether Lambda halves a batch that failed, so that one bad change does not fail the others again.
   *
   * @defaultValue `true`
   */
  readonly bisectBatchOnError?: boolean;
  /**
   * Only changes that match one of these are handled: { eventName: ["INSERT"], dynamodb: { NewImage: { status: { S: ["PAID"] } } } }. All others are skipped.
   *
   * @defaultValue `[]`
   */
  readonly filterPatterns?: readonly { readonly [name: string]: unknown }[];
  /**
   * Each replica has a stream with all changes. every-region reads all of them, so that the table of idempotency decides who handles a change; active-region reads that of the region that serves first.
   *
   * @defaultValue `"active-region"`
   */
  readonly consumedIn?: "every-region" | "active-region";
  /**
   * false stops reading; what is not read within 24 hours is lost.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /**
   * Whether Lambda counts polled, filtered, invoked and failed changes, as metrics that CloudWatch charges.
   *
   * @defaultValue `false`
   */
  readonly eventCountMetrics?: boolean;
  /** What makes it safe that a change comes twice, also in another region. */
  readonly idempotency: {
    /**
     * One of the service's tables, in which streamConsumer remembers what was handled.
     *
     * Takes `string of at most 100 characters`.
     */
    readonly table?: string;
    /**
     * In place of a table: why it does no harm to handle a change twice, a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason?: string;
  };
  /**
   * Why a second service reads the stream of a replicated table, for which AWS advises one reader, a sentence.
   *
   * Takes `string of 15 to 300 characters`.
   */
  readonly sharedReason?: string;
  /**
   * Alarm thresholds, for each region.
   *
   * @defaultValue `{}`
   */
  readonly alarmThresholds?: {
    /**
     * Age of the last change that was read, in seconds, at which an alarm fires.
     *
     * Takes `integer 60..82800`.
     *
     * @defaultValue `900`
     */
    readonly iteratorAgeSeconds?: number;
  };
}

