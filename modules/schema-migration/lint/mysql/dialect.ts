import type { MigrationProblem } from "../../migration-files";
import type { CheckedMigration, Dialect } from "../dialect";
import { allowancesIn, brokenAllowances, firstLine } from "../statement";
import { checkStatement, type MysqlFacts } from "./check-statement";
import { LintContext } from "./context";
import { parseMysql } from "./parse";

/** A migration as the function for MySQL runs it: statement by statement, as each commits by itself. */
export interface MysqlMigration extends CheckedMigration {
  readonly statements: readonly (Pick<MysqlFacts, "kind" | "objects"> & { readonly sql: string })[];
}

const linesOf = (text: string): number => text.split("\n").length - 1;

/** MySQL 8.0, as a grammar of it reads it. */
export const mysqlDialect: Dialect<MysqlFacts, MysqlMigration> = {
  label: "MySQL",

  check(files) {
    const context = new LintContext();
    return parseMysql(files.map(({ sql }) => sql)).map((parsed) => {
      context.nextFile();
      if ("error" in parsed) return parsed;
      const broken: number[] = [];
      let lineOfEnd = 1;
      const statements = parsed.statements.map(({ tree, before, text }) => {
        broken.push(...brokenAllowances(before, lineOfEnd));
        const allowed = allowancesIn(before, lineOfEnd);
        const line = lineOfEnd + linesOf(before);
        lineOfEnd = line + linesOf(text);
        return { line, text, allowed, facts: checkStatement(tree, context) };
      });
      return { statements, broken };
    });
  },

  /** Names that the function would have to quote in ways that differ from one place to another. */
  problemsOf({ file }, statements) {
    return statements.flatMap(({ line, text, facts }): MigrationProblem[] => {
      const names = [...facts.objects, ...(facts.drops ?? [])].map(({ name }) => name);
      const odd = names.find((name) => !/^[A-Za-z_$][\w$-]*(\.[A-Za-z_$][\w$]*){0,2}$/.test(name));
      if (odd === undefined) return [];
      const problem = `${odd} is a name that needs quoting`;
      const remedy = "use letters, digits and underscores, not starting with a digit";
      return [{ rule: "name", file, line, statement: firstLine(text), problem, remedy }];
    });
  },

  migrationOf: (common, _file, statements) => ({
    ...common,
    statements: statements.map(({ text, facts: { kind, objects } }) => ({ sql: text, kind, objects })),
  }),

  isOneTransaction: () => false,
};
