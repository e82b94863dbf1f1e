import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";

export interface SynthesizeOptions {
  /** Shell command of the cdktf app, without arguments. */
  readonly app: string;
  readonly environment: string;
  readonly stage: string;
  /** Standby regions in place of the environment's own. */
  readonly standby?: readonly string[];
  /** Folder for the output; emptied first. */
  readonly output: string;
  /** Environment variables of the simulated cloud. */
  readonly env: NodeJS.ProcessEnv;
}

/** The app command that cdktf.json in the current folder names. */
export function appCommand(): string {
  const { app } = JSON.parse(readFileSync("cdktf.json", "utf8")) as { app: string };
  return app;
}

/** The app command for another stage, and other standby regions, than the environment's file says. */
export function rehearsedApp(app: string, stage: string, standby?: readonly string[]): string {
  return `${app} --stage ${stage}${standby ? ` --standby ${standby.join(",")}` : ""}`;
}

/**
 * Synthesizes one environment at one stage, as cdktf would.
 * @returns the absolute output folder
 * @throws Error with what the app wrote to standard error
 */
export async function synthesize({
  app,
  environment,
  stage,
  standby,
  output,
  env,
}: SynthesizeOptions): Promise<string> {
  const folder = resolve(output);
  rmSync(folder, { recursive: true, force: true });
  const child = spawn(rehearsedApp(app, stage, standby), {
    shell: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env, ENVIRONMENT: environment, CDKTF_OUTDIR: folder },
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise<number | null>((done, fail) => child.on("error", fail).on("close", done));
  if (code !== 0) throw new Error(`synthesis of ${environment} at ${stage} failed:\n${errors.trim()}`);
  return folder;
}
