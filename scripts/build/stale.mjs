// Builds the toolkit where a source is newer than the compiled code. In JavaScript, because it runs before there is any.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const notSources = new Set(["node_modules", "dist", "test", "docs", "environments", "services", "cdktf.out"]);

/** When the newest TypeScript file below a folder was written, in milliseconds. */
function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.name.startsWith(".") || notSources.has(entry.name)) return 0;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return newest(path);
    return entry.name.endsWith(".ts") ? statSync(path).mtimeMs : 0;
  });
  return Math.max(0, ...times);
}

const built = statSync(join("dist", "index.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (newest(".") > built) {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}
