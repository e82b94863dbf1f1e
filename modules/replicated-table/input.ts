// Generated from the schemas by `npm run docs`; do not edit.

/** What `replicatedTableConfig` takes: fields with defaults may be left out. */
export interface ReplicatedTableInput {
  /** Type of each attribute that is part of a key: S (string), N (number) or B (binary). Types cannot change. */
  readonly attributes: { readonly [name: string]: "S" | "N" | "B" };
  /**
   * Partition key. Cannot change.
   *
   * Takes `string of at most 255 characters`.
   */
  readonly partitionKey: string;
  /**
   * Sort key. Cannot change.
   *
   * Takes `string of at most 255 characters`.
   */
  readonly sortKey?: string;
  /**
   * Global secondary indexes, at most 20. They can be added and removed later.
   *
   * @defaultValue `[]`
   */
  readonly globalSecondaryIndexes?: readonly {
    /** Name of the index, 3 to 255 letters, digits, underscores, hyphens and dots. Cannot change. */
    readonly name: string;
    /**
     * Partition key of the index. Must be declared in attributes.
     *
     * Takes `string of at most 255 characters`.
     */
    readonly partitionKey: string;
    /**
     * Sort key of the index. Must be declared in attributes.
     *
     * Takes `string of at most 255 characters`.
     */
    readonly sortKey?: string;
    /**
     * What the index copies of each item: all attributes, only the keys, or the keys and nonKeyAttributes.
     *
     * @defaultValue `"ALL"`
     */
    readonly projectionType?: "ALL" | "KEYS_ONLY" | "INCLUDE";
    /**
     * With INCLUDE: the attributes to copy, at most 20 per index and 100 over all indexes of the table.
     *
     * Takes `list of string of at most 255 characters, at most 20 entries`.
     */
    readonly nonKeyAttributes?: readonly string[];
    /**
     * On-demand only: read request units per second above which requests are throttled, to limit cost.
     *
     * Takes `integer 1..`.
     */
    readonly maxReadRequestUnits?: number;
    /**
     * On-demand only: write request units per second above which requests are throttled, to limit cost.
     *
     * Takes `integer 1..`.
     */
    readonly maxWriteRequestUnits?: number;
    /** Provisioned only: read capacity units per second and how they scale. */
    readonly readCapacity?: {
      /**
       * Minimum capacity units.
       *
       * Takes `integer 1..`.
       */
      readonly minCapacity: number;
      /**
       * Maximum capacity units.
       *
       * Takes `integer 1..`.
       */
      readonly maxCapacity: number;
      /**
       * Target utilization of the capacity units, in percent. The rest absorbs peaks until scaling catches up.
       *
       * Takes `integer 20..90`.
       *
       * @defaultValue `70`
       */
      readonly targetUtilization?: number;
    };
    /** Provisioned only: write capacity units per second and how they scale. */
    readonly writeCapacity?: {
      /**
       * Minimum capacity units.
       *
       * Takes `integer 1..`.
       */
      readonly minCapacity: number;
      /**
       * Maximum capacity units.
       *
       * Takes `integer 1..`.
       */
      readonly maxCapacity: number;
      /**
       * Target utilization of the capacity units, in percent. The rest absorbs peaks until scaling catches up.
       *
       * Takes `integer 20..90`.
       *
       * @defaultValue `70`
       */
      readonly targetUtilization?: number;
    };
  }[];
  /**
   * Local secondary indexes, at most 5. They need a table with a sort key and are fixed at creation.
   *
   * @defaultValue `[]`
   */
  readonly localSecondaryIndexes?: readonly {
    /** Name of the index, 3 to 255 letters, digits, underscores, hyphens and dots. Cannot change. */
    readonly name: string;
    /**
     * Sort key of the index, used instead of the table's sort key.
     *
     * Takes `string of at most 255 characters`.
     */
    readonly sortKey: string;
    /**
     * What the index copies of each item: all attributes, only the keys, or the keys and nonKeyAttributes.
     *
     * @defaultValue `"ALL"`
     */
    readonly projectionType?: "ALL" | "KEYS_ONLY" | "INCLUDE";
    /**
     * With INCLUDE: the attributes to copy, at most 20 per index and 100 over all indexes of the table.
     *
     * Takes `list of string of at most 255 characters, at most 20 entries`.
     */
    readonly nonKeyAttributes?: readonly string[];
  }[];
  /**
   * Attribute with the expiry time, in seconds since 1970, after which DynamoDB deletes the item.
   *
   * Takes `string of at most 255 characters`.
   */
  readonly timeToLiveAttribute?: string;
  /**
   * STRONG: a write is in another region before it succeeds. Needs 3 regions of one set, or 2 and a witness, from the table's creation on. Cannot change.
   *
   * @defaultValue `"EVENTUAL"`
   */
  readonly consistencyMode?: "EVENTUAL" | "STRONG";
  /** With STRONG in 2 regions: the third region, which tracks writes but has no table. Cannot change. */
  readonly witnessRegion?: string;
  /**
   * Pay per request, or for provisioned capacity units that scale between limits.
   *
   * @defaultValue `"PAY_PER_REQUEST"`
   */
  readonly billingMode?: "PAY_PER_REQUEST" | "PROVISIONED";
  /**
   * On-demand only: read request units per second above which requests are throttled, to limit cost.
   *
   * Takes `integer 1..`.
   */
  readonly maxReadRequestUnits?: number;
  /**
   * On-demand only: write request units per second above which requests are throttled, to limit cost.
   *
   * Takes `integer 1..`.
   */
  readonly maxWriteRequestUnits?: number;
  /** Provisioned only: read capacity units per second and how they scale. */
  readonly readCapacity?: {
    /**
     * Minimum capacity units.
     *
     * Takes `integer 1..`.
     */
    readonly minCapacity: number;
    /**
     * Maximum capacity units.
     *
     * Takes `integer 1..`.
     */
    readonly maxCapacity: number;
    /**
     * Target utilization of the capacity units, in percent. The rest absorbs peaks until scaling catches up.
     *
     * Takes `integer 20..90`.
     *
     * @defaultValue `70`
     */
    readonly targetUtilization?: number;
  };
  /** Provisioned only: write capacity units per second and how they scale. */
  readonly writeCapacity?: {
    /**
     * Minimum capacity units.
     *
     * Takes `integer 1..`.
     */
    readonly minCapacity: number;
    /**
     * Maximum capacity units.
     *
     * Takes `integer 1..`.
     */
    readonly maxCapacity: number;
    /**
     * Target utilization of the capacity units, in percent. The rest absorbs peaks until scaling catches up.
     *
     * Takes `integer 20..90`.
     *
     * @defaultValue `70`
     */
    readonly targetUtilization?: number;
  };
  /**
   * Provisioned only: ignores changes to global indexes, so that deployments do not reset scaled units. Set it to false to change indexes.
   *
   * @defaultValue `false`
   */
  readonly ignoreIndexChanges?: boolean;
  /**
   * Days of point-in-time recovery for the table in the home region. Replicas always have 35.
   *
   * Takes `integer 1..35`.
   *
   * @defaultValue `35`
   */
  readonly pointInTimeRecoveryDays?: number;
  /**
   * Prevents deletion of the table and its replicas. Set it to false only where data may be lost, as in a sandbox.
   *
   * @defaultValue `true`
   */
  readonly deletionProtection?: boolean;
  /**
   * Table class. Infrequent access costs less for storage and more for requests.
   *
   * @defaultValue `"STANDARD"`
   */
  readonly tableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  /**
   * Alarm thresholds, for each region.
   *
   * @defaultValue `{}`
   */
  readonly alarmThresholds?: {
    /**
     * Throttled requests, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `10`
     */
    readonly throttleEvents?: number;
    /**
     * Requests that failed inside DynamoDB, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `10`
     */
    readonly systemErrors?: number;
    /**
     * Average replication latency over 5 minutes, in milliseconds.
     *
     * Takes `integer 1000..`.
     *
     * @defaultValue `60000`
     */
    readonly replicationLatencyMilliseconds?: number;
    /**
     * Consumed throughput, as a percentage of the maximum.
     *
     * Takes `integer 1..100`.
     *
     * @defaultValue `80`
     */
    readonly capacityPercent?: number;
  };
}

