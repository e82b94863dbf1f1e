import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, readdirSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export { freePort } from "../../../scripts/free-port";

/** The user "nobody" of Linux: PostgreSQL and PgBouncer refuse to run as root. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** What makes a child run without the rights of root. */
export const unprivileged: SpawnOptions = isRoot ? { uid: nobody, gid: nobody } : {};

/** Hands a folder with all that is in it to the user that servers run as. */
export function handOver(folder: string): void {
  if (!isRoot) return;
  chownSync(folder, nobody, nobody);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) handOver(path);
    else chownSync(path, nobody, nobody);
  }
}

/** Hands one file to the user that servers run as. */
export function handOverFile(path: string): void {
  if (isRoot) chownSync(path, nobody, nobody);
}

/** Runs a program to its end. @throws Error with what it printed when it fails */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  const child = spawn(command, args, { ...unprivileged, ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output = `${output}${chunk}`;
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with code ${code}: ${output}`);
}

/** A server that can be made to crash. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  /** What it printed. */
  log = "";
  private readonly kill = () => this.child?.kill("SIGKILL");

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    private readonly options: SpawnOptions,
    private readonly port: number,
  ) {}

  /** Resolves once the port answers. */
  async start(): Promise<void> {
    const child = spawn(this.command, this.args, {
      ...unprivileged,
      ...this.options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.log += String(chunk);
      });
    }
    process.once("exit", this.kill);
    const startedAt = Date.now();
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || Date.now() - startedAt > 20_000) {
        throw new Error(`${this.command} does not answer: ${this.log.slice(-4_000)}`);
      }
      await delay(50);
    }
  }

  /** Sends a signal and resolves when the process is gone. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    process.off("exit", this.kill);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
