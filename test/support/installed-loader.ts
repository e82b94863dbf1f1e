import { cpSync, mkdirSync, realpathSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "./temporary-folder";

const root = resolve(__dirname, "..", "..");

/**
 * What was written in the last two seconds may be written again with the same mark, so it is not kept. Programs run by a clock that is
 * put ahead, and what is written later has the time of that clock.
 */
export function settle(): void {
  aheadMs += 2200;
}
let aheadMs = 0;

/** Puts the clock of a process ahead. */
const clock = "const { now } = Date;\nDate.now = () => now() + Number(process.env.AHEAD_MS);\n";

/** A folder with the loader of this toolkit as it is installed, and these files. */
export function installedLoader(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(temporaryFolder("loader-"));
  const toolkit = join(folder, "node_modules", "evenkeel");
  for (const part of ["package.json", "dist/register.js", "dist/loader", "dist/errors"]) {
    cpSync(join(root, part), join(toolkit, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules", "esbuild"), join(folder, "node_modules", "esbuild"), "junction");
  writeFiles(folder, { "clock.js": clock, ...files });
  return folder;
}

/** Writes files into such a folder, at the time of its clock. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  const now = (Date.now() + aheadMs) / 1000;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    utimesSync(join(folder, file), now, now);
  }
}

/** Runs `main.js` of such a folder. @returns what it prints, or why it failed */
export async function runInstalled(cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const args = ["--require", "./clock.js", "--require", "evenkeel/register", "main.js"];
  const { code, stdout, stderr } = await runProcess(process.execPath, args, {
    cwd,
    env: { ...process.env, AHEAD_MS: String(aheadMs), ...env },
  });
  return code === 0 ? stdout.trim() : stderr;
}
