import type { Finding } from "../statement";
import type { Way } from "./online";
import type { Tree } from "./parse";
import { find, partsOf, wordsOf } from "./tree";

/** Whether a default is an expression in parentheses, which is worked out for each row, and not a literal or CURRENT_TIMESTAMP. */
const isExpression = (constraint: Tree): boolean => {
  const value = find(constraint, "DefaultValue");
  return value !== undefined && wordsOf(value).includes("(") && find(value, "CurrentTimestamp") === undefined;
};

/** What `ADD COLUMN` of a table that is in use does: what cannot be done beside traffic, or the ways in which it can. */
export function addedColumn(object: string, definition: Tree): { readonly findings: Finding[]; readonly ways: Way[] } {
  const has = (rule: string): Tree | undefined => partsOf(definition, rule)[0];
  const findings: Finding[] = [];
  const add = (rule: string, problem: string, remedy: string) => findings.push({ rule, object, problem, remedy });
  const given = has("DefaultColumnConstraint");
  const notNull = partsOf(definition, "NullColumnConstraint").some(
    (part) => find(part, "NullNotNull")?.parts.length === 2,
  );
  const generated = has("GeneratedColumnConstraint");
  if (has("AutoIncrementColumnConstraint") || has("SerialDefaultColumnConstraint")) {
    add(
      "rewrite",
      "gives every row a number, while nobody can write to the table",
      "add a plain column, and fill it in batches; or begin a new table",
    );
  }
  if (generated && wordsOf(generated).includes("STORED")) {
    add(
      "rewrite",
      "copies the table while nobody can write to it, to store a value in every row",
      "make it VIRTUAL; or add a plain column, and fill it in batches",
    );
  }
  if (given && isExpression(given)) {
    add(
      "rewrite",
      "has a default that is worked out for each row, so the table is copied while nobody can write to it",
      "add the column without it, then ALTER COLUMN … SET DEFAULT, and fill the rows in batches",
    );
  }
  if (notNull && !given && !generated) {
    add(
      "not-null",
      "fails the inserts of the release that serves now, as no default says what it gets",
      "give it a DEFAULT, or add it without NOT NULL",
    );
  }
  if (has("CheckExpr")) {
    add(
      "constraint",
      "copies the table while nobody can write to it, to check every row",
      "add the column, then ADD CONSTRAINT … CHECK (…) NOT ENFORCED, or check it in the service",
    );
  }
  if (has("ReferenceColumnConstraint")) {
    add(
      "constraint",
      "is no foreign key: MySQL 8.0 ignores REFERENCES of a column",
      "leave it out; a new table may have a FOREIGN KEY of its own line",
    );
  }
  const indexed = has("UniqueKeyColumnConstraint") || has("PrimaryKeyColumnConstraint");
  return { findings, ways: indexed ? ["INPLACE"] : ["INSTANT", "INPLACE"] };
}
