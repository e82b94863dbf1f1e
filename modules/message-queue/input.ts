// Generated from the schemas by `npm run docs`; do not edit.

/** What `messageQueueConfig` takes: fields with defaults may be left out. */
export interface MessageQueueInput {
  /** Makes it a FIFO queue, which keeps the order in each message group. Another kind is another queue. */
  readonly fifo?: {
    /**
     * Messages with the same body within 5 minutes are one; otherwise senders give each an id. Leave it off where the same body may be sent twice.
     *
     * @defaultValue `false`
     */
    readonly contentBasedDeduplication?: boolean;
    /**
     * Whether an id is unique in the queue or in its message group.
     *
     * @defaultValue `"queue"`
     */
    readonly deduplicationScope?: "queue" | "messageGroup";
    /**
     * perMessageGroupId for high throughput, which needs deduplicationScope messageGroup.
     *
     * @defaultValue `"perQueue"`
     */
    readonly throughputLimit?: "perQueue" | "perMessageGroupId";
  };
  /**
   * How long a message waits to be handled, in seconds, before SQS deletes it.
   *
   * Takes `integer 60..1123200`.
   *
   * @defaultValue `345600`
   */
  readonly messageRetentionSeconds?: number;
  /**
   * How long a new message is hidden, in seconds.
   *
   * Takes `integer 0..900`.
   *
   * @defaultValue `0`
   */
  readonly delaySeconds?: number;
  /**
   * Largest message, attributes included, in bytes.
   *
   * Takes `integer 1024..262144`.
   *
   * @defaultValue `262144`
   */
  readonly maxMessageBytes?: number;
  /**
   * How long a message that was received is hidden, in seconds. Left out, it follows from the service that takes the queue: six times its timeout, and its batching window. A longer one delays every further attempt.
   *
   * Takes `integer 0..43200`.
   */
  readonly visibilityTimeoutSeconds?: number;
  /**
   * How often a message is received before it is a dead letter. Less than 5 also gives up on messages that were only throttled.
   *
   * Takes `integer 1..1000`.
   *
   * @defaultValue `5`
   */
  readonly maxReceiveCount?: number;
  /**
   * How long SQS uses a data key again, in seconds, before it asks KMS for another one.
   *
   * Takes `integer 60..86400`.
   *
   * @defaultValue `300`
   */
  readonly kmsDataKeyReuseSeconds?: number;
  /**
   * Alarm thresholds, for each region.
   *
   * @defaultValue `{}`
   */
  readonly alarmThresholds?: {
    /**
     * Age of the oldest message that waits, in seconds, at which an alarm fires.
     *
     * Takes `integer 60..1123200`.
     *
     * @defaultValue `900`
     */
    readonly oldestMessageSeconds?: number;
    /**
     * Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.
     *
     * Takes `integer 60..1209300`.
     *
     * @defaultValue `86400`
     */
    readonly deadLetterAgeSeconds?: number;
  };
}

/** What `queueConsumerConfig` takes: fields with defaults may be left out. */
export interface QueueConsumerInput {
  /**
   * Most messages of one invocation; above 10 with a batching window only, and at most 10 of a FIFO queue.
   *
   * Takes `integer 1..10000`.
   *
   * @defaultValue `10`
   */
  readonly batchSize?: number;
  /**
   * How long Lambda collects messages before it invokes the function, in seconds; not of a FIFO queue.
   *
   * Takes `integer 0..300`.
   *
   * @defaultValue `0`
   */
  readonly batchingWindowSeconds?: number;
  /**
   * Most invocations at a time, in each region. Where the function reserves concurrency, all of its queues together have at most that.
   *
   * Takes `integer 2..1000`.
   *
   * @defaultValue `10`
   */
  readonly maximumConcurrency?: number;
  /**
   * Only messages that match one of these are handled: { body: { type: ["placed"] } }. Lambda deletes all others.
   *
   * @defaultValue `[]`
   */
  readonly filterPatterns?: readonly { readonly [name: string]: unknown }[];
  /**
   * active-region: in standby regions the messages wait, until regions.active names the region or they expire.
   *
   * @defaultValue `"every-region"`
   */
  readonly consumedIn?: "every-region" | "active-region";
  /**
   * Dependencies of the service without which no message can be handled: while the circuit breaker of one is open, the queue is not read, and messages wait. The handler passes the same ones to pauseWhileOpen.
   *
   * Takes `list of string of at most 32 characters, at most 5 entries`.
   *
   * @defaultValue `[]`
   */
  readonly pausedBy?: readonly string[];
  /**
   * false stops reading; messages wait until they expire.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /**
   * Whether Lambda counts polled, filtered, invoked and failed messages, as metrics that CloudWatch charges.
   *
   * @defaultValue `false`
   */
  readonly eventCountMetrics?: boolean;
  /** What makes it safe that a message comes twice, also in another region. */
  readonly idempotency: {
    /**
     * One of the service's tables, in which queueConsumer remembers what was handled.
     *
     * Takes `string of at most 100 characters`.
     */
    readonly table?: string;
    /**
     * In place of a table: why it does no harm to handle a message twice, a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason?: string;
  };
}

