import type { UserLogin } from "../../runtime/postgres/rotating-user.js";
import { lastError, retry } from "../../runtime/resilience/retry.js";
import type { Engine, OpenSession, Preparation } from "./engine.js";
import type { Migration, Outcome } from "./migration.js";
import { codeOf, MigrationError } from "./migration-error.js";
import { exclusively, type RunOptions, requireWriter, runMigrations } from "./run-migrations.js";

export interface MigrateOptions<S extends OpenSession, M extends Migration> extends Omit<RunOptions<S, M>, "session"> {
  /** The login of the master user, which makes the user of migrations. */
  readonly administrator: () => Promise<UserLogin>;
  /** The login of the user of migrations, which runs them. */
  readonly migrator: () => Promise<UserLogin>;
  readonly preparation: Preparation;
}

/** Makes ready what migrations need as the master user, then runs them as their own. @throws MigrationError */
export async function migrateDatabase<S extends OpenSession, M extends Migration>(
  options: MigrateOptions<S, M>,
): Promise<Outcome> {
  const { engine, administrator, migrator, preparation, deadlineAt } = options;
  const as = async <T>(who: string, login: () => Promise<UserLogin>, use: (session: S) => Promise<T>): Promise<T> => {
    const session = await opened(engine, who, login, deadlineAt);
    try {
      return await use(session);
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      throw new MigrationError(
        `the database answered with ${engine.describe(error)}`,
        "apply again: what was applied stays, and the rest goes on",
      );
    } finally {
      await session.end().catch(() => undefined);
    }
  };
  await as("the master user", administrator, async (session) => {
    await requireWriter(engine, session);
    await exclusively(engine, session, deadlineAt, () => engine.prepare(session, preparation));
  });
  return await as(`the user ${preparation.user}`, migrator, (session) => runMigrations({ ...options, session }));
}

/** What was made a moment ago is not known everywhere yet: permissions of a role, the endpoint of a network. */
const notYet = new Set(["AccessDeniedException", "TimeoutError"]);

async function opened<S extends OpenSession, M extends Migration>(
  engine: Engine<S, M>,
  who: string,
  login: () => Promise<UserLogin>,
  deadlineAt: number,
): Promise<S> {
  try {
    return await retry(async () => engine.connect(await login()), {
      attempts: Number.POSITIVE_INFINITY,
      baseDelayMs: 1_000,
      maxDelayMs: 5_000,
      deadlineAt: Math.min(deadlineAt, Date.now() + 90_000),
      isRetryable: (error) => {
        const code = codeOf(error) ?? (error as Error)?.name;
        return notYet.has(code) || engine.refusedLogins.has(code);
      },
    });
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    const told = lastError(error);
    const what = codeOf(told) ? engine.describe(told) : told instanceof Error ? told.name : "an unknown error";
    throw new MigrationError(
      `${who} could not log in: ${what}`,
      "check the secret of the master user, the function's network with its endpoint for secretsmanager, and that IAM authentication is on",
    );
  }
}
