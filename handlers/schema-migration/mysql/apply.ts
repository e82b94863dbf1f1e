import { createHash } from "node:crypto";
import type { Attempt } from "../engine.js";
import { MigrationError } from "../migration-error.js";
import { definitionOf } from "./definitions.js";
import type { MysqlMigration, MysqlStatement } from "./migration.js";
import type { Session } from "./session.js";

/** A statement that a run has begun with. */
interface Begun {
  readonly checksum: string;
  readonly done: boolean;
  /** How what it changes was defined before it. */
  readonly before: string | null;
}

const checksumOf = (sql: string): string => createHash("sha256").update(sql).digest("hex");

/** The number of the statement, from 1, that an error comes from. */
const failedAt = new WeakMap<object, number>();

export const statementOf = (error: unknown): number | undefined =>
  typeof error === "object" && error !== null ? failedAt.get(error) : undefined;

/**
 * Applies a migration statement by statement, and records each: MySQL commits what changes a schema by itself, so a file that was cut off
 * goes on behind the last statement that it has run.
 */
export async function apply(session: Session, migration: MysqlMigration, attempt: Attempt): Promise<void> {
  const { name, checksum, statements } = migration;
  const { limits, startedAt } = attempt;
  const seconds = Math.ceil(limits.lockTimeoutMs / 1000);
  await session.query(`SET SESSION lock_wait_timeout = ${seconds}, innodb_lock_wait_timeout = ${seconds}`);
  await session.query(
    "INSERT IGNORE INTO schema_migration.applied (name, checksum, started_at) VALUES (?, ?, FROM_UNIXTIME(?))",
    [name, checksum, startedAt / 1000],
  );
  await session.query("UPDATE schema_migration.applied SET checksum = ? WHERE name = ?", [checksum, name]);
  const begun = await begunBefore(session, migration);
  for (const [index, statement] of statements.entries()) {
    const number = index + 1;
    const before = begun.get(number);
    if (before?.done) continue;
    try {
      await run[statement.kind]({ session, name, number, statement, before, attempt });
    } catch (error) {
      if (typeof error === "object" && error !== null) failedAt.set(error, number);
      throw error;
    }
  }
  await session.query(
    "UPDATE schema_migration.applied SET applied_at = UTC_TIMESTAMP(3), duration_ms = ? WHERE name = ?",
    [Date.now() - startedAt, name],
  );
}

/** What earlier runs have begun with, which the file still has. @throws MigrationError */
async function begunBefore(session: Session, { name, statements }: MysqlMigration): Promise<Map<number, Begun>> {
  const rows = await session.query(
    "SELECT number, checksum, definition_before, done_at IS NOT NULL AS done FROM schema_migration.statements WHERE migration = ?",
    [name],
  );
  const begun = new Map(
    rows.map(({ number, checksum, done, definition_before: before }): [number, Begun] => [
      Number(number),
      { checksum, done: Boolean(Number(done)), before },
    ]),
  );
  for (const [number, { checksum, done }] of begun) {
    const statement = statements[number - 1];
    if (statement && checksumOf(statement.sql) === checksum) continue;
    const when = done
      ? "which was applied to this database before the file had run to its end"
      : "which was cut off here, and may have been applied";
    throw new MigrationError(
      `${name} was changed in statement ${number}, ${when}`,
      "bring that statement back as it was; only those after it may be corrected",
    );
  }
  return begun;
}

interface Step {
  readonly session: Session;
  readonly name: string;
  readonly number: number;
  readonly statement: MysqlStatement;
  readonly before: Begun | undefined;
  readonly attempt: Attempt;
}

const run: Readonly<Record<MysqlStatement["kind"], (step: Step) => Promise<void>>> = {
  /** Both or neither are there: the statement, and its record. */
  async data(step) {
    const { session } = step;
    await session.query("START TRANSACTION");
    try {
      await limited(step);
      await begin(step, null);
      await end(step);
      await session.query("COMMIT");
    } catch (error) {
      await session.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  },

  /** It is there as a whole or not at all, and commits before it can be recorded: so it is told by what it changes. */
  async definition(step) {
    const { session, statement, before } = step;
    const now = await definitionOf(session, statement.objects);
    if (before && before.before !== null && before.before !== now) return await end(step);
    await begin(step, now);
    await limited(step);
    await end(step);
  },

  async repeatable(step) {
    const { before } = step;
    await begin(step, null);
    try {
      await limited(step);
    } catch (error) {
      // What was cut off has revoked it already.
      if (!before || !revokedBefore.has((error as { errno?: number }).errno ?? 0)) throw error;
    }
    await end(step);
  },
};

/** There is no such grant. */
const revokedBefore = new Set([1141, 1147, 1403]);

async function begin({ session, name, number, statement }: Step, definition: string | null): Promise<void> {
  await session.query(
    `INSERT INTO schema_migration.statements (migration, number, checksum, definition_before, started_at)
     VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))
     ON DUPLICATE KEY UPDATE checksum = VALUES(checksum), definition_before = VALUES(definition_before)`,
    [name, number, checksumOf(statement.sql), definition],
  );
}

async function end({ session, name, number }: Step): Promise<void> {
  await session.query(
    "UPDATE schema_migration.statements SET done_at = UTC_TIMESTAMP(3) WHERE migration = ? AND number = ?",
    [name, number],
  );
}

/**
 * Runs the statement for as long as it may; a statement that is ended is taken back by the server. Where the server says that it has failed,
 * it has changed nothing, and the file may be corrected: only what was cut off stays open.
 */
async function limited({ session, name, number, statement, attempt }: Step): Promise<void> {
  const timer = setTimeout(() => void session.endStatement().catch(() => undefined), attempt.statementTime());
  try {
    await session.query(statement.sql);
  } catch (error) {
    const { errno = 0 } = error as { readonly errno?: number };
    if (errno >= 1000 && !cutOff.has(errno)) {
      await session
        .query("DELETE FROM schema_migration.statements WHERE migration = ? AND number = ? AND done_at IS NULL", [
          name,
          number,
        ])
        .catch(() => undefined);
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The session was ended: by a server that shuts down, and by somebody else. */
const cutOff: ReadonlySet<number> = new Set([1053, 1077, 1079, 1927, 4031]);
