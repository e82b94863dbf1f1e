import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Migrations, readMigrations, showProblem } from "../../../modules/schema-migration";
import { parseMysql } from "../../../modules/schema-migration/lint/mysql/parse";
import { temporaryFolder } from "../../support/temporary-folder";
import { elsewhere, onlineCases } from "./mysql-cases";

const commented = (sql: string): string => `-- A comment with a 😀 before it.\n${sql};\n`;
const accepted = onlineCases.flatMap(({ instead = [] }) => instead);

const own =
  "CREATE TABLE a (c int); CREATE INDEX i ON a (c); ALTER TABLE a MODIFY c bigint; ALTER TABLE a RENAME TO b; UPDATE a SET c = 1;";
const harmless =
  "CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW w AS SELECT 1; INSERT INTO x VALUES (1) ON DUPLICATE KEY UPDATE y = 1; DELETE FROM x WHERE y = 1 LIMIT 10; GRANT SELECT ON stock.x TO r; REVOKE SELECT ON x FROM r; ANALYZE TABLE x; CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.b = 2; END; SELECT 1";
const reason = "nothing reads it since the release of 1 November";
const allowed = `# the first line\n-- evenkeel: allow drop stock.old, because ${reason}\nDROP TABLE \`stock\`.\`old\`;\n-- evenkeel: allow drop x.i, because ${reason}\nALTER TABLE x DROP INDEX i, ALGORITHM=INPLACE, LOCK=NONE;`;
const unfit = [
  "-- evenkeel: allow drop other, because nothing reads it any more\nDROP TABLE parts",
  "-- evenkeel: drop it\nSELECT 1",
  "-- evenkeel: allow drop items, because it is empty all the same\nTRUNCATE TABLE items",
] as const;
const unread = [
  ["SELECT 1;\nSELEC 2;", ':2: does not parse: syntax error at or near "SELEC"'],
  ["SELECT 1 +", ":1: does not parse: it ends too early"],
  ["SELECT 1\nUPDATE x SET y = 1 WHERE z = 1", ":2: does not parse: a semicolon is missing before it"],
  ["SELECT 1;\n/*!50100 DROP TABLE items */", ":2: does not parse: a comment that the server executes"],
] as const;
const odd = "CREATE TABLE `1 odd` (a int)";

describe("Migrations of MySQL", () => {
  const root = temporaryFolder("migrations");
  // In one process for all: the parser takes a second to load.
  beforeAll(() => {
    const refused = onlineCases.map((one) => commented(one.refused));
    const others = [
      ...elsewhere.map(([sql]) => sql),
      own,
      harmless,
      allowed,
      ...unfit,
      ...unread.map(([sql]) => sql),
      odd,
    ];
    parseMysql([...refused, ...accepted, ...others]);
  }, 60_000);

  const of = (...texts: string[]): Migrations => {
    rmSync(join(root, "sql"), { recursive: true, force: true });
    mkdirSync(join(root, "sql"), { recursive: true });
    texts.forEach((text, index) => {
      writeFileSync(join(root, "sql", `000${index + 1}_step.sql`), text);
    });
    return readMigrations("sql", { engine: "aurora-mysql", projectRoot: root });
  };

  test.each(onlineCases)("are refused where they would block or drop: $refused", ({ refused, rule, object }) => {
    const { problems } = of(commented(refused));
    expect(problems).toEqual([
      expect.objectContaining({ rule, file: "sql/0001_step.sql", line: 2, statement: refused }),
    ]);
    expect(problems[0]?.problem.startsWith(`${object} `)).toBe(true);
  });

  test.each(accepted)("are accepted: %s", (sql) => {
    expect(of(sql).problems).toEqual([]);
  });

  test.each(elsewhere)("are refused where they do what a migration does not: %s", (sql, rule) => {
    const { problems } = of(sql);
    expect(problems.map((problem) => problem.rule)).toEqual([rule]);
    // Nothing of it is allowed by a comment.
    expect(problems[0]?.remedy).not.toContain("evenkeel: allow");
  });

  test("do anything with what their own file creates", () => {
    expect(of(own).problems).toEqual([]);
    expect(of(harmless).problems).toEqual([]);
  });

  test("say where, what, and what to do", () => {
    expect(of(commented("ALTER TABLE items ADD COLUMN note text")).problems.map(showProblem)).toEqual([
      "sql/0001_step.sql:2: ALTER TABLE items ADD COLUMN note text: items does not say how it is done, so the server may copy the table while nobody can write to it [online]; add ALGORITHM=INSTANT: the server refuses it where it would block; where it is meant: -- evenkeel: allow online items, because …",
    ]);
  });

  test("may do what an allowance names with its reason", () => {
    const found = of(allowed);
    expect(found.problems).toEqual([]);
    expect(found.allowed).toEqual([
      { file: "sql/0001_step.sql", line: 3, rule: "drop", object: "stock.old", reason },
      { file: "sql/0001_step.sql", line: 5, rule: "drop", object: "x.i", reason },
    ]);
    expect(found.migrations[0]?.drops).toEqual([
      { kind: "table", name: "stock.old" },
      { kind: "index", name: "x.i" },
    ]);
  });

  test.each([
    [unfit[0], ["drop", "allowance"]],
    [unfit[1], ["allowance"]],
    [unfit[2], ["drop", "allowance"]],
  ])("are refused with an allowance that does not fit: %s", (sql, rules) => {
    expect(of(sql).problems.map(({ rule }) => rule)).toEqual(rules);
  });

  test.each(unread)("are refused where they cannot be read: %s", (sql, message) => {
    expect(of(sql).problems.map(showProblem)).toEqual([expect.stringContaining(message)]);
  });

  test("are refused with a name that needs quoting", () => {
    expect(of(odd).problems.map(({ rule }) => rule)).toEqual(["name"]);
  });

  test("are told apart by what is left of them where they were cut off", () => {
    const { bundled } = of(harmless);
    expect(bundled).toMatchObject([
      {
        statements: [
          { kind: "definition", objects: [{ kind: "table", name: "v" }] },
          { kind: "definition", objects: [{ kind: "table", name: "w" }] },
          { kind: "data", objects: [] },
          { kind: "data", objects: [] },
          { kind: "repeatable", sql: "GRANT SELECT ON stock.x TO r" },
          { kind: "repeatable" },
          { kind: "repeatable" },
          { kind: "definition", objects: [{ kind: "trigger", name: "t" }], sql: expect.stringMatching(/END$/) },
          { kind: "data", sql: "SELECT 1" },
        ],
      },
    ]);
  });
});
