import type { Commit } from "../../rollout";

/** What a bundle says about the files that it was planned from. */
export interface PlannedSource {
  readonly commit: string | null;
  readonly tree: string | null;
  readonly dirty: boolean;
}

/** How many files a message names. */
const named = 5;

/**
 * In which way the files of the repository are not those that were planned. Commits may differ, as that of a pull request and that of its
 * merge do, if their trees are the same.
 */
export function otherSource(planned: PlannedSource, here: Commit): string[] {
  if (planned.tree !== here.tree) {
    return [`the files: planned at ${said(planned.commit, planned.tree)}, here is ${said(here.commit, here.tree)}`];
  }
  if (planned.dirty || here.differing.length === 0) return [];
  const more = here.differing.length - named;
  const list = here.differing.slice(0, named).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return [`the files: planned from commit ${planned.commit} as it is, here differ from it: ${list}`];
}

const said = (commit: string | null, tree: string | null): string =>
  commit === null ? "no commit" : `commit ${commit} (tree ${tree ?? "unknown"})`;
