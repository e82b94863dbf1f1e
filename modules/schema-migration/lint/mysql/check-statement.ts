import type { DroppedObject, StatementFacts } from "../dialect";
import type { Finding } from "../statement";
import { alterTable, droppedIndex } from "./alter-table";
import type { LintContext } from "./context";
import { type OnlineClauses, requireOnline } from "./online";
import type { Tree } from "./parse";
import { find, nameOf, partsOf, statementOf, wordsOf } from "./tree";

/** Something that statements make, change and drop. */
export interface SchemaObject {
  readonly kind: "table" | "trigger" | "function" | "procedure";
  readonly name: string;
}

/** What one statement does, and how a run that was cut off is told from one that was not. */
export interface MysqlFacts extends StatementFacts {
  readonly kind: "data" | "definition" | "repeatable";
  readonly objects: readonly SchemaObject[];
}

const data: MysqlFacts = { findings: [], kind: "data", objects: [] };
const repeatable: MysqlFacts = { findings: [], kind: "repeatable", objects: [] };
const defines = (
  kind: SchemaObject["kind"],
  names: readonly string[],
  findings: readonly Finding[] = [],
  drops: readonly DroppedObject[] = [],
): MysqlFacts => ({ findings, kind: "definition", objects: names.map((name) => ({ kind, name })), drops });

/** Refused in any case: what was cut off could not be told from what was done, or it belongs elsewhere. */
const never = (rule: string, object: string, problem: string, remedy: string): MysqlFacts => ({
  ...repeatable,
  findings: [{ rule, object, problem, remedy, never: true }],
});

const begunByRunner = ["transaction", "begins or ends a transaction, which the runner does", "leave it out"] as const;
const session = [
  "setting",
  "changes a setting of the session, such as the limits that the runner has set",
  "leave it out; lockTimeoutMs and statementTimeoutSeconds are in the environment",
] as const;
const roles = [
  "role",
  "makes or changes a user or role, and a password would stay in the file",
  "list the user under users: the function makes its role, <user>_role",
] as const;
const unread = ["opaque", "runs code that this check does not read", "write its statements plainly"] as const;
const loaded = ["opaque", "loads data from somewhere", "load data by other means"] as const;
const another = ["opaque", "is about a whole database or server", "declare it under databases"] as const;

const refused: Readonly<Record<string, readonly [rule: string, problem: string, remedy: string]>> = {
  StartTransaction: begunByRunner,
  BeginWork: begunByRunner,
  CommitWork: begunByRunner,
  RollbackWork: begunByRunner,
  RollbackStatement: begunByRunner,
  SavepointStatement: begunByRunner,
  ReleaseStatement: begunByRunner,
  XaStartTransaction: begunByRunner,
  LockTables: ["lock", "locks tables by hand", "leave it out: statements take the locks that they need"],
  UnlockTables: ["lock", "unlocks tables", "leave it out: statements take the locks that they need"],
  SetVariable: session,
  SetCharset: session,
  SetNames: session,
  SetAutocommit: session,
  SetTransaction: session,
  UseStatement: [
    "setting",
    "changes the database that names without one are in",
    "leave it out, and write database.table where it is another one",
  ],
  SetRole: session,
  CreateUser: roles,
  AlterUser: roles,
  DropUser: roles,
  RenameUser: roles,
  SetPasswordStatement: roles,
  SetPassword: roles,
  CreateRole: roles,
  DropRole: roles,
  GrantProxy: roles,
  RevokeProxy: roles,
  CallStatement: unread,
  DoStatement: unread,
  PrepareStatement: unread,
  ExecuteStatement: unread,
  LoadDataStatement: loaded,
  LoadXmlStatement: loaded,
  CreateDatabase: another,
  AlterSimpleDatabase: another,
  AlterUpgradeName: another,
  DropDatabase: ["drop", "drops a database", "remove it from databases"],
  OptimizeTable: ["rewrite", "rewrites the table", "leave it out"],
  CreateEvent: ["opaque", "runs code at times of its own", "call a function on a schedule instead"],
};

const deployFirst = "deploy the release that does without it first, and say so in an allowance";
const named = (tree: Tree, rule: string): string => nameOf(find(tree, rule));

type Check = (statement: Tree, context: LintContext) => MysqlFacts;

const created = (statement: Tree, context: LintContext): MysqlFacts => {
  const table = named(statement, "TableNameCreate");
  context.create(table);
  return defines("table", [table]);
};

const creates = (kind: SchemaObject["kind"], rule: string): Check => {
  return (statement) => defines(kind, [named(statement, rule)]);
};

const drops = (kind: SchemaObject["kind"], rule: string, what: string): Check => {
  return (statement, context) => {
    const list = find(statement, `${rule}s`);
    const names = (list ? partsOf(list, rule) : [find(statement, rule)]).map(nameOf);
    const used = names.filter((name) => !context.isNew(name));
    const findings = used.map((object) => ({
      rule: "drop",
      object,
      problem: `removes a ${what}, which the release that serves now may still use`,
      remedy: deployFirst,
    }));
    const dropped = what === "table" ? used.map((name) => ({ kind: "table" as const, name })) : [];
    return defines(kind, names, findings, dropped);
  };
};

const changed: Check = (statement, context) => {
  const name = named(statement, "TableName");
  if (wordsOf(statement).includes("WHERE") || context.isNew(name)) return data;
  const remedy = "say which rows by WHERE, in batches that are over in a second";
  const problem = "locks every row of the table to the end of the statement";
  return { ...data, findings: [{ rule: "all-rows", object: name, problem, remedy }] };
};

/** `ALGORITHM=INPLACE LOCK=NONE` of a statement about an index, whose words it has among its own. */
function clausesOf(statement: Tree): OnlineClauses {
  const words = wordsOf(statement).filter((word) => word !== "=");
  const after = (word: string): string | undefined => {
    const at = words.lastIndexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  return { algorithm: after("ALGORITHM"), lock: after("LOCK") };
}

const checks: Readonly<Record<string, Check>> = {
  ColumnCreateTable: created,
  CopyCreateTable: created,
  QueryCreateTable: created,
  CreateView(statement, context) {
    const view = named(statement, "ViewNameCreate");
    if (partsOf(statement, "OrReplace").length === 0) context.create(view);
    return defines("table", [view]);
  },
  AlterView: creates("table", "ViewName"),
  CreateTrigger: creates("trigger", "FullId"),
  CreateFunction: creates("function", "FunctionNameCreate"),
  CreateProcedure: creates("procedure", "FullId"),
  AlterTable(statement, context) {
    const { findings, drops: dropped } = alterTable(statement, context);
    const renamed = partsOf(statement, "AlterByRename").map((part) => named(part, "TableNameCreate"));
    return defines("table", [named(statement, "TableName"), ...renamed], findings, dropped);
  },
  CreateIndex(statement, context) {
    const [table, name] = [named(statement, "TableName"), named(statement, "IndexNameCreate")];
    if (context.isNew(table)) return defines("table", [table]);
    const words = wordsOf(statement);
    if (words.includes("FULLTEXT") || words.includes("SPATIAL")) {
      const problem = "builds an index while nobody can write to the table";
      const remedy = "begin a new table with it";
      return defines("table", [table], [{ rule: "index", object: `${table}.${name}`, problem, remedy }]);
    }
    return defines("table", [table], requireOnline(`${table}.${name}`, clausesOf(statement), ["INPLACE"]));
  },
  DropIndex(statement, context) {
    const [table, name] = [named(statement, "TableName"), named(statement, "IndexName")];
    if (context.isNew(table)) return defines("table", [table]);
    const { findings, drops: dropped } = droppedIndex(`${table}.${name}`);
    const clauses = requireOnline(`${table}.${name}`, clausesOf(statement), ["INPLACE"]);
    return defines("table", [table], [...findings, ...clauses], dropped);
  },
  DropTable: drops("table", "TableName", "table"),
  DropView: drops("table", "ViewName", "view"),
  DropTrigger: drops("trigger", "FullId", "trigger"),
  DropFunction: drops("function", "FunctionName", "function"),
  DropProcedure: drops("procedure", "FullId", "procedure"),
  RenameTable(statement, context) {
    const pairs = partsOf(statement, "RenameTableClause").map((clause) => [
      named(clause, "TableName"),
      named(clause, "TableNameCreate"),
    ]);
    const findings = pairs.flatMap(([from = ""]): Finding[] =>
      context.isNew(from)
        ? []
        : [
            {
              rule: "rename",
              object: from,
              problem: "takes a name away that the release that serves now uses",
              remedy: "make a view of the new name, and drop the old one in a later deployment",
            },
          ],
    );
    return defines("table", pairs.flat(), findings);
  },
  TruncateTable: (statement) =>
    never(
      "drop",
      named(statement, "TableName"),
      "removes all rows, and nothing tells whether it did before it was cut off",
      "delete what is meant in batches",
    ),
  GrantStatement(statement) {
    if (partsOf(statement, "PrivilegeClause").length > 0) return repeatable;
    return never(
      "role",
      "GrantStatement",
      "makes users members of roles",
      "the function makes <user>_role, and rotation its members",
    );
  },
  DetailRevoke: () => repeatable,
  AnalyzeTable: () => repeatable,
  InsertStatement: () => data,
  ReplaceStatement: () => data,
  SingleUpdateStatement: changed,
  MultipleUpdateStatement: changed,
  SingleDeleteStatement: changed,
  MultipleDeleteStatement: changed,
};

/** Queries: they change nothing that is looked at, and run with the statements around them. */
const query =
  /^(UnionAndLateralSelect|SelectExpression|SetOperations|ParenthesizedQuery|QuerySpecification|ValuesStatement|TableStatement|WithStatement)/;

/** What a statement of MySQL locks or drops. What is not known to be harmless is refused. */
export function checkStatement(tree: Tree, context: LintContext): MysqlFacts {
  const statement = statementOf(tree);
  const { rule } = statement;
  const check = checks[rule];
  if (check) return check(statement, context);
  const known = refused[rule];
  if (known) return never(known[0], rule, known[1], known[2]);
  if (query.test(rule)) return data;
  return never(
    "unknown",
    rule,
    "is a statement that this check does not know, nor how to tell whether it ran before it was cut off",
    "write it another way, or run it by hand",
  );
}
