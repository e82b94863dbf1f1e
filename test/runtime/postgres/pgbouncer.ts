import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Certificates } from "./certificates";
import type { PostgresServer } from "./postgres-server";
import { freePort, handOver, ServerProcess } from "./server-process";

/** A running PgBouncer in transaction mode, with TLS on both sides. */
export interface PgBouncer {
  readonly port: number;
  stop(): Promise<void>;
}

const program = "pgbouncer";
/** Debian installs it where only root's PATH leads. */
const env = { ...process.env, PATH: [process.env.PATH, "/usr/sbin", "/usr/local/sbin"].join(delimiter) };

let found: boolean | undefined;

/**
 * Whether `pgbouncer` can be run here; synchronous, for `describe.each`. When EVENKEEL_REQUIRE (a list with commas) names
 * `pgbouncer`, absence throws.
 */
export function hasPgBouncer(): boolean {
  found ??= spawnSync(program, ["--version"], { stdio: "ignore", env }).status === 0;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (!found && required.includes("pgbouncer")) {
    throw new Error(
      `EVENKEEL_REQUIRE names pgbouncer, but ${program} does not run here; install it (Debian: apt-get install pgbouncer) or take pgbouncer out of EVENKEEL_REQUIRE.`,
    );
  }
  return found;
}

/** Starts a pooler in front of a server, for users with the passwords given; `more` are settings of its file, `ofDatabase` those of its database. */
export async function startPgBouncer(
  server: Pick<PostgresServer, "folder" | "port">,
  { ca, certificate, key }: Certificates,
  users: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
  ofDatabase = "",
): Promise<PgBouncer> {
  const folder = join(server.folder, "pgbouncer");
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  mkdirSync(folder, { mode: 0o700 });
  const port = await freePort();
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    pool_mode: "transaction",
    default_pool_size: 8,
    auth_type: "scram-sha-256",
    auth_file: file(
      "users.txt",
      Object.entries(users)
        .map(([user, password]) => `"${user}" "${password}"\n`)
        .join(""),
    ),
    client_tls_sslmode: "require",
    client_tls_cert_file: file("server.crt", certificate),
    client_tls_key_file: file("server.key", key),
    server_tls_sslmode: "verify-full",
    server_tls_ca_file: file("ca.crt", ca),
    // The default of 15 s would be the least pause after each crash.
    server_login_retry: 1,
    ...more,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const config = file(
    "pgbouncer.ini",
    ["[databases]", `* = host=localhost port=${server.port} ${ofDatabase}`, "[pgbouncer]", ...lines, ""].join("\n"),
  );
  handOver(folder);
  const bouncer = new ServerProcess(program, [config], { cwd: folder, env }, port);
  await bouncer.start();
  return { port, stop: () => bouncer.stop("SIGKILL") };
}
