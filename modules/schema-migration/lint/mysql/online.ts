import type { Finding } from "../statement";

/** What a statement says of how it is done; undefined where it says nothing. */
export interface OnlineClauses {
  readonly algorithm: string | undefined;
  readonly lock: string | undefined;
}

/** The way that blocks nobody: without the table's rows, or with them while others read and write. */
export type Way = "INSTANT" | "INPLACE";

const clauseOf: Readonly<Record<Way, string>> = {
  INSTANT: "ALGORITHM=INSTANT",
  INPLACE: "ALGORITHM=INPLACE, LOCK=NONE",
};

/**
 * A statement has to say that it blocks nobody, so that the server refuses it (errors 1845 and 1846) where that depends on the table and on
 * the server's version. Without, the server chooses for itself, down to a copy of the table that nobody may write to.
 * @param ways that the operation can be done in, best first
 * @see https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
 */
export function requireOnline(object: string, { algorithm, lock }: OnlineClauses, ways: readonly Way[]): Finding[] {
  const [best = "INPLACE"] = ways;
  const found = (problem: string, way: Way = best): Finding[] => [
    { rule: "online", object, problem, remedy: `add ${clauseOf[way]}: the server refuses it where it would block` },
  ];
  if (algorithm === undefined || algorithm === "DEFAULT") {
    return found("does not say how it is done, so the server may copy the table while nobody can write to it");
  }
  if (algorithm === "COPY") return found("copies the table while nobody can write to it");
  if (algorithm === "INSTANT") {
    if (!ways.includes("INSTANT")) return found("cannot be done by ALGORITHM=INSTANT");
    // The server refuses both together (1221).
    if (lock === undefined || lock === "DEFAULT") return [];
    return [
      {
        rule: "online",
        object,
        problem: "has both ALGORITHM=INSTANT and LOCK, which the server refuses together",
        remedy: "leave LOCK out",
      },
    ];
  }
  if (!ways.includes("INPLACE")) return found("cannot be done by ALGORITHM=INPLACE with LOCK=NONE");
  return lock === "NONE" ? [] : found("does not say LOCK=NONE, so others may have to wait for it to end", "INPLACE");
}
