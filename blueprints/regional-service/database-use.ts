import type { IConstruct } from "constructs";
import { ConstructError, type Grantee } from "../../modules/core";
import type { DatabaseAccess } from "../../modules/global-database";
import type { RegionalServiceConfig } from "./config";
import type { FunctionUse } from "./function-use";

/** The database logins that are created for services. */
export interface ServiceDatabaseLogin {
  /** Variables that tell a function where it gets its logins. */
  variables(service: string): Readonly<Record<string, string>>;
  /** Lets a function ask for them; nothing where its AWS role alone is enough. */
  grant?(grantee: Grantee): void;
  /** Whether functions ask for them with identity tokens, which their code then has to get. */
  readonly identityTokens?: boolean;
}

/** The secret that a database user logs in with. */
interface UserSecret {
  readonly secretArn: string;
  /** Every user name that it may contain. */
  readonly users: readonly string[];
  grantRead(grantee: Grantee): void;
  /** The share of functions that use a new login first, if there is one. */
  readonly canary?: { readonly path: string; readonly name: string; grantRead(grantee: Grantee): void };
}

/** How functions of a region connect to a database. */
export interface RegionalConnection {
  readonly access: DatabaseAccess;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** The secret of a user; undefined where the name alone is enough. */
  userSecret(user: string): UserSecret | undefined;
}

/** Finds the databases of an environment by their names in it. */
export interface RegionalDatabases {
  /** How functions of a region connect; throws for a region without the database. */
  connection(name: string, region: string): RegionalConnection;
}

export interface DatabaseUseProps {
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** Finds the databases of the environment by their names in it. */
  readonly databases?: RegionalDatabases;
  /** How the service logs in to the databases. */
  readonly databaseLogin?: ServiceDatabaseLogin;
}

/** The database that a service connects to, whose network its function then runs in. */
export interface DatabaseUse extends FunctionUse {
  readonly vpc: Pick<RegionalConnection, "subnetIds" | "securityGroupIds">;
}

/** How a service connects to its database and logs in, as runtime/postgres and runtime/mysql read it. */
export function databaseUse(
  scope: IConstruct,
  { database }: RegionalServiceConfig,
  props: DatabaseUseProps,
): DatabaseUse | undefined {
  if (!database) return undefined;
  const found = connection(scope, database.name, props);
  const { access, subnetIds, securityGroupIds } = found;
  const login = database.login && madeLogin(scope, props);
  const secret = login ? undefined : found.userSecret(database.user);
  return {
    vpc: { subnetIds, securityGroupIds },
    identityTokens: login?.identityTokens,
    variables: {
      ...(database.access === "read-write" ? { DATABASE_HOST: access.writerEndpoint } : {}),
      DATABASE_READER_HOST: access.readerEndpoint,
      // Only said of what is not PostgreSQL, which functions take it for.
      ...(access.engine === "aurora-mysql"
        ? { DATABASE_ENGINE: access.engine, ...readConsistency(access, database) }
        : {}),
      DATABASE_PORT: String(access.port),
      DATABASE_NAME: access.databaseName,
      DATABASE_USER: database.user,
      DATABASE_AUTHENTICATION: database.login?.provider ?? access.authentication,
      ...(secret && { DATABASE_SECRET_ARN: secret.secretArn }),
      // A server that forwards writes says of itself that it only reads.
      ...(access.forwardsWrites && database.access === "read-write" ? { DATABASE_TARGET_SESSION_ATTRS: "any" } : {}),
      ...(access.caFile ? { DATABASE_CA_FILE: access.caFile } : {}),
      ...(secret?.canary && { DATABASE_CANARY_PATH: secret.canary.path, DATABASE_CANARY_NAME: secret.canary.name }),
      ...login?.variables(props.name),
    },
    connect(target) {
      // A login that is created for it has a password: the database needs no permission of AWS.
      if (login) {
        login.grant?.(target);
        return;
      }
      for (const user of secret?.users ?? [database.user]) access.grantConnect(target, user);
      secret?.grantRead(target);
      secret?.canary?.grantRead(target);
    },
  };
}

/** Set in each session where a standby region forwards writes: by the proxy, and without one by the function. */
function readConsistency(
  { forwardsWrites, caFile }: DatabaseAccess,
  { access }: NonNullable<RegionalServiceConfig["database"]>,
): Record<string, string> {
  return forwardsWrites && caFile && access === "read-write" ? { DATABASE_READ_CONSISTENCY: "EVENTUAL" } : {};
}

function connection(scope: IConstruct, name: string, { databases, region }: DatabaseUseProps): RegionalConnection {
  if (databases) return databases.connection(name, region);
  throw new ConstructError(
    scope,
    `uses database "${name}", which the environment does not have`,
    "declare it or remove it here",
  );
}

function madeLogin(scope: IConstruct, { databaseLogin }: DatabaseUseProps): ServiceDatabaseLogin {
  if (databaseLogin) return databaseLogin;
  throw new ConstructError(
    scope,
    "needs database logins from Vault, but the environment has no Vault",
    "pass databaseLogin",
  );
}
