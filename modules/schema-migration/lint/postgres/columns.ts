import type { ColumnDef, Node } from "libpg-query";
import type { Finding } from "../statement";
import { namesOf } from "./names";

/** Functions whose value is the same for all rows of a statement: PostgreSQL stores it once, and rewrites nothing. */
const stable = new Set(["now", "transaction_timestamp", "statement_timestamp", "current_setting", "current_database"]);

/** Whether a default is worked out once, so that no row is written. @see https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES */
function isOneValue(node: Node | undefined): boolean {
  if (!node || "A_Const" in node || "SQLValueFunction" in node) return true;
  if ("TypeCast" in node) return isOneValue(node.TypeCast.arg);
  if ("A_ArrayExpr" in node) return (node.A_ArrayExpr.elements ?? []).every(isOneValue);
  if ("A_Expr" in node) return isOneValue(node.A_Expr.lexpr) && isOneValue(node.A_Expr.rexpr);
  if (!("FuncCall" in node)) return false;
  const { funcname, args = [] } = node.FuncCall;
  return stable.has(namesOf(funcname).at(-1) ?? "") && args.every(isOneValue);
}

const serial = /^(small|big)?serial[248]?$/;

/** What `ADD COLUMN` of a table that is in use does besides writing the catalogue. */
export function addedColumn(table: string, column: ColumnDef): Finding[] {
  const object = `${table}.${column.colname ?? ""}`;
  const constraints = (column.constraints ?? []).flatMap((node) => ("Constraint" in node ? [node.Constraint] : []));
  const has = (type: string) => constraints.find(({ contype }) => contype === type);
  const findings: Finding[] = [];
  const add = (rule: string, problem: string, remedy: string) => findings.push({ rule, object, problem, remedy });
  const given = has("CONSTR_DEFAULT");
  if (given && !isOneValue(given.raw_expr)) {
    add(
      "rewrite",
      "has a default that differs from row to row, so the table is rewritten under ACCESS EXCLUSIVE",
      "add the column without it, then SET DEFAULT, and fill the rows in batches",
    );
  }
  const type = namesOf(column.typeName?.names).at(-1) ?? "";
  if (serial.test(type) || has("CONSTR_IDENTITY") || has("CONSTR_GENERATED")) {
    add(
      "rewrite",
      "gives every row a value of its own, so the table is rewritten under ACCESS EXCLUSIVE",
      "add a plain column, and fill it in batches; or begin a new table",
    );
  }
  if (has("CONSTR_NOTNULL") && !given) {
    add(
      "not-null",
      "fails as soon as there is a row, as no default says what it gets",
      "give it a constant DEFAULT, or add it without NOT NULL",
    );
  }
  if (has("CONSTR_PRIMARY") || has("CONSTR_UNIQUE")) {
    add(
      "index",
      "builds an index under ACCESS EXCLUSIVE",
      "add the column, then CREATE UNIQUE INDEX CONCURRENTLY in a file of its own, then ADD CONSTRAINT … USING INDEX",
    );
  }
  if (has("CONSTR_CHECK") || has("CONSTR_FOREIGN")) {
    add(
      "constraint",
      "reads the whole table under its lock",
      "add the column, then ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in the next file",
    );
  }
  return findings;
}
