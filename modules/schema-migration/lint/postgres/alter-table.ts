import type { AlterTableCmd, AlterTableStmt, Constraint } from "libpg-query";
import type { Finding } from "../statement";
import { addedColumn } from "./columns";
import type { LintContext } from "./context";
import { namesOf, relationName } from "./names";

/** Forms that only write the catalogue: a lock for a moment, which the runner waits for with a limit. */
const brief = new Set<AlterTableCmd["subtype"]>([
  "AT_ColumnDefault",
  "AT_DropNotNull",
  "AT_SetStatistics",
  "AT_SetOptions",
  "AT_ResetOptions",
  "AT_SetStorage",
  "AT_SetCompression",
  "AT_AlterConstraint",
  "AT_DropConstraint",
  "AT_DropExpression",
  "AT_ChangeOwner",
  "AT_DropCluster",
  "AT_SetRelOptions",
  "AT_ResetRelOptions",
  "AT_ReplaceRelOptions",
  "AT_EnableTrig",
  "AT_EnableAlwaysTrig",
  "AT_DisableTrig",
  "AT_EnableRowSecurity",
  "AT_DisableRowSecurity",
  "AT_ForceRowSecurity",
  "AT_NoForceRowSecurity",
  "AT_ReplicaIdentity",
  "AT_SetIdentity",
  "AT_DropIdentity",
  "AT_AttachPartition",
  "AT_DetachPartitionFinalize",
]);

/**
 * What `ALTER TABLE` does to a table that is in use. A file's own tables may be altered in any way.
 * @see https://www.postgresql.org/docs/current/sql-altertable.html
 */
export function alterTable(statement: AlterTableStmt, context: LintContext): Finding[] {
  const table = relationName(statement.relation);
  if (context.isNew(table)) return [];
  return (statement.cmds ?? []).flatMap((node) =>
    "AlterTableCmd" in node ? command(table, node.AlterTableCmd, context) : [],
  );
}

function command(table: string, cmd: AlterTableCmd, context: LintContext): Finding[] {
  const { subtype, name = "", def, behavior } = cmd;
  const column = `${table}.${name}`;
  const found = (rule: string, object: string, problem: string, remedy: string): Finding[] => [
    { rule, object, problem, remedy },
  ];
  switch (subtype) {
    case "AT_AddColumn":
      return def && "ColumnDef" in def ? addedColumn(table, def.ColumnDef) : [];
    case "AT_AddConstraint":
      return def && "Constraint" in def ? addedConstraint(table, def.Constraint, context) : [];
    case "AT_ValidateConstraint": {
      const justAdded = context.wasJustAdded(table, name);
      context.validate(table, name);
      if (!justAdded) return [];
      const problem = "reads all rows while the lock of ADD CONSTRAINT is still held, to the end of the file";
      return found("validate-apart", `${table}.${name}`, problem, "validate it in the next file");
    }
    case "AT_SetNotNull":
      if (context.isNeverNull(table, name)) return [];
      return found(
        "not-null",
        column,
        "reads the whole table under ACCESS EXCLUSIVE",
        `add CHECK (${name} IS NOT NULL) NOT VALID, and VALIDATE it in the next file; then this reads nothing`,
      );
    case "AT_AlterColumnType":
      return found(
        "rewrite",
        column,
        "rewrites the table and its indexes under ACCESS EXCLUSIVE, unless the types are stored alike",
        "add a column of the new type, write both, fill it in batches, and drop the old one in a later deployment",
      );
    case "AT_DropColumn":
      return [
        {
          rule: "drop",
          object: column,
          problem: "removes a column, which the release that serves now may still name",
          remedy: "deploy the release that does not name it first, and say so in an allowance",
        },
        ...(behavior === "DROP_CASCADE" ? [cascade(column)] : []),
      ];
    case "AT_DetachPartition":
      if (def && "PartitionCmd" in def && def.PartitionCmd.concurrent) return [];
      return found("partition", table, "takes ACCESS EXCLUSIVE on the parent", "use DETACH PARTITION … CONCURRENTLY");
    default:
      if (brief.has(subtype)) return [];
      return found(
        "rewrite",
        table,
        "is a form of ALTER TABLE that rewrites it, or that this check does not know",
        "do it in steps that lock for a moment only",
      );
  }
}

export const cascade = (object: string): Finding => ({
  rule: "cascade",
  object,
  problem: "drops what depends on it as well, which nobody has named",
  remedy: "leave CASCADE out, and drop each thing by its name",
  never: true,
});

function addedConstraint(table: string, constraint: Constraint, context: LintContext): Finding[] {
  const { contype, conname = "", skip_validation: notValid, indexname, raw_expr, pktable } = constraint;
  const object = conname ? `${table}.${conname}` : table;
  if (contype === "CONSTR_CHECK" || contype === "CONSTR_FOREIGN") {
    if (notValid) {
      context.addConstraint(table, conname, raw_expr);
      return [];
    }
    const lock =
      contype === "CONSTR_CHECK" ? "ACCESS EXCLUSIVE" : `SHARE ROW EXCLUSIVE on it and on ${relationName(pktable)}`;
    const problem = `reads the whole table under ${lock}`;
    return [{ rule: "constraint", object, problem, remedy: "add NOT VALID, and VALIDATE CONSTRAINT in the next file" }];
  }
  if ((contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY") && indexname) return [];
  if (contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY") {
    const remedy = "CREATE UNIQUE INDEX CONCURRENTLY in a file of its own, then ADD CONSTRAINT … USING INDEX";
    return [{ rule: "index", object, problem: "builds an index under ACCESS EXCLUSIVE", remedy }];
  }
  const what = contype === "CONSTR_NOTNULL" ? "reads the whole table" : "builds an index";
  const columns = namesOf(constraint.keys).join(", ");
  const remedy =
    contype === "CONSTR_NOTNULL" ? `use CHECK (${columns} IS NOT NULL) NOT VALID` : "begin a new table with it";
  return [{ rule: "constraint", object, problem: `${what} under ACCESS EXCLUSIVE`, remedy }];
}
