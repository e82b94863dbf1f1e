import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors";
import { describeEnd, runProcess } from "./process";

/** An app that could not be synthesized, with its standard error. */
export class SynthesisError extends UserError {
  override readonly name = "SynthesisError";
}

export interface SynthesizeOptions {
  /** Shell command of the cdktf app, without arguments. */
  readonly app: string;
  readonly environment: string;
  readonly stage: string;
  /** Standby regions in place of the environment's own. */
  readonly standby?: readonly string[];
  /** Folder for the output; emptied first. */
  readonly output: string;
  /** Environment variables of the app, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
}

/** The app command that cdktf.json in the current folder names. @throws SynthesisError if there is none */
export function appCommand(): string {
  let app: unknown;
  try {
    app = (JSON.parse(readFileSync("cdktf.json", "utf8")) as { app?: unknown }).app;
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new SynthesisError(`cdktf.json ${reason}; run the command in the folder of a cdktf project`);
  }
  if (typeof app === "string") return app;
  throw new SynthesisError(
    'cdktf.json names no app; add the command that synthesizes, as in "app": "node dist/main.js"',
  );
}

/** The app command for another stage, and other standby regions, than the environment's file says. */
export function rehearsedApp(app: string, stage: string, standby?: readonly string[]): string {
  return `${app} --stage ${stage}${standby ? ` --standby ${standby.join(",")}` : ""}`;
}

/**
 * Synthesizes one environment at one stage, as cdktf would.
 * @returns the absolute output folder
 * @throws SynthesisError with what the app wrote to standard error
 */
export async function synthesize(options: SynthesizeOptions): Promise<string> {
  const { app, environment, stage, standby, output, env } = options;
  const folder = resolve(output);
  rmSync(folder, { recursive: true, force: true });
  const result = await runProcess(rehearsedApp(app, stage, standby), [], {
    shell: true,
    env: { ...process.env, ...env, ENVIRONMENT: environment, CDKTF_OUTDIR: folder },
  });
  if (result.code === 0) return folder;
  const said = result.stderr.trim() || result.stdout.trim() || describeEnd(result);
  throw new SynthesisError(`synthesis of ${environment} at ${stage} failed:\n${said}`);
}
