import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Postgres, startPostgres } from "../events/postgres";
import { freePort } from "../free-port";
import { connection, databaseMount, databaseRole, issuer, type synthesizedVault } from "./environment";
import { OpenBao } from "./openbao";
import { Sts } from "./sts";
import type { Step } from "./translate";

/** A server of OpenBao with a database engine, the PostgreSQL that it makes users in, and the stand-in of STS. */
export interface Surroundings {
  readonly server: OpenBao;
  readonly postgres: Postgres;
  readonly sts: Sts;
  /** Port of PostgreSQL, for host name `localhost`. */
  readonly port: number;
  /** File with the authority of PostgreSQL's certificate, in PEM. */
  readonly caFile: string;
  stop(): Promise<void>;
}

/** The login that the engine makes users with; `rotate-root` gives it another password. */
export const engineLogin = { username: "vault_engine", password: "of-the-first-minute" } as const;

/** Starts all of it, and does what the administrators of such a server do: the engine, its connection, the table. */
export async function startSurroundings(root: string): Promise<Surroundings> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const one of started.reverse()) await one.stop();
  };
  try {
    const server = await OpenBao.start();
    started.push(server);
    const sts = await new Sts().start();
    started.push(sts);
    const { ca, certificate, key } = await certificates(server);
    const caFile = join(server.folder, "ca.crt");
    writeFileSync(caFile, ca);
    const port = await freePort();
    const postgres = await startPostgres(root, { port, certificate, key });
    started.push(postgres);
    await postgres.client.query(`
      CREATE ROLE ${databaseRole} NOLOGIN;
      CREATE TABLE entry (id text PRIMARY KEY, username text NOT NULL DEFAULT current_user, at timestamptz NOT NULL DEFAULT now());
      GRANT INSERT, SELECT ON entry TO ${databaseRole};
      CREATE ROLE ${engineLogin.username} LOGIN CREATEROLE PASSWORD '${engineLogin.password}';
      GRANT ${databaseRole} TO ${engineLogin.username} WITH ADMIN OPTION;
      GRANT pg_signal_backend TO ${engineLogin.username}`);
    await server.call("POST", `sys/mounts/${databaseMount}`, { type: "database" });
    await server.call("POST", `${databaseMount}/config/${connection}`, {
      plugin_name: "postgresql-database-plugin",
      allowed_roles: ["*"],
      connection_url: `postgresql://{{username}}:{{password}}@localhost:${port}/postgres?sslmode=verify-full&sslrootcert=${caFile}`,
      ...engineLogin,
    });
    return { server, postgres, sts, port, caFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the synthesized function of the service gets, with the addresses of what stands in for AWS. */
export function variablesOf(
  services: ReturnType<typeof synthesizedVault>["services"],
  { server, sts, port, caFile }: Pick<Surroundings, "server" | "sts" | "port" | "caFile">,
): Record<string, string> {
  const { environment } = services.aws_lambda_function?.ledger_function_function ?? {};
  const { variables } = environment as { readonly variables: Record<string, string> };
  return {
    ...variables,
    VAULT_ADDR: server.url,
    DATABASE_HOST: "localhost",
    DATABASE_READER_HOST: "localhost",
    DATABASE_PORT: String(port),
    DATABASE_NAME: "postgres",
    DATABASE_CA_FILE: caFile,
    AWS_REGION: "eu-west-1",
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ACCESS_KEY_ID: "AKIAFUNCTION",
    AWS_SECRET_ACCESS_KEY: "of-the-function",
  };
}

/** Steps with the address of the stand-in in place of the account's issuer. */
export const withIssuer = (steps: readonly Step[], url: string): readonly Step[] =>
  JSON.parse(JSON.stringify(steps).replaceAll(issuer, url)) as readonly Step[];

/** An authority of a day, and a certificate of it for localhost, by the server's own PKI engine. */
async function certificates(server: OpenBao): Promise<{ ca: string; certificate: string; key: string }> {
  await server.call("POST", "sys/mounts/pki", { type: "pki" });
  // Without it the server warns.
  const at = `${server.url}/v1/pki`;
  await server.call("POST", "pki/config/urls", {
    issuing_certificates: [`${at}/ca`],
    crl_distribution_points: [`${at}/crl`],
    ocsp_servers: [`${at}/ocsp`],
  });
  await server.call("POST", "pki/root/generate/internal", { common_name: "Soak", ttl: "24h" });
  await server.call("POST", "pki/roles/postgres", { allow_localhost: true, allow_bare_domains: true, max_ttl: "23h" });
  const { data } = await server.call("POST", "pki/issue/postgres", { common_name: "localhost", ttl: "20h" });
  const { issuing_ca: ca, certificate, private_key: key } = (data ?? {}) as Record<string, string>;
  return { ca: ca ?? "", certificate: certificate ?? "", key: key ?? "" };
}
