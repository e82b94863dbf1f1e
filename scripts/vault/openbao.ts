import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../free-port";

/** What a server of OpenBao or Vault answers, as far as it is read here. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly warnings?: readonly string[] | null;
  readonly errors?: readonly string[];
  readonly lease_id?: string;
  readonly lease_duration?: number;
  readonly auth?: { readonly client_token: string; readonly lease_duration: number } | null;
  readonly [field: string]: unknown;
}

/** The server refused a request, or answered it with a warning. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(
    readonly request: string,
    /** HTTP status; 200 where it is a warning. */
    readonly status: number,
    readonly reasons: readonly string[],
  ) {
    super(`${request}: status ${status}: ${reasons.join("; ")}`);
  }
}

/** The program, by EVENKEEL_OPENBAO or PATH. */
export const openBaoProgram = (): string => process.env.EVENKEEL_OPENBAO || "bao";

/** Whether it runs here. */
export const openBaoRuns = (): boolean => spawnSync(openBaoProgram(), ["version"], { stdio: "ignore" }).status === 0;

type Method = "GET" | "POST" | "PUT" | "DELETE" | "LIST";

/**
 * A server of OpenBao with its data in files, so that it can be sealed, stopped and started again. Whoever starts it has to stop it.
 * @see https://openbao.org/docs/configuration/storage/raft/
 */
export class OpenBao {
  readonly url: string;
  /** Of its root. */
  token = "";
  private child: ChildProcess | undefined;
  private unsealKey = "";
  private log = "";
  private readonly kill = () => {
    this.child?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  };

  private constructor(
    readonly folder: string,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts a new one, unsealed, in a folder of its own. */
  static async start(): Promise<OpenBao> {
    const [port, clusterPort] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-openbao-"));
    const server = new OpenBao(folder, port);
    try {
      mkdirSync(join(folder, "data"));
      writeFileSync(join(folder, "audit.log"), "");
      writeFileSync(
        join(folder, "server.hcl"),
        [
          `storage "raft" {\n  path = "${folder}/data"\n  node_id = "one"\n  performance_multiplier = 1\n}`,
          `listener "tcp" {\n  address = "127.0.0.1:${port}"\n  cluster_address = "127.0.0.1:${clusterPort}"\n  tls_disable = true\n}`,
          `audit "file" "all" {\n  options {\n    file_path = "${folder}/audit.log"\n  }\n}`,
          `api_addr = "${server.url}"`,
          `cluster_addr = "https://127.0.0.1:${clusterPort}"`,
          "",
        ].join("\n"),
      );
      await server.run();
      const { keys, root_token } = (await server.call("PUT", "sys/init", {
        secret_shares: 1,
        secret_threshold: 1,
      })) as { readonly keys?: readonly string[]; readonly root_token?: string };
      server.unsealKey = keys?.[0] ?? "";
      server.token = root_token ?? "";
      await server.unseal();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Its file of audited requests. */
  get auditFile(): string {
    return join(this.folder, "audit.log");
  }

  /** Sends a request as root, or with another token. @throws RefusedError, also for a warning: the server ignored a part */
  async call(method: Method, path: string, body?: object, token = this.token): Promise<Answer> {
    const response = await fetch(`${this.url}/v1/${path}${method === "LIST" ? "?list=true" : ""}`, {
      method: method === "LIST" ? "GET" : method,
      headers: token ? { "x-vault-token": token } : {},
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const answer = (await response.json().catch(() => ({}))) as Answer;
    if (!response.ok) throw new RefusedError(`${method} ${path}`, response.status, answer.errors ?? []);
    if (answer.warnings) throw new RefusedError(`${method} ${path}`, response.status, answer.warnings);
    return answer;
  }

  async seal(): Promise<void> {
    await this.call("PUT", "sys/seal", {});
  }

  /** Resolves once it answers requests again. */
  async unseal(): Promise<void> {
    await this.call("PUT", "sys/unseal", { key: this.unsealKey });
    while (!(await this.isActive())) await delay(25);
  }

  /** Ends its process: SIGTERM in order, SIGKILL as a crash. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { child } = this;
    process.off("exit", this.kill);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  /** Starts it again, with what it had, unsealed. */
  async restart(): Promise<void> {
    await this.run();
    await this.unseal();
  }

  /** Takes connections, but answers nothing, until it goes on. */
  pause(): void {
    this.child?.kill("SIGSTOP");
  }

  goOn(): void {
    this.child?.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private async isActive(): Promise<boolean> {
    return this.call("GET", "sys/mounts").then(
      () => true,
      () => false,
    );
  }

  private async run(): Promise<void> {
    const child = spawn(openBaoProgram(), ["server", `-config=${join(this.folder, "server.hcl")}`], {
      env: { PATH: process.env.PATH, HOME: this.folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    process.once("exit", this.kill);
    let failed: Error | undefined;
    child.once("error", (error) => {
      failed = error;
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.log = `${this.log}${chunk}`.slice(-10_000);
      });
    }
    for (;;) {
      const answers = await fetch(`${this.url}/v1/sys/seal-status`, { signal: AbortSignal.timeout(5_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) return;
      if (failed || child.exitCode !== null) throw failed ?? new Error(`OpenBao does not run: ${this.log}`);
      await delay(25);
    }
  }
}
