import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { type Front, keepConnections } from "./kept-connections";

/** A running moto server (https://docs.getmoto.org/en/latest/docs/server_mode.html). */
export interface Moto {
  /** For `AWS_ENDPOINT_URL`: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Ends the process and resolves when it is gone. */
  stop(): Promise<void>;
}

const motoCommand = "moto_server";
const startLimitMs = 60_000;

let found: boolean | undefined;

/**
 * Whether `moto_server` can be run here; synchronous, for `describe.each`. It is run rather than looked up, because a
 * version manager's shim may be on PATH without it. If EVENKEEL_REQUIRE (a comma-separated list) names `moto`, a missing
 * moto is an error.
 */
export function hasMoto(): boolean {
  found ??= spawnSync(motoCommand, ["--help"], { stdio: "ignore" }).status === 0;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (!found && required.includes("moto")) {
    throw new Error(
      `EVENKEEL_REQUIRE names moto, but ${motoCommand} does not run here; install it (pip install 'moto[server]') or take moto out of EVENKEEL_REQUIRE.`,
    );
  }
  return found;
}

/**
 * Starts moto on a free port of the loopback interface, or returns undefined where it is not installed.
 * @param settings environment variables, https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html
 */
export async function startMoto(settings: Readonly<Record<string, string>> = {}): Promise<Moto | undefined> {
  if (!hasMoto()) {
    return undefined;
  }
  const child = spawn(motoCommand, ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...settings },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let front: Front | undefined;
  const stop = async () => {
    await front?.stop();
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
  };
  try {
    front = await keepConnections(await announcedEndpoint(child));
    return { endpoint: front.endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that moto prints once it listens; reading it is what makes port 0, and so parallel runs, possible. */
async function announcedEndpoint(child: ChildProcess): Promise<string> {
  let output = "";
  const announced = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`${motoCommand} ended with code ${code} instead of listening: ${output}`)),
    );
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      // After the start, what it prints is one line for each request: only the beginning is kept.
      output = `${output}${chunk}`.slice(0, 4_000);
      const [, endpoint] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (endpoint !== undefined) {
        resolve(endpoint);
      }
    });
  });
  const limit = new AbortController();
  const late = delay(startLimitMs, undefined, { signal: limit.signal }).then(() => {
    throw new Error(`${motoCommand} did not listen within ${startLimitMs / 1000} s: ${output}`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([announced, late]);
  } finally {
    limit.abort();
  }
}
