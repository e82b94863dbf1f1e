import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changedDocuments, packedFiles } from "../../scripts/build/packed-links";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "./temporary-folder";

/**
 * Packs this package as `npm publish` would, as it was built last. A copy of it, since other tests read the documents that change
 * while npm packs.
 * @returns the absolute path of the tarball
 */
export async function pack(): Promise<string> {
  const folder = temporaryFolder("packed-");
  const copy = join(folder, "package");
  const files = packedFiles(".");
  for (const file of files) cpSync(file, join(copy, file));
  for (const [file, { after }] of changedDocuments(".", files)) writeFileSync(join(copy, file), after);
  await succeed("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], copy);
  const file = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (file === undefined) throw new Error("npm pack wrote no file");
  return join(folder, file);
}

/** Unpacks a tarball of npm to `node_modules/evenkeel` below a folder. @returns the folder of the package */
export async function unpack(tarball: string, folder: string): Promise<string> {
  const target = join(folder, "node_modules", "evenkeel");
  mkdirSync(target, { recursive: true });
  await succeed("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"], folder);
  return target;
}

/** npm keeps compiled code in the temporary directory, from Node.js 22 on. */
export const quiet = { NODE_DISABLE_COMPILE_CACHE: "1" };

/** Runs a command and returns what it printed. @throws Error with all that it said if it failed */
export async function succeed(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const all = { ...process.env, ...quiet, ...env };
  const { code, stdout, stderr } = await runProcess(program, [...args], { cwd, env: all });
  if (code === 0) return stdout;
  throw new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
}

/** The subpaths that the package exports, with a name in place of each star: `modules/http-api`. */
export function exportedPaths(): string[] {
  const { exports } = require("../../package.json") as { exports: Record<string, unknown> };
  const all = Object.keys(exports).flatMap((key) => {
    const path = key.replace(/^\.\/?/, "");
    if (!path.endsWith("/*")) return [path];
    const exported = path.slice(0, -2);
    const room = exported.replace(/^cdktn\//, "");
    const names = readdirSync(room, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return names.map(({ name }) => `${exported}/${name}`).sort();
  });
  return all.filter((path) => exports[`./${path}`] !== null);
}
