// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `stateBucketsConfig` takes: fields with defaults may be left out. */
export interface StateBucketsInput {
  /** The first bucket; the primary of the key is in its region. */
  readonly primary: {
    /** Name of the bucket, unique in the world; its log goes to `<name>-log`. Cannot change. */
    readonly name: string;
    /** Region of the bucket. Cannot change. */
    readonly region: AwsRegion;
  };
  /** The second bucket, in another region. */
  readonly secondary: {
    /** Name of the bucket, unique in the world; its log goes to `<name>-log`. Cannot change. */
    readonly name: string;
    /** Region of the bucket. Cannot change. */
    readonly region: AwsRegion;
  };
  /**
   * Whether S3 replicates 99.9 % of the objects within 15 minutes, with metrics that say how far it is (S3 Replication Time Control); billed apart.
   *
   * @defaultValue `true`
   */
  readonly replicationTimeControl?: boolean;
  /**
   * Days until versions that are not the current one are deleted, beside those that are always kept.
   *
   * Takes `integer 30..3650`.
   *
   * @defaultValue `365`
   */
  readonly oldVersionDays?: number;
  /**
   * Versions of each state that are kept whatever their age, beside the current one.
   *
   * Takes `integer 1..100`.
   *
   * @defaultValue `50`
   */
  readonly oldVersionsKept?: number;
  /**
   * Days until access logs are deleted.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `365`
   */
  readonly logRetentionDays?: number;
  /**
   * Whether Terraform refuses every plan that would destroy a bucket or the key. To take them away: false, deploy, empty the buckets, destroy.
   *
   * @defaultValue `true`
   */
  readonly deletionProtection?: boolean;
  /**
   * Days between scheduling the deletion of the key and losing it, together with every state.
   *
   * Takes `integer 7..30`.
   *
   * @defaultValue `30`
   */
  readonly keyDeletionWindowDays?: number;
  /**
   * States that nobody may write in one of the buckets, as `evenkeel state failover` prints them.
   *
   * @defaultValue `[]`
   */
  readonly fences?: readonly {
    /** Region of the bucket that is fenced. */
    readonly region: AwsRegion;
    /** Prefix of the states that nobody may write there: `state.keyPrefix` of the environment. */
    readonly keyPrefix: string;
  }[];
}

