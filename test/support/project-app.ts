import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The program of this project, as its cdktf.json runs it once the toolkit is built. */
export const projectApp = "node --require evenkeel/register main.ts";

const root = resolve(__dirname, "..", "..");

/**
 * Makes a folder a project of its own, with this project's environments and another app. What has been compiled of their files is this
 * project's, too: to compile them anew in each folder takes longer than most of what is tested there.
 */
export function writeProject(folder: string, app: string): void {
  symlinkSync(join(root, "evenkeel.config.ts"), join(folder, "evenkeel.config.ts"));
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app }));
  // Their layers are made from files of a project.
  symlinkSync(join(root, "layers"), join(folder, "layers"), "junction");
  const compiled = join(".evenkeel", "typescript");
  mkdirSync(join(root, compiled), { recursive: true });
  mkdirSync(join(folder, ".evenkeel"), { recursive: true });
  symlinkSync(join(root, compiled), join(folder, compiled), "junction");
}
