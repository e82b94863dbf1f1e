import type { Engine } from "../engine.js";
import { apply } from "./apply.js";
import { describeDatabaseError } from "./database-error.js";
import type { PostgresMigration } from "./migration.js";
import { prepare } from "./prepare.js";
import { connectWithTls, type DatabaseAddress, type Session } from "./session.js";
import { recordUsage, requireUnused } from "./usage.js";

/** One lock for all runners of a database: "evenkeel" and "schema" in ASCII, shortened to what fits. */
const runnersLock = [0x65766e6b, 0x73636865] as const;

const tables = [
  "CREATE SCHEMA IF NOT EXISTS schema_migration",
  `CREATE TABLE IF NOT EXISTS schema_migration.applied (
     name text PRIMARY KEY,
     checksum char(64) NOT NULL,
     started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     -- Not set while it runs, or where it was cut off outside of a transaction.
     applied_at timestamptz,
     duration_ms integer)`,
  `CREATE TABLE IF NOT EXISTS schema_migration.usage (
     relid oid PRIMARY KEY,
     touched bigint NOT NULL,
     unchanged_since timestamptz NOT NULL)`,
].join(";");

/** Migrations of PostgreSQL. */
export const postgresEngine = (address: DatabaseAddress): Engine<Session, PostgresMigration> => ({
  connect: connectWithTls(address),
  refusedLogins: new Set(["28000", "28P01"]),
  lockProblems: new Set(["55P03", "40P01"]),
  sessions: "pg_stat_activity",
  describe: (error, migration) => describeDatabaseError(error, migration?.sql),

  async readsOnly(session) {
    const { rows } = await session.query<{ reads_only: boolean }>(
      "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS reads_only",
    );
    return rows[0]?.reads_only === true;
  },

  prepare,

  /**
   * A statement that waits for the lock in the server would hold a snapshot, which `CREATE INDEX CONCURRENTLY` of the first runner in turn
   * waits for.
   */
  async tryLock(session) {
    const { rows } = await session.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS locked", [
      ...runnersLock,
    ]);
    return rows[0]?.locked === true;
  },

  async unlock(session) {
    await session.query("SELECT pg_advisory_unlock($1, $2)", [...runnersLock]);
  },

  async applied(session) {
    await session.query(tables);
    const { rows } = await session.query<{ name: string; checksum: string; done: boolean }>(
      "SELECT name, checksum, applied_at IS NOT NULL AS done FROM schema_migration.applied ORDER BY name",
    );
    return rows;
  },

  requireUnused,
  recordUsage,
  apply,
  leftBy: ({ transaction }) => (transaction ? "and was taken back" : "outside of a transaction"),
});
