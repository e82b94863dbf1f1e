import { setTimeout as delay } from "node:timers/promises";
import { Umzug } from "umzug";
import { AttemptsExhaustedError, DeadlineExceededError, retry } from "../../runtime/resilience/retry.js";
import type { Limits, Migration, Outcome } from "./migration.js";
import { codeOf, describeDatabaseError, MigrationError } from "./migration-error.js";
import type { Session } from "./session.js";
import { recordUsage, requireUnused } from "./usage.js";

export interface RunOptions {
  /** Logged in as the user of migrations; only this run uses it. */
  readonly session: Session;
  /** All of them, in order. */
  readonly migrations: readonly Migration[];
  readonly limits: Limits;
  /** When everything has to be over, in milliseconds since 1970. */
  readonly deadlineAt: number;
  /** Told what happens, for the log. */
  readonly report?: (message: string, about: Readonly<Record<string, string | number>>) => void;
}

/** One lock for all runners of a database: "evenkeel" and "schema" in ASCII, shortened to what fits. */
const runnersLock = [0x65766e6b, 0x73636865] as const;

/**
 * Applies the migrations that the database does not have, in order, each once however many run at the same time.
 *
 * Another runner is waited for by asking again and again: a statement that waits in the server would hold a snapshot, which `CREATE INDEX
 * CONCURRENTLY` of the first runner in turn waits for.
 * @throws MigrationError
 */
export async function runMigrations(options: RunOptions): Promise<Outcome> {
  const { session, deadlineAt } = options;
  await requireWriter(session);
  await takeLock(session, deadlineAt);
  try {
    return await runLocked(options);
  } finally {
    await session.query("SELECT pg_advisory_unlock($1, $2)", [...runnersLock]).catch(() => undefined);
  }
}

/** After a failover the cluster of this region reads only. @throws MigrationError */
export async function requireWriter(session: Session): Promise<void> {
  const { rows } = await session.query<{ reads_only: boolean }>(
    "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS reads_only",
  );
  if (!rows[0]?.reads_only) return;
  throw new MigrationError(
    "the cluster of this region takes no writes, because another region has the writer since a failover",
    "fail the database back to its home region, and apply again",
  );
}

async function takeLock(session: Session, deadlineAt: number): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
    const { rows } = await session.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS locked", [
      ...runnersLock,
    ]);
    if (rows[0]?.locked) return;
    if (Date.now() + pauseMs > deadlineAt) {
      throw new MigrationError(
        "another run of migrations has not ended",
        "look for it in pg_stat_activity, and apply again",
      );
    }
    await delay(pauseMs);
  }
}

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

async function runLocked(options: RunOptions): Promise<Outcome> {
  const { session, migrations, limits } = options;
  await session.query(tables);
  const { rows } = await session.query<{ name: string; checksum: string; done: boolean }>(
    "SELECT name, checksum, applied_at IS NOT NULL AS done FROM schema_migration.applied ORDER BY name",
  );
  const known = rows.filter(({ done }) => done);
  requireSame(migrations, known);
  const names = new Set(known.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !names.has(name));
  // In a new database nobody uses anything yet.
  if (known.length > 0) {
    requireContractAlone(pending);
    try {
      await requireUnused(session, pending, limits.unusedHours);
    } catch (error) {
      if (error instanceof MigrationError) await recordUsage(session);
      throw error;
    }
  }
  const umzug = new Umzug({
    migrations: migrations.map((migration) => ({ name: migration.name, up: () => apply(migration, options) })),
    // `apply` records a migration in its own transaction, so that nothing comes in between.
    storage: {
      executed: async () => [...names],
      logMigration: async () => undefined,
      unlogMigration: async () => undefined,
    },
    logger: undefined,
  });
  try {
    const applied = await umzug.up();
    return { applied: applied.map(({ name }) => name), before: known.length };
  } catch (error) {
    throw error instanceof Error && error.cause instanceof MigrationError ? error.cause : error;
  } finally {
    // What a run has touched itself is nobody's use.
    await recordUsage(session).catch(() => undefined);
  }
}

/** What was applied is still there, unchanged and first. @throws MigrationError */
function requireSame(migrations: readonly Migration[], known: readonly { name: string; checksum: string }[]): void {
  known.forEach(({ name, checksum }, index) => {
    const migration = migrations[index];
    const found = migrations.find((each) => each.name === name);
    if (!found) {
      throw new MigrationError(
        `${name} was applied to this database, and is not among the migrations any more`,
        "bring the file back as it was; undo what it did by a new migration",
      );
    }
    if (found.checksum !== checksum) {
      throw new MigrationError(
        `${name} was changed after it was applied to this database`,
        "bring the file back as it was, and write the change as a new migration",
      );
    }
    if (migration !== found) {
      throw new MigrationError(
        `${migration?.name} comes before ${name}, which was applied to this database already`,
        "give it the next number",
      );
    }
  });
}

/**
 * What drops something comes in a deployment of its own: the release that does without it is deployed after the migrations before, and
 * before this one.
 */
function requireContractAlone(pending: readonly Migration[]): void {
  const drop = pending.find(({ drops }) => drops.length > 0);
  const other = pending.find(({ drops }) => drops.length === 0);
  if (!drop || !other) return;
  throw new MigrationError(
    `${drop.name} drops ${drop.drops.map(({ name }) => name).join(", ")}, and would run together with ${other.name}, before the release that does without it is deployed`,
    `deploy without ${drop.name} first, then with it`,
  );
}

/** Not available, or deadlocked with traffic: whoever waits behind is let through, and it is tried again. */
const lockProblems = new Set(["55P03", "40P01"]);

async function apply(migration: Migration, { session, limits, deadlineAt, report }: RunOptions): Promise<void> {
  const { name, sql } = migration;
  const startedAt = Date.now();
  const once = migration.transaction ? inTransaction : alone;
  report?.("migration started", { migration: name });
  let attempts = 0;
  try {
    await retry(
      async (number) => {
        attempts = number;
        await once(
          session,
          migration,
          { ...limits, statementTimeoutMs: statementTime(name, limits, deadlineAt) },
          startedAt,
        );
      },
      {
        attempts: limits.lockAttempts,
        baseDelayMs: 500,
        maxDelayMs: 15_000,
        deadlineAt,
        isRetryable: (error) => {
          const retried = lockProblems.has(codeOf(error) ?? "");
          if (retried) report?.("migration waits for a lock", { migration: name, attempt: attempts });
          return retried;
        },
      },
    );
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    if (error instanceof AttemptsExhaustedError || error instanceof DeadlineExceededError) {
      throw new MigrationError(
        `${name} did not get its locks within ${limits.lockTimeoutMs} ms in ${error.attempts} attempts, and was taken back`,
        "apply again when the queries and transactions that run long are over",
      );
    }
    const took = migration.transaction ? "and was taken back" : "outside of a transaction";
    throw new MigrationError(
      `${name} failed with ${describeDatabaseError(error, sql)}, ${took}`,
      "correct the file, which this database does not count as applied, and apply again",
    );
  }
  report?.("migration applied", { migration: name, duration_ms: Date.now() - startedAt, attempts });
}

/** A function ends after 15 minutes, and says so itself 5 s before. */
function statementTime(name: string, { statementTimeoutMs }: Limits, deadlineAt: number): number {
  const leftMs = deadlineAt - Date.now() - 5_000;
  if (leftMs < 1_000) {
    throw new MigrationError(
      `there is no time left for ${name}`,
      "apply again: what was applied stays, and the rest goes on",
    );
  }
  return Math.min(statementTimeoutMs, leftMs);
}

const record = `
  INSERT INTO schema_migration.applied (name, checksum, started_at, applied_at, duration_ms)
  VALUES ($1, $2, to_timestamp($3), clock_timestamp(), $4)
  ON CONFLICT (name) DO UPDATE SET applied_at = excluded.applied_at, duration_ms = excluded.duration_ms`;

const recorded = ({ name, checksum }: Migration, startedAt: number) => [
  name,
  checksum,
  startedAt / 1000,
  Date.now() - startedAt,
];

async function inTransaction(session: Session, migration: Migration, limits: Limits, startedAt: number): Promise<void> {
  await session.query("BEGIN");
  try {
    await session.query(`SET LOCAL lock_timeout = ${limits.lockTimeoutMs}`);
    await session.query(`SET LOCAL statement_timeout = ${limits.statementTimeoutMs}`);
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
async function alone(session: Session, migration: Migration, limits: Limits, startedAt: number): Promise<void> {
  const { name, checksum, sql, index, drops } = migration;
  const { rows } = await session.query("SELECT 1 FROM schema_migration.applied WHERE name = $1", [name]);
  const wasCutOff = rows.length > 0;
  if (!wasCutOff) {
    await session.query("INSERT INTO schema_migration.applied (name, checksum) VALUES ($1, $2)", [name, checksum]);
  } else {
    await session.query("UPDATE schema_migration.applied SET checksum = $2 WHERE name = $1", [name, checksum]);
  }
  await session.query(`SET lock_timeout = 0; SET statement_timeout = ${limits.statementTimeoutMs}`);
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

type Index = NonNullable<Migration["index"]>;

const quotedIndex = ({ schema, name }: Index): string =>
  [schema, name].flatMap((part) => (part === null ? [] : [`"${part.replaceAll('"', '""')}"`])).join(".");

async function indexState(session: Session, index: Index): Promise<"valid" | "invalid" | undefined> {
  const { rows } = await session.query<{ valid: boolean }>(
    "SELECT indisvalid AS valid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)",
    [quotedIndex(index)],
  );
  return rows[0] && (rows[0].valid ? "valid" : "invalid");
}

async function areGone(session: Session, drops: Migration["drops"]): Promise<boolean> {
  const { rows } = await session.query("SELECT 1 FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL", [
    drops.map(({ name }) => name),
  ]);
  return rows.length === 0;
}
