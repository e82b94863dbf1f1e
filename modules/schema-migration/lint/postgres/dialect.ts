import type { CheckedMigration, Dialect } from "../dialect";
import { firstLine } from "../statement";
import { checkStatement, type PostgresFacts } from "./check-statement";
import { LintContext } from "./context";
import { parsePostgres } from "./parse";
import { statementsOf } from "./statements";

/** A migration as the function for PostgreSQL runs it, with what it needs to know of its statements. */
export interface PostgresMigration extends CheckedMigration {
  readonly sql: string;
  /** Whether it runs in a transaction; what does not is a single statement. */
  readonly transaction: boolean;
  /** The index that its one statement builds. */
  readonly index?: { readonly schema: string | null; readonly name: string };
}

/** PostgreSQL, as its own parser reads it. */
export const postgresDialect: Dialect<PostgresFacts, PostgresMigration> = {
  label: "PostgreSQL",

  check(files) {
    const context = new LintContext();
    return parsePostgres(files.map(({ sql }) => sql)).map((parsed, index) => {
      context.nextFile();
      const sql = files[index]?.sql ?? "";
      if ("error" in parsed) {
        const { message, at } = parsed.error;
        return { error: { message, line: sql.slice(0, at).split("\n").length } };
      }
      const { statements, broken } = statementsOf(sql, parsed.tree.stmts ?? []);
      return {
        statements: statements.map(({ node, ...statement }) => ({
          ...statement,
          facts: checkStatement(node, context),
        })),
        broken,
      };
    });
  },

  problemsOf({ file }, statements) {
    const alone = statements.find(({ facts }) => facts.alone);
    if (!alone || statements.length === 1) return [];
    const problem = "runs in no transaction, and the file has other statements";
    const remedy = "give it a file of its own, so that it can be run again where it was cut off";
    return [{ rule: "alone", file, line: alone.line, statement: firstLine(alone.text), problem, remedy }];
  },

  migrationOf({ name, checksum, drops }, { sql }, statements) {
    const alone = statements.find(({ facts }) => facts.alone);
    return {
      name,
      sql,
      checksum,
      transaction: !alone,
      drops,
      ...(alone?.facts.index && { index: alone.facts.index }),
    };
  },

  isOneTransaction: ({ transaction }) => transaction,
};
