import { isMember, roleExists, tlsSessions } from "../../runtime/postgres/administration.js";
import type { UserLogin } from "../../runtime/postgres/rotating-user.js";
import { refusedLogin } from "../../runtime/postgres/sql-states.js";
import type { DatabaseAddress, DatabaseUsers } from "./database-users.js";
import { RotationError, unreachable } from "./rotation-error.js";
import { scramVerifier } from "./scram.js";

/** One open connection. */
export interface Session {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
}

/** Opens a connection with a login; rejects if the database refuses it. */
export type Connect = (login: UserLogin) => Promise<Session>;

/** Names that stay the same with and without quotes, with room for `_clone`. */
const safeName = /^[a-z_][a-z0-9_]{0,56}$/;

/** Whether a name can be used for a user that is rotated. */
export const isSafeName = (name: string): boolean => safeName.test(name);

/**
 * The role of Amazon RDS whose members log in with tokens of IAM, and cannot log in with a password.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
 */
const tokenUsers = "rds_iam";

/** Connections over TLS with the server's certificate verified, each given up after 5 s. */
export const connectWithTls = (address: DatabaseAddress): Connect =>
  tlsSessions({ ...address, query_timeout: 10_000, statement_timeout: 10_000, application_name: "secret-rotation" });

/** The two users of a secret: members of one role that holds the privileges, so that both may do the same. */
export class PostgresUsers implements DatabaseUsers {
  constructor(
    private readonly connect: Connect,
    /** The role, without login, that owns the privileges of both users. */
    private readonly role: string,
  ) {}

  /** Whether the database accepts this login. @throws RotationError when the database cannot be reached */
  async accepts(step: string, login: UserLogin): Promise<boolean> {
    try {
      await this.as(login, async () => undefined);
      return true;
    } catch (error) {
      if (refusedLogin.has((error as { code?: unknown }).code)) return false;
      throw unreachable(step, error);
    }
  }

  /** Whether a user is a member of rds_iam, and so logs in with tokens of IAM and never with a password. */
  async usesTokens(step: string, administrator: UserLogin, username: string): Promise<boolean> {
    try {
      return await this.as(administrator, (session) => isMember(session, username, tokenUsers));
    } catch (error) {
      throw unreachable(step, error);
    }
  }

  /** Sets a user's password, and creates user and role if they do not exist; running it again changes nothing. */
  async set(step: string, administrator: UserLogin, { username, password }: UserLogin): Promise<void> {
    const user = quoted(step, username);
    const role = quoted(step, this.role);
    try {
      await this.as(administrator, async (session) => {
        await session.query("BEGIN");
        // Two attempts at the same time would both find no user, and one would fail to create it.
        await session.query("SELECT pg_advisory_xact_lock(hashtext($1))", [username]);
        if (!(await roleExists(session, this.role))) await session.query(`CREATE ROLE ${role} NOLOGIN`);
        const verb = (await roleExists(session, username)) ? "ALTER" : "CREATE";
        const verifier = scramVerifier(password);
        // The verifier is base64 with $ and :, so it needs no escaping; statements like these take no parameters.
        await session.query(`${verb} ROLE ${user} WITH LOGIN PASSWORD '${verifier}'`);
        await session.query(`GRANT ${role} TO ${user}`);
        // A membership from before there were passwords: Amazon RDS accepts no password of a member.
        if (await isMember(session, username, tokenUsers)) await session.query(`REVOKE ${tokenUsers} FROM ${user}`);
        await rememberForPool(session, username, verifier);
        await session.query("COMMIT");
      });
    } catch (error) {
      throw unreachable(step, error);
    }
  }

  /** Logs in as a user and checks that it has the privileges. @throws RotationError when it does not */
  async test(step: string, login: UserLogin): Promise<void> {
    let usable: unknown;
    try {
      usable = await this.as(login, async (session) => {
        const { rows } = await session.query("SELECT pg_has_role(current_user, $1, 'USAGE') AS usable", [this.role]);
        return rows[0]?.usable;
      });
    } catch (error) {
      throw unreachable(step, error);
    }
    if (usable !== true) {
      throw new RotationError(
        step,
        `the user ${login.username} does not have the privileges of the role ${this.role}`,
        "grant it the role",
      );
    }
  }

  private async as<T>(login: UserLogin, use: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.connect(login);
    try {
      return await use(session);
    } finally {
      // What was left open is rolled back by the server.
      await session.end().catch(() => undefined);
    }
  }
}

/** PgBouncer reads logins from a copy, if there is a pool: Aurora does not show the verifiers themselves. */
async function rememberForPool(session: Session, username: string, verifier: string): Promise<void> {
  const { rows } = await session.query("SELECT to_regprocedure('pooling.remember(text, text)') IS NOT NULL AS pooled");
  if (rows[0]?.pooled === true) await session.query("SELECT pooling.remember($1, $2)", [username, verifier]);
}

function quoted(step: string, name: string): string {
  if (isSafeName(name)) return `"${name}"`;
  throw new RotationError(
    step,
    "a user or role has a name that would need quoting",
    "use up to 57 lower-case letters, digits and underscores, not starting with a digit",
  );
}
