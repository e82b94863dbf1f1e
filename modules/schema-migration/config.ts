import { z } from "zod";
import { logRetentionDays, strictObject } from "../core";

export type * from "./input";

const roleName = z
  .string()
  .max(40)
  .regex(
    /^(?!pg_|rds_)[a-z][a-z0-9]*(_[a-z0-9]+)*$/,
    "is not a valid database user name; use lower-case letters, digits and single underscores, starting with a letter, but not with pg_ or rds_",
  );

/**
 * The migrations of one database, and how they are run, as literal values.
 * @see https://www.postgresql.org/docs/current/explicit-locking.html
 * @see https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
 */
export const schemaMigrationConfig = strictObject(() => ({
  folder: z
    .string()
    .regex(
      /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/,
      "is not a folder of the project; use a path such as services/ledger/migrations",
    )
    .describe(
      "Folder with the migrations, relative to the project: 0001_first.sql, 0002_second.sql and so on, without gaps. What was applied is never changed or removed.",
    ),
  user: roleName
    .default("schema_migration")
    .describe(
      "Database user that runs them: logs in by IAM, and cannot create roles. On PostgreSQL it owns what they create, and may create schemas; on MySQL it has all privileges in the database. The function makes it.",
    ),
  adoptedSchemas: z
    .array(
      z
        .string()
        .max(63)
        .regex(
          /^(?!pg_|information_schema$)[a-z_][a-z0-9_]*$/,
          "is not the name of a schema; use lower-case letters, digits and underscores",
        ),
    )
    .max(50)
    .default([])
    .describe(
      "Schemas that were there before the first migration: what the master user owns in them is given to user, so that migrations may change it. On MySQL, further databases, in which user gets all privileges.",
    ),
  lockTimeoutMs: z
    .int()
    .min(50)
    .max(30_000)
    .default(2_000)
    .describe(
      "Longest wait of a statement for a lock, in milliseconds; on MySQL in whole seconds, 1 at least. Queries that come meanwhile queue behind it, so it is about the longest pause that traffic may see.",
    ),
  lockAttempts: z
    .int()
    .min(1)
    .max(100)
    .default(20)
    .describe(
      "How often a migration is tried that does not get its locks, with random pauses of up to 15 s in between.",
    ),
  statementTimeoutSeconds: z
    .int()
    .min(1)
    .max(840)
    .default(600)
    .describe(
      "Longest run of a statement, in seconds. A function ends after 15 minutes: what takes longer is run by hand, and then recorded by a migration that finds it done.",
    ),
  unusedHours: z
    .int()
    .min(0)
    .max(2160)
    .default(24)
    .describe(
      "How long no query may have touched a table, by the statistics of the writer (on MySQL, its performance schema), before a migration may drop it. 0 drops at once.",
    ),
  logRetentionDays: logRetentionDays.default(90),
}));

export type SchemaMigrationConfig = z.output<typeof schemaMigrationConfig>;
