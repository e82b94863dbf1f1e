import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The program of this project, as its cdktf.json runs it once the toolkit is built. */
export const projectApp = "node --require evenkeel/register main.ts";

/** Makes a folder a project of its own, with this project's environments and another app. */
export function writeProject(folder: string, app: string): void {
  const config = join(__dirname, "..", "..", "evenkeel.config");
  writeFileSync(join(folder, "evenkeel.config.ts"), `export { default } from ${JSON.stringify(config)};\n`);
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app }));
  // Their layers are made from files of a project.
  symlinkSync(join(__dirname, "..", "..", "layers"), join(folder, "layers"), "junction");
}
