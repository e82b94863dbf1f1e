// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";
import type { EncryptionKeyInput, ExistingKeysInput } from "../encryption-key";

/** What `backupsConfig` takes: fields with defaults may be left out. */
export interface BackupsInput {
  /**
   * When backups are made, and how long they are kept; one a day for 35 days if left out.
   *
   * @defaultValue `[{"name":"daily","schedule":"cron(0 5 ? * * *)"}]`
   */
  readonly rules?: readonly {
    /**
     * Name of the rule, unique in the plan.
     *
     * Takes `string of at most 50 characters`.
     */
    readonly name: string;
    /** When backups start, at most once an hour: cron(0 5 ? * * *). */
    readonly schedule: string;
    /**
     * IANA time zone of the schedule, such as Europe/Dublin.
     *
     * @defaultValue `"Etc/UTC"`
     */
    readonly timezone?: string;
    /**
     * Minutes within which a backup has to start; it is given up and reported otherwise.
     *
     * Takes `integer 60..10080`.
     *
     * @defaultValue `60`
     */
    readonly startWindowMinutes?: number;
    /**
     * Minutes within which a backup has to be complete, at least 60 more than startWindowMinutes.
     *
     * Takes `integer 120..52560`.
     *
     * @defaultValue `1440`
     */
    readonly completionWindowMinutes?: number;
    /**
     * Days after which a backup is deleted.
     *
     * Takes `integer 1..36500`.
     *
     * @defaultValue `35`
     */
    readonly deleteAfterDays?: number;
    /**
     * Days after which backups of tables move to cold storage, which is cheaper and takes hours to restore from. deleteAfterDays has to be 90 more. Backups of clusters stay where they are.
     *
     * Takes `integer 1..36500`.
     */
    readonly coldStorageAfterDays?: number;
    /**
     * Whether clusters can be restored to any second of deleteAfterDays, at most 35. AWS Backup then sets the cluster's own retention and window.
     *
     * @defaultValue `false`
     */
    readonly continuous?: boolean;
    /**
     * Whether backups are copied into the region copyTo, if there is one.
     *
     * @defaultValue `true`
     */
    readonly copied?: boolean;
    /**
     * Days after which copies are deleted; deleteAfterDays if left out.
     *
     * Takes `integer 1..36500`.
     */
    readonly copyDeleteAfterDays?: number;
  }[];
  /** Another region, into which backups are copied; no copies if left out. */
  readonly copyTo?: AwsRegion;
  /** Lock of the vaults: while it is there, no backup is deleted before its time, and no rule may keep others for less. */
  readonly lock?: {
    /** Principals with the permission can still take the lock away. */
    readonly mode: "governance";
    /**
     * Least days that a backup is kept; a rule with fewer is refused, and by AWS as well.
     *
     * Takes `integer 1..36500`.
     */
    readonly minRetentionDays?: number;
    /**
     * Most days that a backup is kept.
     *
     * Takes `integer 1..36500`.
     */
    readonly maxRetentionDays?: number;
  } | {
    /** After changeableForDays nobody can take the lock away, AWS included; the vaults stay until they are empty. */
    readonly mode: "compliance";
    /**
     * Least days that a backup is kept; a rule with fewer is refused, and by AWS as well.
     *
     * Takes `integer 1..36500`.
     */
    readonly minRetentionDays?: number;
    /**
     * Most days that a backup is kept.
     *
     * Takes `integer 1..36500`.
     */
    readonly maxRetentionDays?: number;
    /**
     * Days after the deployment within which the lock can still be changed or taken away.
     *
     * Takes `integer 3..36500`.
     */
    readonly changeableForDays: number;
    /** true, to say that this is meant. */
    readonly cannotBeUndone: true;
  };
  /**
   * Roles that may delete backups before their time, as long as the vaults have no lock; nobody if left out.
   *
   * @defaultValue `[]`
   */
  readonly deletionRoles?: readonly string[];
  /**
   * Whether the account is opted into backups of tables and clusters in these regions, once. Accounts that made their first vault before November 2021 need it for copies and cold storage of tables; in one environment of the account.
   *
   * @defaultValue `false`
   */
  readonly optIn?: boolean;
  /**
   * Key of the vaults, apart from those of what is backed up: whoever loses these still has the backups.
   *
   * @defaultValue `{"description":"Backups"}`
   */
  readonly key?: EncryptionKeyInput & {
    /** Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow backup and rds. */
    readonly existing?: ExistingKeysInput;
  };
}

