import { integer, oneOf, readEnvironment, string } from "../environment/environment.js";
import { iamToken } from "../postgres/iam-token.js";
import { type LoginSource, userLogin } from "../postgres/login.js";
import { type UserSecret, userSecret } from "../postgres/user-secret.js";
import { secretsManagerSource } from "../secrets/secret-source.js";
import { createMysql, type Mysql, type MysqlOptions } from "./mysql.js";

/** What a handler may choose. */
export type EndpointOptions = Partial<
  Pick<MysqlOptions, "checkAfterIdleMs" | "connectionTimeoutMs" | "deadlineMs" | "giveBack" | "statementTimeoutMs">
>;

/** The database of a service, by its two endpoints; each opens its connection when it is first used. */
export interface MysqlEndpoints {
  /** For reading and writing. @throws EnvironmentError where the service was deployed to read only */
  writer(options?: EndpointOptions): Mysql;
  /** For reading what may be a moment old; answers in a standby region as well. */
  reader(options?: EndpointOptions): Mysql;
}

/** What tests use instead of AWS. */
export interface MysqlFromEnvironmentOptions {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** In place of Secrets Manager. */
  readonly secret?: UserSecret;
}

/**
 * The database that the toolkit configured for the function, by DATABASE_ENGINE, DATABASE_HOST, DATABASE_READER_HOST, DATABASE_PORT,
 * DATABASE_NAME, DATABASE_USER, DATABASE_AUTHENTICATION, DATABASE_SECRET_ARN, DATABASE_TARGET_SESSION_ATTRS, DATABASE_READ_CONSISTENCY and
 * DATABASE_CA_FILE. Call it at module scope.
 * @throws EnvironmentError
 */
export function mysqlFromEnvironment({
  variables = process.env,
  secret,
}: MysqlFromEnvironmentOptions = {}): MysqlEndpoints {
  const environment = readEnvironment(
    {
      AWS_REGION: string(),
      DATABASE_ENGINE: oneOf("aurora-mysql"),
      DATABASE_PORT: integer(1, 65_535),
      DATABASE_NAME: string(),
      DATABASE_USER: string(),
      DATABASE_AUTHENTICATION: oneOf("iam", "password").default("iam"),
      DATABASE_SECRET_ARN: string().default(""),
      DATABASE_CA_FILE: string().default(""),
      DATABASE_READ_CONSISTENCY: oneOf("", "EVENTUAL", "SESSION", "GLOBAL").default(""),
      DATABASE_TARGET_SESSION_ATTRS: oneOf("any", "read-write").default("read-write"),
    },
    variables,
  );
  const { AWS_REGION: region, DATABASE_PORT: port, DATABASE_SECRET_ARN: secretArn } = environment;
  const shared = secret ?? (secretArn ? userSecret(secretsManagerSource({ secretArn, region })) : undefined);

  function loginsAt(host: string): LoginSource {
    return userLogin({
      byTokens: environment.DATABASE_AUTHENTICATION === "iam",
      user: environment.DATABASE_USER,
      secret: shared,
      tokens: (user) => iamToken({ host, port, user, region }),
    });
  }

  function endpoint(name: "DATABASE_HOST" | "DATABASE_READER_HOST", options: EndpointOptions = {}): Mysql {
    const host = readEnvironment({ [name]: string() }, variables)[name] ?? "";
    const writes = name === "DATABASE_HOST";
    return createMysql({
      // Without a pool: what the function holds, the server has not to give.
      ...(environment.DATABASE_CA_FILE && { giveBack: {} }),
      ...options,
      host,
      port,
      database: environment.DATABASE_NAME,
      logins: loginsAt(host),
      caFile: environment.DATABASE_CA_FILE || undefined,
      targetSessionAttributes: writes ? environment.DATABASE_TARGET_SESSION_ATTRS : "any",
      readConsistency: (writes && environment.DATABASE_READ_CONSISTENCY) || undefined,
    });
  }

  return {
    writer: (options) => endpoint("DATABASE_HOST", options),
    reader: (options) => endpoint("DATABASE_READER_HOST", options),
  };
}
