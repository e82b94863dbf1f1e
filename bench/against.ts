import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/** Checks out and builds another commit of this repository, with the packages that are installed here. @returns its folder */
export function buildCommit(commit: string, scratch: string): string {
  const folder = join(scratch, "against");
  mkdirSync(scratch, { recursive: true });
  git("worktree", "add", "--quiet", "--detach", folder, commit);
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return folder;
}

/** Removes what `buildCommit` has checked out. */
export function removeCommit(folder: string): void {
  git("worktree", "remove", "--force", folder);
}

const git = (...args: string[]) => execFileSync("git", args, { stdio: ["ignore", "inherit", "inherit"] });
