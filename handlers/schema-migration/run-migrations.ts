import { setTimeout as delay } from "node:timers/promises";
import { Umzug } from "umzug";
import { AttemptsExhaustedError, DeadlineExceededError, retry } from "../../runtime/resilience/retry.js";
import type { Engine, OpenSession } from "./engine.js";
import type { Limits, Migration, Outcome } from "./migration.js";
import { codeOf, MigrationError } from "./migration-error.js";

export interface RunOptions<S extends OpenSession, M extends Migration> {
  readonly engine: Engine<S, M>;
  /** Logged in as the user of migrations; only this run uses it. */
  readonly session: S;
  /** All of them, in order. */
  readonly migrations: readonly M[];
  readonly limits: Limits;
  /** When everything has to be over, in milliseconds since 1970. */
  readonly deadlineAt: number;
  /** Told what happens, for the log. */
  readonly report?: (message: string, about: Readonly<Record<string, string | number>>) => void;
}

/** Applies the migrations that the database does not have, in order, each once however many run at the same time. @throws MigrationError */
export async function runMigrations<S extends OpenSession, M extends Migration>(
  options: RunOptions<S, M>,
): Promise<Outcome> {
  const { engine, session, deadlineAt } = options;
  await requireWriter(engine, session);
  return await exclusively(engine, session, deadlineAt, () => runLocked(options));
}

/**
 * Does something while no other runner does anything to this database. Another one is waited for until the deadline, by asking again and
 * again. @throws MigrationError
 */
export async function exclusively<T, S extends OpenSession, M extends Migration>(
  engine: Engine<S, M>,
  session: S,
  deadlineAt: number,
  use: () => Promise<T>,
): Promise<T> {
  await takeLock(engine, session, deadlineAt);
  try {
    return await use();
  } finally {
    await engine.unlock(session).catch(() => undefined);
  }
}

/** After a failover the cluster of this region reads only. @throws MigrationError */
export async function requireWriter<S extends OpenSession, M extends Migration>(
  engine: Engine<S, M>,
  session: S,
): Promise<void> {
  if (!(await engine.readsOnly(session))) return;
  throw new MigrationError(
    "the cluster of this region takes no writes, because another region has the writer since a failover",
    "fail the database back to its home region, and apply again",
  );
}

async function takeLock<S extends OpenSession, M extends Migration>(
  engine: Engine<S, M>,
  session: S,
  deadlineAt: number,
): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(2_000, pauseMs * 2)) {
    if (await engine.tryLock(session)) return;
    if (Date.now() + pauseMs > deadlineAt) {
      throw new MigrationError(
        "another run of migrations has not ended",
        `look for it in ${engine.sessions}, and apply again`,
      );
    }
    await delay(pauseMs);
  }
}

async function runLocked<S extends OpenSession, M extends Migration>(options: RunOptions<S, M>): Promise<Outcome> {
  const { engine, session, migrations, limits } = options;
  const known = (await engine.applied(session)).filter(({ done }) => done);
  requireSame(migrations, known);
  const names = new Set(known.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !names.has(name));
  // In a new database nobody uses anything yet.
  if (known.length > 0) {
    requireContractAlone(pending);
    try {
      await engine.requireUnused(session, pending, limits.unusedHours);
    } catch (error) {
      if (error instanceof MigrationError) await engine.recordUsage(session).catch(() => undefined);
      throw error;
    }
  }
  const umzug = new Umzug({
    migrations: migrations.map((migration) => ({ name: migration.name, up: () => apply(migration, options) })),
    // The engine records a migration itself, so that nothing comes in between.
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
    await engine.recordUsage(session).catch(() => undefined);
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

async function apply<S extends OpenSession, M extends Migration>(
  migration: M,
  { engine, session, limits, deadlineAt, report }: RunOptions<S, M>,
): Promise<void> {
  const { name } = migration;
  const startedAt = Date.now();
  report?.("migration started", { migration: name });
  let attempts = 0;
  try {
    await retry(
      async (number) => {
        attempts = number;
        const statementTime = () => timeLeft(name, limits, deadlineAt);
        await engine.apply(session, migration, { limits, statementTime, startedAt });
      },
      {
        attempts: limits.lockAttempts,
        baseDelayMs: 500,
        maxDelayMs: 15_000,
        deadlineAt,
        isRetryable: (error) => {
          const retried = engine.lockProblems.has(codeOf(error) ?? "");
          if (retried) report?.("migration waits for a lock", { migration: name, attempt: attempts });
          return retried;
        },
      },
    );
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    if (error instanceof AttemptsExhaustedError || error instanceof DeadlineExceededError) {
      throw new MigrationError(
        `${name} did not get its locks within ${limits.lockTimeoutMs} ms in ${error.attempts} attempts, ${engine.leftBy(migration, error.cause)}`,
        "apply again when the queries and transactions that run long are over",
      );
    }
    throw new MigrationError(
      `${name} failed with ${engine.describe(error, migration)}, ${engine.leftBy(migration, error)}`,
      "correct the file, which this database does not count as applied, and apply again",
    );
  }
  report?.("migration applied", { migration: name, duration_ms: Date.now() - startedAt, attempts });
}

/** A function ends after 15 minutes, and says so itself 5 s before. */
function timeLeft(name: string, { statementTimeoutMs }: Limits, deadlineAt: number): number {
  const leftMs = deadlineAt - Date.now() - 5_000;
  if (leftMs < 1_000) {
    throw new MigrationError(
      `there is no time left for ${name}`,
      "apply again: what was applied stays, and the rest goes on",
    );
  }
  return Math.min(statementTimeoutMs, leftMs);
}
