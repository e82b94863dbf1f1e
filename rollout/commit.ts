import { resolve } from "node:path";
import { runProcess } from "../terraform";

/** Which commit of a repository a folder is at. */
export interface Commit {
  /** Null outside of a repository, and without git. */
  readonly commit: string | null;
  /** The tree of that commit: equal for commits with the same files, as a merge and the commit that a pull request was planned at. */
  readonly tree: string | null;
  /** Files that differ from it, or are not in it, from the top of the repository; ignored ones do not count. */
  readonly differing: readonly string[];
}

/**
 * @param folder any folder of a repository's work tree
 * @param except files that may be there without being in the commit, such as the bundle that is applied
 */
export async function commitOf(folder: string, except: readonly string[] = []): Promise<Commit> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { code, stdout } = await runProcess("git", args, { cwd: folder, env: process.env });
    return code === 0 ? stdout : undefined;
  };
  const [commit, tree] = ((await git("rev-parse", "HEAD", "HEAD^{tree}").catch(() => undefined)) ?? "").split("\n");
  if (!commit) return { commit: null, tree: null, differing: [] };
  const status = await git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all");
  const top = (await git("rev-parse", "--show-toplevel"))?.trim() ?? folder;
  const left = new Set(except.map((file) => resolve(folder, file)));
  const differing = (status ?? "")
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => line.slice(3))
    .filter((path) => !left.has(resolve(top, path)));
  return { commit, tree: tree || null, differing };
}
