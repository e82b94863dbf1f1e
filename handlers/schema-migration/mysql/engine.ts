import type { Engine } from "../engine.js";
import { apply, statementOf } from "./apply.js";
import { describeDatabaseError } from "./database-error.js";
import type { MysqlMigration } from "./migration.js";
import { prepare } from "./prepare.js";
import { connectWithTls, type DatabaseAddress, type Session } from "./session.js";
import { recordUsage, requireUnused } from "./usage.js";

/** One lock for all runners of a server. It belongs to the session: the server gives it back when that ends, not before its statement has. */
const runnersLock = "evenkeel.schema_migration";

const tables = [
  `CREATE TABLE IF NOT EXISTS schema_migration.applied (
     name varchar(255) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY,
     checksum char(64) CHARACTER SET ascii NOT NULL,
     started_at datetime(3) NOT NULL,
     applied_at datetime(3) NULL COMMENT 'Not set while it runs, or where it was cut off',
     duration_ms int NULL) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS schema_migration.statements (
     migration varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     number int NOT NULL,
     checksum char(64) CHARACTER SET ascii NOT NULL,
     definition_before char(64) CHARACTER SET ascii NULL,
     started_at datetime(3) NOT NULL,
     done_at datetime(3) NULL,
     PRIMARY KEY (migration, number)) ENGINE = InnoDB`,
  `CREATE TABLE IF NOT EXISTS schema_migration.uses (
     object varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY,
     touched bigint unsigned NOT NULL,
     unchanged_since datetime(3) NOT NULL) ENGINE = InnoDB`,
];

/** Migrations of MySQL. */
export const mysqlEngine = (address: DatabaseAddress): Engine<Session, MysqlMigration> => ({
  connect: connectWithTls(address),
  refusedLogins: new Set(["ER_ACCESS_DENIED_ERROR"]),
  lockProblems: new Set(["ER_LOCK_WAIT_TIMEOUT", "ER_LOCK_DEADLOCK"]),
  sessions: "SHOW PROCESSLIST",
  describe: (error) => describeDatabaseError(error),

  async readsOnly(session) {
    const [state] = await session.query("SELECT @@GLOBAL.read_only OR @@GLOBAL.innodb_read_only AS reads_only");
    return Boolean(Number(state?.reads_only));
  },

  prepare,

  async tryLock(session) {
    const [answer] = await session.query("SELECT GET_LOCK(?, 0) AS locked", [runnersLock]);
    return Number(answer?.locked) === 1;
  },

  async unlock(session) {
    await session.query("SELECT RELEASE_LOCK(?)", [runnersLock]);
  },

  async applied(session) {
    for (const table of tables) await session.query(table);
    const rows = await session.query(
      "SELECT name, checksum, applied_at IS NOT NULL AS done FROM schema_migration.applied ORDER BY name",
    );
    return rows.map(({ name, checksum, done }) => ({ name, checksum, done: Boolean(Number(done)) }));
  },

  requireUnused,
  recordUsage,
  apply,

  leftBy({ statements }, error) {
    const number = statementOf(error);
    if (number === undefined || statements.length === 1) return "and changed nothing";
    const kept = number === 1 ? "nothing was changed" : "those before it stay";
    return `in statement ${number} of ${statements.length}; ${kept}`;
  },
});
