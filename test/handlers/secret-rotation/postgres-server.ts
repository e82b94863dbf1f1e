import { Client } from "pg";
import type { Session } from "../../../handlers/secret-rotation/postgres-users";
import type { UserLogin } from "../../../runtime/postgres/rotating-user";
import { makeCertificates } from "../../runtime/postgres/certificates";
import { startPostgres } from "../../runtime/postgres/postgres-server";

/** A PostgreSQL server as the rotation sees it: with an administrator, and a log of every statement. */
export interface LoggedPostgres {
  readonly administrator: UserLogin;
  connect(login: UserLogin): Promise<Session>;
  /** Everything that the server wrote to its log. */
  log(): string;
  stop(): Promise<void>;
}

const administrator: UserLogin = { username: "administrator", password: "administrators-own" };

/** Starts a server whose administrator may do everything. */
export async function startLoggedPostgres(): Promise<LoggedPostgres> {
  const certificates = makeCertificates("localhost");
  const server = await startPostgres(certificates, { log_statement: "all" });
  await server.run(`CREATE ROLE ${administrator.username} SUPERUSER LOGIN PASSWORD '${administrator.password}'`);
  const connect = async ({ username, password }: UserLogin): Promise<Session> => {
    const client = new Client({
      host: "localhost",
      port: server.port,
      database: "postgres",
      user: username,
      password,
      ssl: { ca: certificates.ca },
    });
    client.on("error", () => undefined);
    await client.connect();
    return {
      query: (text, values) => client.query(text, values ? [...values] : undefined),
      end: () => client.end(),
    };
  };
  return { administrator, connect, log: server.log, stop: server.stop };
}
