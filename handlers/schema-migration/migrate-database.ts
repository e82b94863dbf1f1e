import { lastError, retry } from "../../runtime/resilience/retry.js";
import type { Outcome } from "./migration.js";
import { codeOf, describeDatabaseError, MigrationError } from "./migration-error.js";
import { type Preparation, prepare } from "./prepare.js";
import { type RunOptions, requireWriter, runMigrations } from "./runner.js";
import type { Connect, Session, UserLogin } from "./session.js";

export interface MigrateOptions extends Omit<RunOptions, "session"> {
  readonly connect: Connect;
  /** The login of the master user, which makes the user of migrations. */
  readonly administrator: () => Promise<UserLogin>;
  /** The login of the user of migrations, which runs them. */
  readonly migrator: () => Promise<UserLogin>;
  readonly preparation: Preparation;
}

/** Makes ready what migrations need as the master user, then runs them as their own. @throws MigrationError */
export async function migrateDatabase(options: MigrateOptions): Promise<Outcome> {
  const { administrator, migrator, preparation, deadlineAt } = options;
  const as = async <T>(
    who: string,
    login: () => Promise<UserLogin>,
    use: (session: Session) => Promise<T>,
  ): Promise<T> => {
    const session = await opened(options.connect, who, login, deadlineAt);
    try {
      return await use(session);
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      throw new MigrationError(
        `the database answered with ${describeDatabaseError(error)}`,
        "apply again: what was applied stays, and the rest goes on",
      );
    } finally {
      await session.end().catch(() => undefined);
    }
  };
  await as("the master user", administrator, async (session) => {
    await requireWriter(session);
    await prepare(session, preparation);
  });
  return await as(`the user ${preparation.user}`, migrator, (session) => runMigrations({ ...options, session }));
}

/** What was made a moment ago is not known everywhere yet: permissions of a role, the endpoint of a network. */
const notYet = new Set(["AccessDeniedException", "TimeoutError", "28000", "28P01"]);

async function opened(
  connect: Connect,
  who: string,
  login: () => Promise<UserLogin>,
  deadlineAt: number,
): Promise<Session> {
  try {
    return await retry(async () => connect(await login()), {
      attempts: Number.POSITIVE_INFINITY,
      baseDelayMs: 1_000,
      maxDelayMs: 5_000,
      deadlineAt: Math.min(deadlineAt, Date.now() + 90_000),
      isRetryable: (error) => notYet.has(codeOf(error) ?? (error as Error)?.name),
    });
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    const told = lastError(error);
    const what = codeOf(told) ? describeDatabaseError(told) : told instanceof Error ? told.name : "an unknown error";
    throw new MigrationError(
      `${who} could not log in: ${what}`,
      "check the secret of the master user, the function's network with its endpoint for secretsmanager, and that IAM authentication is on",
    );
  }
}
