import { EnvironmentError, integer, oneOf, readEnvironment, string } from "../environment/environment.js";
import { secretsManagerSource } from "../secrets/secret-source.js";
import type { VersionCanary } from "../secrets/version-canary.js";
import { databaseLeaseFromEnvironment } from "../vault/from-environment.js";
import { iamToken } from "./iam-token.js";
import { canaryLogin, type LoginSource, leasedLogin, userLogin } from "./login.js";
import { createPostgres, type Postgres, type PostgresOptions } from "./postgres.js";
import { type UserSecret, userSecret } from "./user-secret.js";

/** What a handler may choose. */
export type EndpointOptions = Partial<
  Pick<PostgresOptions, "checkAfterIdleMs" | "connectionTimeoutMs" | "deadlineMs" | "giveBack" | "statementTimeoutMs">
>;

/** The database of a service, by its two endpoints; each opens its connection when it is first used. */
export interface PostgresEndpoints {
  /** For reading and writing. @throws EnvironmentError where the service was deployed to read only */
  writer(options?: EndpointOptions): Postgres;
  /** For reading what may be a moment old; answers in a standby region as well. */
  reader(options?: EndpointOptions): Postgres;
}

/** The canary, and what tests use instead of AWS. */
export interface PostgresFromEnvironmentOptions {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** In place of Secrets Manager. */
  readonly secret?: UserSecret;
  /** In place of Secrets Manager, for the version before the last rotation. */
  readonly previousSecret?: UserSecret;
  /** `databaseCanaryFromEnvironment()`, required if the variables configure a canary. */
  readonly canary?: VersionCanary;
}

/**
 * The database that the toolkit configured for the function, by DATABASE_HOST, DATABASE_READER_HOST, DATABASE_PORT, DATABASE_NAME,
 * DATABASE_USER, DATABASE_AUTHENTICATION, DATABASE_SECRET_ARN, DATABASE_TARGET_SESSION_ATTRS and DATABASE_CA_FILE, and Vault's variables where Vault makes the
 * logins. Call it at module scope.
 * @throws EnvironmentError
 */
export function postgresFromEnvironment({
  variables = process.env,
  secret,
  previousSecret,
  canary,
}: PostgresFromEnvironmentOptions = {}): PostgresEndpoints {
  const environment = readEnvironment(
    {
      AWS_REGION: string(),
      DATABASE_ENGINE: oneOf("aurora-postgresql").default("aurora-postgresql"),
      DATABASE_PORT: integer(1, 65_535),
      DATABASE_NAME: string(),
      DATABASE_USER: string(),
      DATABASE_AUTHENTICATION: oneOf("iam", "password", "vault").default("iam"),
      DATABASE_SECRET_ARN: string().default(""),
      DATABASE_CANARY_PATH: string().default(""),
      DATABASE_CA_FILE: string().default(""),
      DATABASE_TARGET_SESSION_ATTRS: oneOf("any", "read-write").default("read-write"),
      SERVICE_NAME: string().default(""),
    },
    variables,
  );
  const { AWS_REGION: region, DATABASE_PORT: port, DATABASE_SECRET_ARN: secretArn } = environment;
  const source = secretArn ? secretsManagerSource({ secretArn, region }) : undefined;
  const shared = secret ?? (source && userSecret(source));
  const previous = previousSecret ?? (source && userSecret(source, "AWSPREVIOUS"));
  if (environment.DATABASE_CANARY_PATH && !canary) {
    throw new EnvironmentError(["DATABASE_CANARY_PATH needs the canary, pass databaseCanaryFromEnvironment()"]);
  }

  // One for both endpoints: each lease is a user of the database.
  const lease = environment.DATABASE_AUTHENTICATION === "vault" ? databaseLeaseFromEnvironment(variables) : undefined;

  function loginsAt(host: string): LoginSource {
    if (lease) return leasedLogin(lease);
    const byTokens = environment.DATABASE_AUTHENTICATION === "iam";
    if (!byTokens && shared && previous && canary) return canaryLogin({ current: shared, previous }, canary);
    return userLogin({
      byTokens,
      user: environment.DATABASE_USER,
      secret: shared,
      tokens: (user) => iamToken({ host, port, user, region }),
    });
  }

  function endpoint(name: "DATABASE_HOST" | "DATABASE_READER_HOST", options: EndpointOptions = {}): Postgres {
    const host = readEnvironment({ [name]: string() }, variables)[name] ?? "";
    return createPostgres({
      // Without a pool: what the function holds, the server has not to give.
      ...(environment.DATABASE_CA_FILE && { giveBack: {} }),
      ...options,
      host,
      port,
      database: environment.DATABASE_NAME,
      logins: loginsAt(host),
      caFile: environment.DATABASE_CA_FILE || undefined,
      applicationName: environment.SERVICE_NAME || undefined,
      targetSessionAttributes: name === "DATABASE_HOST" ? environment.DATABASE_TARGET_SESSION_ATTRS : "any",
    });
  }

  return {
    writer: (options) => endpoint("DATABASE_HOST", options),
    reader: (options) => endpoint("DATABASE_READER_HOST", options),
  };
}
