import type { Candidate } from "./matches";

/**
 * Words in which Terraform and the provider say that nothing exists under an id: Terraform's own after a read that finds nothing, and
 * those of importers that look first.
 */
const nothingThere = /Cannot import non-existent remote object|couldn't find resource|NotFound|NoSuch|does not exist/;

/** The candidates that a failed plan says do not exist. @param message of the plan's error, which begins with its stack */
export function missingIn(message: string, candidates: readonly Candidate[]): Set<Candidate> {
  const [stack = ""] = message.split(":");
  const errors = message.split(/^Error: /m).filter((error) => nothingThere.test(error));
  return new Set(
    candidates.filter(
      ({ to }) =>
        to.stack === stack &&
        errors.some((error) => new RegExp(`(?<![\\w.-])${escaped(to.address)}(?![\\w-])`).test(error)),
    ),
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
