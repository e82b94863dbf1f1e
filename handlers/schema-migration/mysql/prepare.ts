import type { Preparation } from "../engine.js";
import { codeOf, MigrationError } from "../migration-error.js";
import { describeDatabaseError } from "./database-error.js";
import { databaseInGrant, quoted } from "./names.js";
import type { Session } from "./session.js";

/** All that there is to do in a database, but for locking tables by hand. */
const privileges = [
  "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, EXECUTE",
  "CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, TRIGGER",
].join(", ");

/** What counts how often tables and indexes are touched. */
export const counters = [
  "table_io_waits_summary_by_table",
  "table_io_waits_summary_by_index_usage",
  "setup_instruments",
] as const;

/**
 * Makes the user that runs migrations, which logs in by IAM and has no password, with all privileges in the databases that it migrates and
 * none elsewhere; the database of its records; and the roles that hold the privileges of services. Each statement commits by itself, and
 * changes nothing where it ran before.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
 */
export async function prepare(session: Session, preparation: Preparation): Promise<void> {
  const { database, user, serviceUsers, adoptedSchemas, lockTimeoutMs } = preparation;
  const { query } = session;
  const who = `${quoted(user)}@'%'`;
  try {
    await query(`SET SESSION lock_wait_timeout = ${Math.ceil(lockTimeoutMs / 1000)}`);
    const known = await query("SELECT 1 FROM mysql.user WHERE user = ? AND host = '%'", [user]);
    if (known.length === 0) {
      await query(`CREATE USER IF NOT EXISTS ${who} IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL`);
    }
    for (const service of serviceUsers) await query(`CREATE ROLE IF NOT EXISTS ${quoted(`${service}_role`)}`);
    await query("CREATE DATABASE IF NOT EXISTS schema_migration CHARACTER SET utf8mb4");
    await query(
      `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER ON ${databaseInGrant("schema_migration")}.* TO ${who}`,
    );
    for (const each of [database, ...adoptedSchemas]) {
      // With the right to grant, as the owner of tables has it elsewhere: migrations give services what they need.
      await query(`GRANT ${privileges} ON ${databaseInGrant(each)}.* TO ${who} WITH GRANT OPTION`);
    }
    for (const table of counters) await query(`GRANT SELECT ON performance_schema.${table} TO ${who}`);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    if (codeOf(error) === "ER_LOCK_WAIT_TIMEOUT") {
      throw new MigrationError(
        "the tables of users are locked by another session",
        "apply again when it is over: what is done is not done twice",
      );
    }
    throw new MigrationError(
      `the user ${user} could not be prepared: ${describeDatabaseError(error)}`,
      "check that the secret of the master user holds its login",
    );
  }
}
