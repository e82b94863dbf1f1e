import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gitlabJobs, gitlabMain, gitlabMainFile } from "../../scaffold/pipelines";

/**
 * Makes the file that GitLab reads include the jobs, if there is none; an existing one is the project's, and is left as it is.
 * @returns `new` where there is none, `missing` where the one that is there does not include them
 */
export function includeJobs(folder: string, write: boolean): "new" | "there" | "missing" {
  const file = join(folder, gitlabMain);
  if (!existsSync(file)) {
    if (write) writeFileSync(file, gitlabMainFile);
    return "new";
  }
  return readFileSync(file, "utf8")
    .split("\n")
    .some((line) => line.includes(gitlabJobs) && !line.trimStart().startsWith("#"))
    ? "there"
    : "missing";
}
