import { codeOf } from "../migration-error.js";

interface DatabaseError {
  readonly position?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
  readonly constraint?: unknown;
}

/** Classes of SQLSTATE whose messages name objects and limits, never values of rows. */
const namesOnly = new Set(["08", "0A", "25", "2B", "3D", "3F", "40", "42", "53", "54", "55", "57"]);

/**
 * What the database said, without values: messages of other classes may quote a row.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function describeDatabaseError(error: unknown, sql = ""): string {
  if (!(error instanceof Error)) return "an unknown error";
  const code = codeOf(error);
  if (code === undefined) return error.name;
  const { table, column, constraint, position } = error as DatabaseError;
  const line = typeof position === "string" ? ` at line ${sql.slice(0, Number(position) - 1).split("\n").length}` : "";
  if (code.length === 5 && namesOnly.has(code.slice(0, 2))) return `SQLSTATE ${code}${line}: ${error.message}`;
  const about = Object.entries({ table, column, constraint }).flatMap(([kind, name]) =>
    typeof name === "string" ? [`${kind} ${name}`] : [],
  );
  return `${code.length === 5 ? `SQLSTATE ${code}` : code}${line}${about.length > 0 ? ` (${about.join(", ")})` : ""}`;
}
