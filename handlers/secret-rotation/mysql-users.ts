import { type MysqlConnect, type MysqlSession, mysqlSessions } from "../../runtime/mysql/administration.js";
import { refusedLogin } from "../../runtime/mysql/error-numbers.js";
import type { UserLogin } from "../../runtime/postgres/rotating-user.js";
import type { DatabaseAddress, DatabaseUsers } from "./database-users.js";
import { RotationError, unreachable } from "./rotation-error.js";

/** Names that are the same in any quotes, with room for `_clone` in the 32 characters of MySQL's users. */
const safeName = /^[a-z_][a-z0-9_]{0,31}$/;

/**
 * The plugin of users that log in with tokens of IAM.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
 */
const tokenPlugin = "AWSAuthenticationPlugin";

/** @param ca the authorities to trust, in PEM; those that Node.js knows if left out */
export const connectMysqlWithTls = (address: DatabaseAddress, ca?: string): MysqlConnect =>
  mysqlSessions({ ...address, ca, answerTimeoutMs: 10_000 });

/**
 * The two users of a secret: they are granted one role that holds the privileges, so that both may do the same. MySQL keeps the
 * text of passwords out of its logs.
 * @see https://dev.mysql.com/doc/refman/8.0/en/password-logging.html
 */
export class MysqlUsers implements DatabaseUsers {
  constructor(
    private readonly connect: MysqlConnect,
    /** The role, without login, that has the privileges of both users. */
    private readonly role: string,
  ) {}

  async accepts(step: string, login: UserLogin): Promise<boolean> {
    try {
      await this.as(login, async () => undefined);
      return true;
    } catch (error) {
      if (refusedLogin.has((error as { errno?: unknown }).errno)) return false;
      throw unreachable(step, error);
    }
  }

  async usesTokens(step: string, administrator: UserLogin, username: string): Promise<boolean> {
    try {
      return await this.as(administrator, async ({ query }) => {
        const rows = await query("SELECT plugin FROM mysql.user WHERE user = ? AND host = '%'", [username]);
        return rows[0]?.plugin === tokenPlugin;
      });
    } catch (error) {
      throw unreachable(step, error);
    }
  }

  /** Each statement commits by itself, and can be run again: what an attempt left undone, the next one does. */
  async set(step: string, administrator: UserLogin, { username, password }: UserLogin): Promise<void> {
    const user = `'${checked(step, username)}'@'%'`;
    const role = `'${checked(step, this.role)}'`;
    try {
      await this.as(administrator, async ({ query }) => {
        const [server] = await query("SELECT VERSION() AS version");
        await query(`CREATE ROLE IF NOT EXISTS ${role}`);
        await query(`CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ? REQUIRE SSL`, [password]);
        // Also takes it from the plugin for tokens of IAM, which accepts no password.
        await query(`ALTER USER ${user} IDENTIFIED BY ? REQUIRE SSL`, [password]);
        await query(`GRANT ${role} TO ${user}`);
        const isMariaDb = /MariaDB/i.test(String(server?.version));
        await query(isMariaDb ? `SET DEFAULT ROLE ${role} FOR ${user}` : `SET DEFAULT ROLE ${role} TO ${user}`);
      });
    } catch (error) {
      throw unreachable(step, error);
    }
  }

  async test(step: string, login: UserLogin): Promise<void> {
    let active = "";
    try {
      active = await this.as(login, async ({ query }) => {
        const rows = await query("SELECT CURRENT_ROLE() AS active");
        return String(rows[0]?.active ?? "");
      });
    } catch (error) {
      throw unreachable(step, error);
    }
    // `role`@`%` of MySQL, role of MariaDB.
    if (active.split(",").some((one) => one.replaceAll("`", "").split("@")[0] === this.role)) return;
    throw new RotationError(
      step,
      `the user ${login.username} does not have the privileges of the role ${this.role}`,
      "grant it the role, as its default role",
    );
  }

  private async as<T>(login: UserLogin, use: (session: MysqlSession) => Promise<T>): Promise<T> {
    const session = await this.connect(login);
    try {
      return await use(session);
    } finally {
      await session.end().catch(() => undefined);
    }
  }
}

function checked(step: string, name: string): string {
  if (safeName.test(name)) return name;
  throw new RotationError(
    step,
    "a user or role has a name that would need quoting",
    "use up to 32 lower-case letters, digits and underscores, not starting with a digit",
  );
}
