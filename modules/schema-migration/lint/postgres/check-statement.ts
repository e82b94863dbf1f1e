import type { DropStmt, IndexStmt, Node } from "libpg-query";
import type { DroppedObject, StatementFacts } from "../dialect";
import type { Finding } from "../statement";
import { alterTable, cascade } from "./alter-table";
import type { LintContext } from "./context";
import { namesOf, qualifiedName, relationName } from "./names";

/** What one statement does. */
export interface PostgresFacts extends StatementFacts {
  /** Runs in no transaction, and so in a file of its own. */
  readonly alone?: true;
  /** The index that it builds without a transaction: what is left of it where that is cut off is invalid. */
  readonly index?: { readonly schema: string | null; readonly name: string };
}

const nothing: PostgresFacts = { findings: [] };

/** Statements that make something new, or lock for a moment only. */
const harmless = new Set([
  "CreateSchemaStmt",
  "CreateSeqStmt",
  "AlterSeqStmt",
  "CreateExtensionStmt",
  "CreateEnumStmt",
  "AlterEnumStmt",
  "CompositeTypeStmt",
  "CreateRangeStmt",
  "CreateDomainStmt",
  "CreateFunctionStmt",
  "AlterFunctionStmt",
  "DefineStmt",
  "CreateStatsStmt",
  "CreateTrigStmt",
  "CreatePolicyStmt",
  "AlterPolicyStmt",
  "CommentStmt",
  "GrantStmt",
  "AlterDefaultPrivilegesStmt",
  "AlterOwnerStmt",
  "InsertStmt",
  "SelectStmt",
]);

/** What cannot be decided or does not belong into a migration, with what to do instead. */
const refused: Readonly<Record<string, readonly [rule: string, problem: string, remedy: string, never?: true]>> = {
  TransactionStmt: [
    "transaction",
    "begins or ends a transaction, which the runner does for each file",
    "leave it out",
    true,
  ],
  DoStmt: ["opaque", "runs code that this check does not read", "write its statements plainly"],
  CallStmt: ["opaque", "runs code that this check does not read", "write its statements plainly"],
  CopyStmt: ["opaque", "copies data from or to somewhere", "load data by other means"],
  LockStmt: ["lock", "locks a table to the end of the file", "leave it out: statements take the locks that they need"],
  ClusterStmt: ["rewrite", "rewrites the table under ACCESS EXCLUSIVE", "leave it out"],
  CreateRoleStmt: [
    "role",
    "makes a role, and a password would stay in the file",
    "list the user under users: the function makes its role, <user>_role",
  ],
  AlterRoleStmt: ["role", "changes a role, and a password would stay in the file", "leave passwords to rotation"],
  AlterRoleSetStmt: ["role", "changes the settings of a role", "set them where the role is made"],
  DropRoleStmt: ["role", "drops a role", "drop it by hand, once nobody logs in as it"],
  AlterSystemStmt: ["role", "changes the server", "use clusterParameters"],
  CreatedbStmt: ["opaque", "makes a database", "declare it under databases"],
  DropdbStmt: ["drop", "drops a database", "remove it from databases", true],
};

/** What a statement of PostgreSQL locks or drops. What is not known to be harmless is refused. */
export function checkStatement(node: Node, context: LintContext): PostgresFacts {
  const [kind = ""] = Object.keys(node);
  const one = (rule: string, object: string, problem: string, remedy: string, never?: true): PostgresFacts => ({
    findings: [{ rule, object, problem, remedy, ...(never && { never }) }],
  });
  if ("CreateStmt" in node) {
    const table = relationName(node.CreateStmt.relation);
    context.create(table);
    if (node.CreateStmt.partbound) {
      const [parent] = namesOf(node.CreateStmt.inhRelations);
      if (parent && !context.isNew(parent)) {
        const remedy = "create a table of its own, with a CHECK that fits, then ATTACH PARTITION";
        return one("partition", table, `takes ACCESS EXCLUSIVE on ${parent}`, remedy);
      }
    }
    // A key of it that refers to a table in use locks that for a moment: there are no rows yet to look at.
    return nothing;
  }
  if ("CreateTableAsStmt" in node) {
    context.create(relationName(node.CreateTableAsStmt.into?.rel));
    return nothing;
  }
  if ("ViewStmt" in node) {
    if (!node.ViewStmt.replace) context.create(relationName(node.ViewStmt.view));
    return nothing;
  }
  if ("AlterTableStmt" in node) {
    const { objtype, cmds = [] } = node.AlterTableStmt;
    const detached = cmds.some(
      (cmd) =>
        "AlterTableCmd" in cmd &&
        cmd.AlterTableCmd.def &&
        "PartitionCmd" in cmd.AlterTableCmd.def &&
        cmd.AlterTableCmd.def.PartitionCmd.concurrent,
    );
    const looked = ["OBJECT_TABLE", "OBJECT_MATVIEW"].includes(objtype ?? "");
    return { findings: looked ? alterTable(node.AlterTableStmt, context) : [], ...(detached && { alone: true }) };
  }
  if ("IndexStmt" in node) return createIndex(node.IndexStmt, context);
  if ("DropStmt" in node) return drop(node.DropStmt, context);
  if ("RenameStmt" in node) {
    const { renameType, relation, object, subname } = node.RenameStmt;
    const name = [relation ? relationName(relation) : qualifiedName(object), subname].filter(Boolean).join(".");
    const unseen = ["OBJECT_INDEX", "OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_POLICY"];
    if (unseen.includes(renameType ?? "") || context.isNew(relationName(relation))) return nothing;
    const remedy =
      "add the new name beside the old one (a column, or a view), and drop the old one in a later deployment";
    return one("rename", name, "takes a name away that the release that serves now uses", remedy);
  }
  if ("AlterObjectSchemaStmt" in node) {
    const { relation, object } = node.AlterObjectSchemaStmt;
    const name = relation ? relationName(relation) : qualifiedName(object);
    const remedy = "make it there anew, and drop the old one in a later deployment";
    return one("rename", name, "takes a name away that the release that serves now uses", remedy);
  }
  if ("TruncateStmt" in node) {
    const names = namesOf(node.TruncateStmt.relations);
    if (names.every((name) => context.isNew(name))) return nothing;
    return one("drop", names.join("+"), "removes all rows under ACCESS EXCLUSIVE", "delete what is meant in batches");
  }
  if ("UpdateStmt" in node || "DeleteStmt" in node) {
    const { relation, whereClause } = "UpdateStmt" in node ? node.UpdateStmt : node.DeleteStmt;
    const name = relationName(relation);
    if (whereClause || context.isNew(name)) return nothing;
    const remedy = "say which rows by WHERE, in batches that are over in a second";
    return one("all-rows", name, "locks every row of the table to the end of the file", remedy);
  }
  if ("RefreshMatViewStmt" in node) {
    const name = relationName(node.RefreshMatViewStmt.relation);
    if (node.RefreshMatViewStmt.concurrent || context.isNew(name)) return nothing;
    return one("rewrite", name, "fills the view under ACCESS EXCLUSIVE", "use REFRESH MATERIALIZED VIEW CONCURRENTLY");
  }
  if ("ReindexStmt" in node) {
    const concurrent = JSON.stringify(node.ReindexStmt.params ?? []).includes('"concurrently"');
    if (concurrent) return { findings: [], alone: true };
    const name = relationName(node.ReindexStmt.relation);
    return one(
      "index",
      name,
      "builds indexes while nobody may write",
      "use REINDEX … CONCURRENTLY in a file of its own",
    );
  }
  if ("VacuumStmt" in node) {
    const { is_vacuumcmd: vacuums, options = [] } = node.VacuumStmt;
    if (!vacuums) return nothing;
    const full = JSON.stringify(options).includes('"full"');
    if (full) return one("rewrite", "VACUUM", "rewrites tables under ACCESS EXCLUSIVE", "leave FULL out");
    return { findings: [], alone: true };
  }
  if ("VariableSetStmt" in node) {
    const { name = "", is_local: local } = node.VariableSetStmt;
    if (local && name === "search_path") return nothing;
    const problem = "changes a setting of the session, such as the limits that the runner has set";
    return one(
      "setting",
      name,
      problem,
      "leave it out; lockTimeoutMs and statementTimeoutSeconds are in the environment",
      true,
    );
  }
  const known = refused[kind];
  if (known) return one(known[0], kind, known[1], known[2], known[3]);
  if (harmless.has(kind)) return nothing;
  return one(
    "unknown",
    kind,
    "is a statement that this check does not know",
    "say in an allowance why it locks nothing that is in use",
  );
}

function createIndex(statement: IndexStmt, context: LintContext): PostgresFacts {
  const { idxname: name, concurrent, relation } = statement;
  const table = relationName(relation);
  if (!concurrent) {
    if (context.isNew(table)) return nothing;
    return {
      findings: [
        {
          rule: "index",
          object: name ?? table,
          problem: `takes SHARE on ${table}: nobody may write while the index is built`,
          remedy: "use CREATE INDEX CONCURRENTLY, in a file of its own",
        },
      ],
    };
  }
  if (name) return { findings: [], alone: true, index: { schema: relation?.schemaname ?? null, name } };
  const problem = "has no name, so what is left of it where it is cut off could not be found";
  return { findings: [{ rule: "index", object: table, problem, remedy: "give it a name", never: true }], alone: true };
}

const relations: Readonly<Record<string, DroppedObject["kind"]>> = {
  OBJECT_TABLE: "table",
  OBJECT_MATVIEW: "table",
  OBJECT_INDEX: "index",
};

function drop(
  { removeType = "OBJECT_TABLE", objects = [], behavior, concurrent }: DropStmt,
  context: LintContext,
): PostgresFacts {
  const names = objects.map(qualifiedName).filter((name) => !context.isNew(name));
  const kind = relations[removeType];
  const what = removeType.replace("OBJECT_", "").toLowerCase();
  const findings = names.flatMap((object): Finding[] => [
    {
      rule: "drop",
      object,
      problem: `removes a ${what}, which the release that serves now may still use`,
      remedy: "deploy the release that does without it first, and say so in an allowance",
    },
    ...(behavior === "DROP_CASCADE" ? [cascade(object)] : []),
    ...(removeType === "OBJECT_INDEX" && !concurrent
      ? [
          {
            rule: "index",
            object,
            problem: "takes ACCESS EXCLUSIVE on its table",
            remedy: "use DROP INDEX CONCURRENTLY, in a file of its own",
          },
        ]
      : []),
  ]);
  return {
    findings,
    ...(concurrent && { alone: true as const }),
    ...(kind && { drops: names.map((name) => ({ kind, name })) }),
  };
}
