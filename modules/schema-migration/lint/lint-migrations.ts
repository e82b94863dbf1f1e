import type { MigrationFile, MigrationProblem } from "../migration-files";
import { checkStatement, type DroppedRelation } from "./check-statement";
import { LintContext } from "./context";
import { type Parsed, parsePostgres } from "./parse";
import { allowancesIn, brokenAllowances, type Finding, leadingTrivia, type ParsedStatement } from "./statement";

/** A migration as the function runs it, with what it needs to know of its statements. */
export interface CheckedMigration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of `sql`, in hex. */
  readonly checksum: string;
  /** Whether it runs in a transaction; what does not is a single statement. */
  readonly transaction: boolean;
  /** The index that its one statement builds. */
  readonly index?: { readonly schema: string | null; readonly name: string };
  /** Relations that it drops, whose use is looked at before. */
  readonly drops: readonly DroppedRelation[];
}

/** A finding that a comment in a migration allows. */
export interface AllowedFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly object: string;
  readonly reason: string;
}

export interface LintResult {
  readonly migrations: readonly CheckedMigration[];
  readonly problems: readonly MigrationProblem[];
  readonly allowed: readonly AllowedFinding[];
}

/** Reads migrations with PostgreSQL's own parser, and says which statements lock or drop what is in use. */
export function lintMigrations(files: readonly MigrationFile[]): LintResult {
  const parsed = parsePostgres(files.map(({ sql }) => sql));
  const context = new LintContext();
  const results = files.map((file, index) => {
    context.nextFile();
    return lintFile(file, parsed[index] as Parsed, context);
  });
  return {
    migrations: results.flatMap(({ migration }) => migration ?? []),
    problems: results.flatMap(({ problems }) => problems),
    allowed: results.flatMap(({ allowed }) => allowed),
  };
}

function lintFile(
  { name, file, sql, checksum }: MigrationFile,
  parsed: Parsed,
  context: LintContext,
): { migration?: CheckedMigration; problems: MigrationProblem[]; allowed: AllowedFinding[] } {
  if ("error" in parsed) {
    const { message, at } = parsed.error;
    const line = sql.slice(0, at).split("\n").length;
    const remedy = "write what PostgreSQL understands";
    return { problems: [{ rule: "syntax", file, line, problem: `does not parse: ${message}`, remedy }], allowed: [] };
  }
  const { statements, broken } = statementsOf(sql, parsed.tree.stmts ?? []);
  const problems: MigrationProblem[] = broken.map((line) => ({
    rule: "allowance",
    file,
    line,
    problem: "does not read as an allowance",
    remedy: "write -- evenkeel: allow <rule> <object>, because <reason of 10 characters or more>, before the statement",
  }));
  if (statements.length === 0) {
    const remedy = "write its statements, or remove the file before it is deployed";
    return { problems: [...problems, { rule: "empty", file, problem: "has no statement", remedy }], allowed: [] };
  }
  const checked = statements.map((statement) => ({ statement, facts: checkStatement(statement.node, context) }));
  const allowed: AllowedFinding[] = [];
  for (const { statement, facts } of checked) {
    const { line, text } = statement;
    const about = { file, line, statement: firstLine(text) };
    const used = new Set<string>();
    for (const finding of facts.findings) {
      const allowance = finding.never ? undefined : statement.allowed.find((each) => allows(each, finding));
      if (!allowance) problems.push({ ...about, ...told(finding) });
      else {
        used.add(`${allowance.rule} ${allowance.object}`);
        allowed.push({ file, line, rule: finding.rule, object: finding.object, reason: allowance.reason });
      }
    }
    for (const { rule, object, line: at } of statement.allowed) {
      if (used.has(`${rule} ${object}`)) continue;
      const problem = `allows ${rule} for ${object}, which the statement below does not do`;
      problems.push({
        rule: "allowance",
        file,
        line: at,
        problem,
        remedy: "name the rule and the object of the message, or remove it",
      });
    }
  }
  const alone = checked.find(({ facts }) => facts.alone);
  if (alone && statements.length > 1) {
    const { line, text } = alone.statement;
    const problem = "runs in no transaction, and the file has other statements";
    const remedy = "give it a file of its own, so that it can be run again where it was cut off";
    problems.push({ rule: "alone", file, line, statement: firstLine(text), problem, remedy });
  }
  const drops = checked.flatMap(({ facts }) => facts.drops ?? []);
  const migration = {
    name,
    sql,
    checksum,
    transaction: !alone,
    drops,
    ...(alone?.facts.index && { index: alone.facts.index }),
  };
  return { migration, problems, allowed };
}

const allows = (allowance: { rule: string; object: string }, { rule, object }: Finding): boolean =>
  allowance.rule === rule && allowance.object === object;

const told = ({ rule, object, problem, remedy, never }: Finding) => ({
  rule,
  problem: `${object} ${problem}`,
  remedy: never ? remedy : `${remedy}; where it is meant: -- evenkeel: allow ${rule} ${object}, because …`,
});

const firstLine = (text: string): string => {
  const [line = ""] = text.split("\n");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

/** The statements of a file; the parser counts in bytes. What stands between two statements belongs to the second. */
function statementsOf(
  sql: string,
  nodes: readonly {
    readonly stmt?: ParsedStatement["node"];
    readonly stmt_location?: number;
    readonly stmt_len?: number;
  }[],
): { statements: ParsedStatement[]; broken: number[] } {
  const bytes = Buffer.from(sql);
  const broken: number[] = [];
  let endedAt = 0;
  const statements = nodes.flatMap(({ stmt, stmt_location: at = 0, stmt_len: length }) => {
    const end = length ? at + length : bytes.length;
    const text = bytes.subarray(endedAt, end).toString();
    const firstLine = lineOf(bytes, endedAt);
    endedAt = end;
    if (!stmt) return [];
    // The semicolon is that of the statement before.
    const trivia = leadingTrivia(text.replace(/^;/, " "));
    broken.push(...brokenAllowances(trivia, firstLine));
    const line = firstLine + trivia.split("\n").length - 1;
    return [{ node: stmt, line, text: text.slice(trivia.length).trim(), allowed: allowancesIn(trivia, firstLine) }];
  });
  return { statements, broken };
}

const lineOf = (bytes: Buffer, at: number): number => bytes.subarray(0, at).toString().split("\n").length;
