import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../errors";
import { erroredStateFile } from "./errored-state";
import { lockFileName } from "./lock-files";
import { describeEnd, runProcess } from "./process";

/** An app that could not be synthesized, with its standard error. */
export class SynthesisError extends UserError {
  override readonly name = "SynthesisError";
}

export interface SynthesizeOptions {
  /** Shell command of the cdktf app, without arguments. */
  readonly app: string;
  readonly environment: string;
  /** A stage in place of the environment's own, on the simulated cloud only. */
  readonly stage?: string;
  /** Standby regions in place of the environment's own. */
  readonly standby?: readonly string[];
  /**
   * Folder for the output; emptied first, but for what Terraform keeps there: what it has initialized, and a state that it
   * could not store.
   */
  readonly output: string;
  /** Environment variables of the app, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the project; the current one by default. */
  readonly cwd?: string;
  /** When it aborts, the app gets SIGINT. */
  readonly signal?: AbortSignal;
}

/**
 * The app command that cdktf.json names.
 * @param project the folder of the project; the current one by default
 * @throws SynthesisError if there is none
 */
export function appCommand(project = ""): string {
  let app: unknown;
  try {
    app = (JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")) as { app?: unknown }).app;
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw new SynthesisError(`cdktf.json ${reason}; run the command in the folder of a cdktf project`);
  }
  if (typeof app === "string") return app;
  throw new SynthesisError(
    'cdktf.json names no app; add the command that synthesizes, as in "app": "node --require evenkeel/register main.ts"',
  );
}

/** The app command for another stage, and other standby regions, than the environment's file says. */
export function rehearsedApp(app: string, stage?: string, standby?: readonly string[]): string {
  return `${app}${stage ? ` --stage ${stage}` : ""}${standby ? ` --standby ${standby.join(",")}` : ""}`;
}

/** What Terraform keeps in the folder of a stack from one run to the next. */
const keptFiles = new Set([".terraform", lockFileName, erroredStateFile]);

/** Empties an output folder, and removes it unless Terraform keeps something in it. */
function emptyOutput(output: string): void {
  const stacks = join(output, "stacks");
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    const folder = join(stacks, stack);
    for (const name of readdirSync(folder)) {
      if (!keptFiles.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  }
  for (const name of existsSync(output) ? readdirSync(output) : []) {
    const isKept = name === "stacks" && readdirSync(stacks).length > 0;
    if (!isKept) rmSync(join(output, name), { recursive: true, force: true });
  }
  if (existsSync(output) && readdirSync(output).length === 0) rmSync(output, { recursive: true });
}

/**
 * Synthesizes one environment at one stage, as cdktf would.
 * @returns the absolute output folder
 * @throws SynthesisError with what the app wrote to standard error
 */
export async function synthesize(options: SynthesizeOptions): Promise<string> {
  const { app, environment, stage, standby, output, env, cwd, signal } = options;
  const folder = resolve(output);
  emptyOutput(folder);
  const result = await runProcess(rehearsedApp(app, stage, standby), [], {
    shell: true,
    cwd,
    signal,
    env: { ...process.env, ...env, ENVIRONMENT: environment, CDKTF_OUTDIR: folder },
  });
  if (result.code === 0) return folder;
  const said = result.stderr.trim() || result.stdout.trim() || describeEnd(result);
  throw new SynthesisError(`synthesis of ${environment}${stage ? ` at ${stage}` : ""} failed:\n${said}`);
}
