import { isMember, roleExists } from "../../../runtime/postgres/administration.js";
import type { Preparation } from "../engine.js";
import { codeOf, MigrationError } from "../migration-error.js";
import { describeDatabaseError } from "./database-error.js";
import type { Session } from "./session.js";

const safeName = /^[a-z_][a-z0-9_]{0,62}$/;

/** Names that stay the same with and without quotes; statements about roles take no parameters. */
function quoted(name: string): string {
  if (safeName.test(name)) return `"${name}"`;
  throw new MigrationError(
    "a user, role or schema has a name that would need quoting",
    "use up to 63 lower-case letters, digits and underscores, not starting with a digit",
  );
}

/**
 * Makes the user that runs migrations, a member of `rds_iam` without a password, and the roles without login that hold the privileges of services;
 * gives it what the master user owns in adopted schemas. Running it again changes nothing.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
 */
export async function prepare(session: Session, preparation: Preparation): Promise<void> {
  const { database, user, serviceUsers, adoptedSchemas, lockTimeoutMs } = preparation;
  try {
    await session.query("BEGIN");
    await session.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    if (!(await roleExists(session, user))) await session.query(`CREATE ROLE ${quoted(user)} LOGIN`);
    if (await roleExists(session, "rds_iam")) await grantOnce(session, "rds_iam", user);
    for (const service of serviceUsers) {
      const role = `${service}_role`;
      if (!(await roleExists(session, role))) await session.query(`CREATE ROLE ${quoted(role)} NOLOGIN`);
    }
    const { rows } = await session.query<{ may: boolean }>(
      "SELECT has_database_privilege($1, current_database(), 'CREATE') AS may",
      [user],
    );
    if (!rows[0]?.may)
      await session.query(`GRANT CONNECT, CREATE ON DATABASE ${quotedDatabase(database)} TO ${quoted(user)}`);
    if (adoptedSchemas.length > 0) await adopt(session, user, adoptedSchemas);
    await session.query("COMMIT");
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    if (codeOf(error) === "55P03") {
      throw new MigrationError(
        "what is to be adopted is locked by a query that runs long",
        "apply again when it is over; nothing was changed",
      );
    }
    throw new MigrationError(
      `the user ${user} could not be prepared: ${describeDatabaseError(error)}`,
      "check that the secret of the master user holds its login",
    );
  }
}

/** A database may have been named with hyphens. */
const quotedDatabase = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function grantOnce(session: Session, role: string, member: string): Promise<void> {
  if (!(await isMember(session, member, role))) await session.query(`GRANT ${quoted(role)} TO ${quoted(member)}`);
}

/** What the administrator owns; what others own stays theirs. */
const ownedByAdministrator = `
  SELECT 'SCHEMA' AS kind, quote_ident(nspname) AS name
    FROM pg_catalog.pg_namespace
   WHERE nspname = ANY ($1) AND nspowner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
  UNION ALL
  SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
         format('%I.%I', nspname, relname)
    FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace
   WHERE nspname = ANY ($1) AND relkind IN ('r', 'p', 'v', 'm', 'S')
     AND relowner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
     -- A sequence of a column goes with its table.
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                      WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype IN ('a', 'i') AND relkind = 'S')`;

async function adopt(session: Session, user: string, schemas: readonly string[]): Promise<void> {
  const { rows } = await session.query<{ kind: string; name: string }>(ownedByAdministrator, [schemas]);
  if (rows.length === 0) return;
  // Only a member of the new owner may hand something over to it.
  await session.query(`GRANT ${quoted(user)} TO CURRENT_USER`);
  for (const { kind, name } of rows) await session.query(`ALTER ${kind} ${name} OWNER TO ${quoted(user)}`);
}
