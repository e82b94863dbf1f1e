import type { Attempt } from "../engine.js";
import type { PostgresMigration } from "./migration.js";
import type { Session } from "./session.js";

/** Applies a migration and records it: in one transaction, or where that cannot be, so that it can be run again where it was cut off. */
export async function apply(session: Session, migration: PostgresMigration, attempt: Attempt): Promise<void> {
  await (migration.transaction ? inTransaction : alone)(session, migration, attempt);
}

const record = `
  INSERT INTO schema_migration.applied (name, checksum, started_at, applied_at, duration_ms)
  VALUES ($1, $2, to_timestamp($3), clock_timestamp(), $4)
  ON CONFLICT (name) DO UPDATE SET applied_at = excluded.applied_at, duration_ms = excluded.duration_ms`;

const recorded = ({ name, checksum }: PostgresMigration, startedAt: number) => [
  name,
  checksum,
  startedAt / 1000,
  Date.now() - startedAt,
];

async function inTransaction(
  session: Session,
  migration: PostgresMigration,
  { limits, statementTime, startedAt }: Attempt,
): Promise<void> {
  const timeMs = statementTime();
  await session.query("BEGIN");
  try {
    await session.query(`SET LOCAL lock_timeout = ${limits.lockTimeoutMs}`);
    await session.query(`SET LOCAL statement_timeout = ${timeMs}`);
    await session.query(migration.sql);
    await session.query(record, recorded(migration, startedAt));
    await session.query("COMMIT");
  } catch (error) {
    await session.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/**
 * What PostgreSQL runs in no transaction: it waits for others, and nobody waits behind it, so only its time is limited. Where it was cut off before, what is
 * left of it is removed first.
 */
async function alone(
  session: Session,
  migration: PostgresMigration,
  { statementTime, startedAt }: Attempt,
): Promise<void> {
  const { name, checksum, sql, index, drops } = migration;
  const timeMs = statementTime();
  const { rows } = await session.query("SELECT 1 FROM schema_migration.applied WHERE name = $1", [name]);
  const wasCutOff = rows.length > 0;
  if (!wasCutOff) {
    await session.query("INSERT INTO schema_migration.applied (name, checksum) VALUES ($1, $2)", [name, checksum]);
  } else {
    await session.query("UPDATE schema_migration.applied SET checksum = $2 WHERE name = $1", [name, checksum]);
  }
  await session.query(`SET lock_timeout = 0; SET statement_timeout = ${timeMs}`);
  try {
    const state = index && (await indexState(session, index));
    if (wasCutOff && index && state === "invalid") {
      await session.query(`DROP INDEX CONCURRENTLY ${quotedIndex(index)}`);
    }
    const isDone = wasCutOff && (state === "valid" || (drops.length > 0 && (await areGone(session, drops))));
    if (!isDone) await session.query(sql);
    await session.query(record, recorded(migration, startedAt));
  } finally {
    await session.query("RESET lock_timeout; RESET statement_timeout").catch(() => undefined);
  }
}

type Index = NonNullable<PostgresMigration["index"]>;

const quotedIndex = ({ schema, name }: Index): string =>
  [schema, name].flatMap((part) => (part === null ? [] : [`"${part.replaceAll('"', '""')}"`])).join(".");

async function indexState(session: Session, index: Index): Promise<"valid" | "invalid" | undefined> {
  const { rows } = await session.query<{ valid: boolean }>(
    "SELECT indisvalid AS valid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)",
    [quotedIndex(index)],
  );
  return rows[0] && (rows[0].valid ? "valid" : "invalid");
}

async function areGone(session: Session, drops: PostgresMigration["drops"]): Promise<boolean> {
  const { rows } = await session.query("SELECT 1 FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL", [
    drops.map(({ name }) => name),
  ]);
  return rows.length === 0;
}
