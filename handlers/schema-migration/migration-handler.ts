import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context } from "aws-lambda";
import { clientLimits } from "../../runtime/aws/client-limits.js";
import { endWithInvocation } from "../../runtime/aws/end-with-invocation.js";
import { integer, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { invocationTime } from "../../runtime/invocation/time.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { iamToken } from "../../runtime/postgres/iam-token.js";
import { parseUserLogin } from "../../runtime/postgres/rotating-user.js";
import type { Engine, OpenSession } from "./engine.js";
import { migrateDatabase } from "./migrate-database.js";
import type { Migration, Outcome } from "./migration.js";
import { MigrationError } from "./migration-error.js";

/** Where the database is. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/**
 * Applies migrations to one database; see the README for what it needs.
 * @param engineOf how its engine is talked to
 * @param defaultPort of the engine
 */
export function migrationHandler<S extends OpenSession, M extends Migration>(
  engineOf: (address: DatabaseAddress) => Engine<S, M>,
  defaultPort: number,
  migrations: readonly M[],
) {
  const environment = readEnvironment({
    ...loggerVariables,
    SERVICE_NAME: string().default("schema-migration"),
    AWS_REGION: string(),
    ADMINISTRATOR_SECRET_ID: string(),
    DATABASE_HOST: string(),
    DATABASE_PORT: integer(1, 65_535).default(defaultPort),
    DATABASE_NAME: string(),
    DATABASE_USER: string(),
    SERVICE_USERS: string().default(""),
    ADOPTED_SCHEMAS: string().default(""),
    LOCK_TIMEOUT_MS: integer(50, 30_000).default(2_000),
    LOCK_ATTEMPTS: integer(1, 100).default(20),
    STATEMENT_TIMEOUT_SECONDS: integer(1, 840).default(600),
    UNUSED_HOURS: integer(0, 2160).default(24),
  });
  const logger = loggerFromEnvironment(environment);
  const { AWS_REGION: region, DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USER: user } = environment;
  const secrets = endWithInvocation(
    new SecretsManagerClient({
      region,
      ...clientLimits({ maxAttempts: 3, connectionTimeoutMs: 1_000, requestTimeoutMs: 3_000 }),
    }),
  );
  const tokens = iamToken({ host, port, user, region });
  const engine = engineOf({ host, port, database: environment.DATABASE_NAME });

  const handle = async (_event: unknown, context: Context): Promise<Outcome> => {
    beginInvocation(logger, context, context.awsRequestId);
    try {
      const outcome = await migrateDatabase({
        engine,
        administrator: async () => {
          const { SecretString = "" } = await secrets.send(
            new GetSecretValueCommand({ SecretId: environment.ADMINISTRATOR_SECRET_ID }),
          );
          const login = parseUserLogin(SecretString);
          if (login) return login;
          throw new MigrationError(
            "the secret of the master user holds no login",
            "store its username and password there",
          );
        },
        migrator: async () => ({ username: user, password: await tokens.password() }),
        preparation: {
          database: environment.DATABASE_NAME,
          user,
          serviceUsers: listed(environment.SERVICE_USERS),
          adoptedSchemas: listed(environment.ADOPTED_SCHEMAS),
          lockTimeoutMs: environment.LOCK_TIMEOUT_MS,
        },
        migrations,
        limits: {
          lockTimeoutMs: environment.LOCK_TIMEOUT_MS,
          lockAttempts: environment.LOCK_ATTEMPTS,
          statementTimeoutMs: environment.STATEMENT_TIMEOUT_SECONDS * 1000,
          unusedHours: environment.UNUSED_HOURS,
        },
        deadlineAt: invocationTime()?.deadlineAt ?? Date.now() + 60_000,
        report: (message, about) => logger.info(message, { ...about }),
      });
      logger.info("migrations completed", { applied: outcome.applied.length, before: outcome.before });
      return outcome;
    } catch (error) {
      // Only errors of this handler's own making get here: they hold no value of a row.
      logger.error("migrations failed", error as Error);
      throw error;
    }
  };

  return boundedHandler({ logger, handle, reserveMs: 5_000 });
}

const listed = (text: string): string[] => text.split(",").filter((name) => name !== "");
