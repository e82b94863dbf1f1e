// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `schemaMigrationConfig` takes: fields with defaults may be left out. */
export interface SchemaMigrationInput {
  /** Folder with the migrations, relative to the project: 0001_first.sql, 0002_second.sql and so on, without gaps. What was applied is never changed or removed. */
  readonly folder: string;
  /**
   * Database user that runs them: logs in by IAM, and cannot create roles. On PostgreSQL it owns what they create, and may create schemas; on MySQL it has all privileges in the database. The function makes it.
   *
   * Takes `string of at most 40 characters`.
   *
   * @defaultValue `"schema_migration"`
   */
  readonly user?: string;
  /**
   * Schemas that were there before the first migration: what the master user owns in them is given to user, so that migrations may change it. On MySQL, further databases, in which user gets all privileges.
   *
   * Takes `list of string of at most 63 characters, at most 50 entries`.
   *
   * @defaultValue `[]`
   */
  readonly adoptedSchemas?: readonly string[];
  /**
   * Longest wait of a statement for a lock, in milliseconds; on MySQL in whole seconds, 1 at least. Queries that come meanwhile queue behind it, so it is about the longest pause that traffic may see.
   *
   * Takes `integer 50..30000`.
   *
   * @defaultValue `2000`
   */
  readonly lockTimeoutMs?: number;
  /**
   * How often a migration is tried that does not get its locks, with random pauses of up to 15 s in between.
   *
   * Takes `integer 1..100`.
   *
   * @defaultValue `20`
   */
  readonly lockAttempts?: number;
  /**
   * Longest run of a statement, in seconds. A function ends after 15 minutes: what takes longer is run by hand, and then recorded by a migration that finds it done.
   *
   * Takes `integer 1..840`.
   *
   * @defaultValue `600`
   */
  readonly statementTimeoutSeconds?: number;
  /**
   * How long no query may have touched a table, by the statistics of the writer (on MySQL, its performance schema), before a migration may drop it. 0 drops at once.
   *
   * Takes `integer 0..2160`.
   *
   * @defaultValue `24`
   */
  readonly unusedHours?: number;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `90`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

