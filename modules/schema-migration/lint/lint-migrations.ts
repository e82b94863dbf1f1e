import type { MigrationFile, MigrationProblem } from "../migration-files";
import type { CheckedFile, CheckedMigration, Dialect, StatementFacts } from "./dialect";
import { type Finding, firstLine } from "./statement";

/** A finding that a comment in a migration allows. */
export interface AllowedFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly object: string;
  readonly reason: string;
}

export interface LintResult<M extends CheckedMigration> {
  readonly migrations: readonly M[];
  readonly problems: readonly MigrationProblem[];
  readonly allowed: readonly AllowedFinding[];
}

/** Reads migrations as their engine does, and says which statements lock or drop what is in use. */
export function lintMigrations<F extends StatementFacts, M extends CheckedMigration>(
  files: readonly MigrationFile[],
  dialect: Dialect<F, M>,
): LintResult<M> {
  const checked = dialect.check(files);
  const results = files.map((file, index) => lintFile(file, checked[index] as CheckedFile<F>, dialect));
  return {
    migrations: results.flatMap(({ migration }) => migration ?? []),
    problems: results.flatMap(({ problems }) => problems),
    allowed: results.flatMap(({ allowed }) => allowed),
  };
}

function lintFile<F extends StatementFacts, M extends CheckedMigration>(
  migrationFile: MigrationFile,
  checked: CheckedFile<F>,
  dialect: Dialect<F, M>,
): { migration?: M; problems: MigrationProblem[]; allowed: AllowedFinding[] } {
  const { name, file, checksum } = migrationFile;
  if ("error" in checked) {
    const { message, line } = checked.error;
    const remedy = `write what ${dialect.label} understands`;
    return { problems: [{ rule: "syntax", file, line, problem: `does not parse: ${message}`, remedy }], allowed: [] };
  }
  const { statements, broken } = checked;
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
  const allowed: AllowedFinding[] = [];
  for (const statement of statements) {
    const { line, text, facts } = statement;
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
  problems.push(...dialect.problemsOf(migrationFile, statements));
  const drops = statements.flatMap(({ facts }) => facts.drops ?? []);
  return { migration: dialect.migrationOf({ name, checksum, drops }, migrationFile, statements), problems, allowed };
}

const allows = (allowance: { rule: string; object: string }, { rule, object }: Finding): boolean =>
  allowance.rule === rule && allowance.object === object;

const told = ({ rule, object, problem, remedy, never }: Finding) => ({
  rule,
  problem: `${object} ${problem}`,
  remedy: never ? remedy : `${remedy}; where it is meant: -- evenkeel: allow ${rule} ${object}, because …`,
});
