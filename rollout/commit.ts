import { runProcess } from "../terraform";

/** Which commit of a repository a folder is at. */
export interface Commit {
  /** Null outside of a repository, and without git. */
  readonly commit: string | null;
  /** Whether files differ from it, or are not in it. */
  readonly dirty: boolean;
}

/** @param folder any folder of a repository's work tree */
export async function commitOf(folder: string): Promise<Commit> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { code, stdout } = await runProcess("git", args, { cwd: folder, env: process.env });
    return code === 0 ? stdout.trim() : undefined;
  };
  const commit = await git("rev-parse", "HEAD").catch(() => undefined);
  if (!commit) return { commit: null, dirty: false };
  return { commit, dirty: (await git("status", "--porcelain")) !== "" };
}
