import type { DroppedObject } from "../dialect";
import type { Finding } from "../statement";
import { addedColumn } from "./columns";
import type { LintContext } from "./context";
import { type OnlineClauses, requireOnline, type Way } from "./online";
import type { Tree } from "./parse";
import { find, nameOf, partsOf, wordsOf } from "./tree";

/** What one clause of `ALTER TABLE` does to a table that is in use. */
interface Clause {
  readonly findings: Finding[];
  /** How it is done beside traffic; none where it cannot be, which its findings say. */
  readonly ways: readonly Way[];
  readonly drops?: readonly DroppedObject[];
}

const online = (...ways: Way[]): Clause => ({ findings: [], ways });
const refused = (rule: string, object: string, problem: string, remedy: string): Clause => ({
  findings: [{ rule, object, problem, remedy }],
  ways: [],
});

const otherName =
  "add the new name beside the old one (a column, or a view), and drop the old one in a later deployment";
const taken = "takes a name away that the release that serves now uses";

const removed = (what: string): string => `removes ${what}, which the release that serves now may still use`;
const deployFirst = "deploy the release that does without it first, and say so in an allowance";

/**
 * What each clause does, by MySQL 8.0's table of online operations. Where a version or a table decides, the clause that the statement has
 * lets the server say so.
 * @see https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html
 */
const clauses: Readonly<Record<string, (clause: Tree, table: string) => Clause>> = {
  AlterByAddColumn: (clause, table) => columnsOf(clause, table),
  AlterByAddColumns: (clause, table) => columnsOf(clause, table),
  AlterByAddIndex: () => online("INPLACE"),
  AlterByAddUniqueKey: () => online("INPLACE"),
  AlterByAddPrimaryKey: () => online("INPLACE"),
  AlterByAddSpecialIndex: (clause, table) =>
    refused(
      "index",
      inTable(table, nameOf(find(clause, "IndexName"))),
      "builds an index while nobody can write to the table",
      "begin a new table with it",
    ),
  AlterByAddForeignKey: (clause, table) =>
    refused(
      "constraint",
      inTable(table, nameOf(partsOf(clause, "Uid")[0] ?? find(clause, "ConstraintSymbol"))),
      "copies the table while nobody can write to it, to look for each row in the other table",
      "begin a new table with it",
    ),
  AlterByAddCheckTableConstraint: (clause, table) => {
    const definition = find(clause, "CheckConstraintDefinition") ?? clause;
    const words = wordsOf(definition);
    if (words.includes("ENFORCED") && words.includes("NOT")) return online("INSTANT", "INPLACE");
    return refused(
      "constraint",
      inTable(table, constraintName(definition)),
      "copies the table while nobody can write to it, to check every row",
      "begin a new table with it; or add NOT ENFORCED, and check it in the service",
    );
  },
  AlterByAlterCheckTableConstraint: (clause, table) =>
    wordsOf(clause).includes("NOT")
      ? online("INSTANT", "INPLACE")
      : refused(
          "constraint",
          inTable(table, nameOf(partsOf(clause, "Uid")[0])),
          "checks every row, and may copy the table while nobody can write to it",
          "check it in the service",
        ),
  AlterByAlterColumnDefault: () => online("INSTANT", "INPLACE"),
  AlterByAlterIndexVisibility: () => online("INPLACE"),
  AlterByRenameIndex: () => online("INPLACE"),
  AlterByDefaultCharset: () => online("INPLACE"),
  AlterByTableOption: () => online("INPLACE"),
  AlterByForce: () => online("INPLACE"),
  AlterByDropForeignKey: () => online("INPLACE"),
  AlterByDropConstraintCheck: () => online("INSTANT", "INPLACE"),
  AlterByModifyColumn: () => online("INSTANT", "INPLACE"),
  AlterByChangeColumn: (clause, table) => {
    const [from, to] = [nameOf(partsOf(clause, "ColumnName")[0]), nameOf(partsOf(clause, "ColumnNameCreate")[0])];
    const ways = online("INSTANT", "INPLACE");
    if (from.toLowerCase() === to.toLowerCase()) return ways;
    return { ...ways, findings: [{ rule: "rename", object: inTable(table, from), problem: taken, remedy: otherName }] };
  },
  AlterByRenameColumn: (clause, table) => ({
    ...online("INSTANT", "INPLACE"),
    findings: [
      {
        rule: "rename",
        object: inTable(table, nameOf(partsOf(clause, "ColumnName")[0])),
        problem: taken,
        remedy: otherName,
      },
    ],
  }),
  AlterByRename: (_, table) => ({
    ...online("INSTANT"),
    findings: [{ rule: "rename", object: table, problem: taken, remedy: otherName }],
  }),
  AlterByDropColumn: (clause, table) => ({
    ...online("INSTANT", "INPLACE"),
    findings: [
      {
        rule: "drop",
        object: inTable(table, nameOf(partsOf(clause, "ColumnName")[0])),
        problem: removed("a column"),
        remedy: deployFirst,
      },
    ],
  }),
  AlterByDropIndex: (clause, table) => ({
    ...online("INPLACE"),
    ...droppedIndex(inTable(table, nameOf(find(clause, "IndexName")))),
  }),
  AlterByConvertCharset: (_, table) =>
    refused(
      "rewrite",
      table,
      "copies the table while nobody can write to it, to write every text anew",
      "add columns of the new character set, write both, fill them in batches, and drop the old ones in a later deployment",
    ),
};

export const droppedIndex = (object: string): Pick<Clause, "findings" | "drops"> => ({
  findings: [{ rule: "drop", object, problem: removed("an index"), remedy: deployFirst }],
  drops: [{ kind: "index", name: object }],
});

const inTable = (table: string, name: string): string => (name ? `${table}.${name}` : table);

const constraintName = (definition: Tree): string => {
  const [symbol] = partsOf(definition, "ConstraintSymbol");
  return nameOf(symbol && partsOf(symbol, "Uid")[0]);
};

function columnsOf(clause: Tree, table: string): Clause {
  const names = partsOf(clause, "ColumnName");
  const columns = partsOf(clause, "ColumnDefinition").map((definition, index) =>
    addedColumn(inTable(table, nameOf(names[index])), definition),
  );
  const findings = columns.flatMap((column) => column.findings);
  const instant = columns.every(({ ways }) => ways.includes("INSTANT"));
  if (findings.some(({ rule }) => rule !== "not-null")) return { findings, ways: [] };
  return { findings, ways: instant ? ["INSTANT", "INPLACE"] : ["INPLACE"] };
}

/** What `ALTER TABLE` does to a table that is in use. A file's own tables may be altered in any way. */
export function alterTable(
  statement: Tree,
  context: LintContext,
): { readonly findings: Finding[]; readonly drops: DroppedObject[] } {
  const table = nameOf(find(statement, "TableName"));
  if (context.isNew(table)) return { findings: [], drops: [] };
  const parts = statement.parts.filter((part): part is Tree => typeof part !== "string");
  const [algorithms, locks] = [partsOf(statement, "AlterBySetAlgorithm"), partsOf(statement, "AlterByLock")];
  const said: OnlineClauses = {
    algorithm: algorithms.at(-1) && wordsOf(algorithms.at(-1) as Tree).at(-1),
    lock: locks.at(-1) && wordsOf(locks.at(-1) as Tree).at(-1),
  };
  const looked = parts
    .filter(({ rule }) => !["TableName", "AlterBySetAlgorithm", "AlterByLock"].includes(rule))
    .map((part): Clause => {
      if (part.rule === "AlterByDropPrimaryKey") return primaryKey(parts, table);
      const known = clauses[part.rule];
      if (known) return known(part, table);
      const isPartition = /Partition/.test(part.rule);
      return refused(
        isPartition ? "partition" : "rewrite",
        table,
        isPartition
          ? "moves or removes rows by partition, while nobody can write to the table"
          : "is a form of ALTER TABLE that copies it, or that this check does not know",
        "do it in steps that block nobody, or begin a new table",
      );
    });
  const findings = looked.flatMap((clause) => clause.findings);
  const drops = looked.flatMap((clause) => clause.drops ?? []);
  // What cannot be done beside traffic is refused, or allowed, as it is: no clause would help.
  if (looked.some(({ ways }) => ways.length === 0)) return { findings, drops };
  const ways = (["INSTANT", "INPLACE"] as const).filter((way) => looked.every((clause) => clause.ways.includes(way)));
  if (ways.length === 0) {
    const problem = "has clauses that are done in different ways, and would be done in the slowest";
    return {
      findings: [...findings, { rule: "online", object: table, problem, remedy: "give each a statement" }],
      drops,
    };
  }
  return { findings: [...findings, ...requireOnline(table, said, ways)], drops };
}

/** A primary key goes beside traffic only where another one comes with it. */
function primaryKey(parts: readonly Tree[], table: string): Clause {
  if (parts.some(({ rule }) => rule === "AlterByAddPrimaryKey")) return online("INPLACE");
  return refused(
    "rewrite",
    table,
    "copies the table while nobody can write to it, as it loses its primary key",
    "add the new PRIMARY KEY in the same statement",
  );
}
