import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Migrations, readMigrations, showProblem } from "../../../modules/schema-migration";
import { temporaryFolder } from "../../support/temporary-folder";
import { lockCases } from "./cases";

describe("Migrations", () => {
  const root = temporaryFolder("migrations");
  const read = (files: Readonly<Record<string, string>>): Migrations => {
    rmSync(join(root, "sql"), { recursive: true, force: true });
    mkdirSync(join(root, "sql"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "sql", name), text);
    return readMigrations("sql", { projectRoot: root });
  };
  const numbered = (texts: readonly string[]) =>
    Object.fromEntries(texts.map((text, index) => [`000${index + 1}_step.sql`, text]));
  const of = (...texts: string[]) => read(numbered(texts));
  const shown = (...texts: string[]) => of(...texts).problems.map(showProblem);

  test.each(lockCases)("are refused where they would lock or drop: $refused", ({ refused, rule, object }) => {
    const { problems } = of(`-- A comment with a ü before it.\n${refused};\n`);
    expect(problems).toEqual([
      expect.objectContaining({
        rule,
        file: "sql/0001_step.sql",
        line: 2,
        statement: refused.slice(0, 99) + (refused.length > 100 ? "…" : refused.slice(99)),
      }),
    ]);
    expect(problems[0]?.problem.startsWith(`${object} `)).toBe(true);
  });

  test.each(lockCases.filter(({ instead }) => instead))("are accepted in steps: $instead", ({ instead = [] }) => {
    expect(of(...instead).problems).toEqual([]);
  });

  test("say where, what, and what to do", () => {
    expect(shown("SELECT 1;\n\n/* a block */ ALTER TABLE ledger.entries DROP COLUMN note")).toEqual([
      "sql/0001_step.sql:3: ALTER TABLE ledger.entries DROP COLUMN note: ledger.entries.note removes a column, which the release that serves now may still name [drop]; deploy the release that does not name it first, and say so in an allowance; where it is meant: -- evenkeel: allow drop ledger.entries.note, because …",
    ]);
  });

  test("may do what an allowance names with its reason", () => {
    const reason = "nothing reads it since the release of 1 November";
    const { problems, allowed, migrations } = of(
      `-- evenkeel: allow drop ledger.old, because ${reason}\nDROP TABLE ledger.old;`,
    );
    expect(problems).toEqual([]);
    expect(allowed).toEqual([{ file: "sql/0001_step.sql", line: 2, rule: "drop", object: "ledger.old", reason }]);
    expect(migrations[0]?.drops).toEqual([{ kind: "table", name: "ledger.old" }]);
  });

  test.each([
    [
      "-- evenkeel: allow drop ledger.other, because nothing reads it any more\nDROP TABLE ledger.old",
      ["drop", "allowance"],
    ],
    ["-- evenkeel: allow drop ledger.old, because no\nDROP TABLE ledger.old", ["allowance", "drop"]],
    ["-- evenkeel: drop it\nSELECT 1", ["allowance"]],
    ["-- evenkeel: allow drop ledger.old, because nothing reads it any more\nSELECT 1", ["allowance"]],
    [
      "-- evenkeel: allow cascade ledger.old, because nothing reads it any more\n-- evenkeel: allow drop ledger.old, because nothing reads it any more\nDROP TABLE ledger.old CASCADE",
      ["cascade", "allowance"],
    ],
  ])("are refused with an allowance that does not fit: %s", (sql, rules) => {
    expect(of(sql).problems.map(({ rule }) => rule)).toEqual(rules);
  });

  test.each([
    ["BEGIN", "transaction"],
    ["DO $$ BEGIN NULL; END $$", "opaque"],
    ["CALL ledger.fill()", "opaque"],
    ["COPY ledger.entries FROM STDIN", "opaque"],
    ["LOCK TABLE ledger.entries", "lock"],
    ["CREATE ROLE service LOGIN PASSWORD 'x'", "role"],
    ["ALTER ROLE service PASSWORD 'x'", "role"],
    ["DROP ROLE service", "role"],
    ["SET lock_timeout = 0", "setting"],
    ["SET LOCAL statement_timeout = 0", "setting"],
    ["UPDATE ledger.entries SET note = ''", "all-rows"],
    ["DELETE FROM ledger.entries", "all-rows"],
    ["DROP VIEW ledger.totals", "drop"],
    ["DROP INDEX CONCURRENTLY ledger.entries_note", "drop"],
    ["ALTER TABLE ledger.entries ADD COLUMN note text NOT NULL", "not-null"],
    ["REFRESH MATERIALIZED VIEW ledger.totals", "rewrite"],
    ["VACUUM FULL ledger.entries", "rewrite"],
    ["CREATE INDEX CONCURRENTLY ON ledger.entries (note)", "index"],
    ["CREATE PUBLICATION changes FOR ALL TABLES", "unknown"],
  ])("are refused where they do what a migration does not: %s", (sql, rule) => {
    expect(of(sql).problems.map((problem) => problem.rule)).toEqual([rule]);
  });

  test("do anything with what their own file creates", () => {
    expect(
      shown(
        "CREATE TABLE a.b (c int); CREATE INDEX ON a.b (c); ALTER TABLE a.b ALTER COLUMN c SET NOT NULL; ALTER TABLE a.b RENAME TO d; UPDATE a.b SET c = 1",
        "CREATE VIEW a.v AS SELECT 1; COMMENT ON VIEW a.v IS 'x'; SET LOCAL search_path = a; INSERT INTO x VALUES (1)",
      ),
    ).toEqual([]);
  });

  test("validate a constraint in another file than the one that adds it", () => {
    const add = "ALTER TABLE a.b ADD CONSTRAINT c CHECK (d > 0) NOT VALID";
    const validate = "ALTER TABLE a.b VALIDATE CONSTRAINT c";
    expect(of(`${add}; ${validate}`).problems.map(({ rule }) => rule)).toEqual(["validate-apart"]);
    expect(of(add, validate).problems).toEqual([]);
  });

  test("have what runs in no transaction in a file of its own", () => {
    expect(of("SELECT 1; CREATE INDEX CONCURRENTLY i ON a.b (c)").problems.map(({ rule }) => rule)).toEqual(["alone"]);
    const { bundled } = of("CREATE INDEX CONCURRENTLY i ON a.b (c)", "SELECT 1");
    expect(bundled).toMatchObject([{ transaction: false, index: { schema: "a", name: "i" } }, { transaction: true }]);
  });

  test.each([
    [{ "0001_a.sql": "SELECT 1", "0003_c.sql": "SELECT 1" }, "sql/0003_c.sql: follows number 1, so 0002 is missing"],
    [{ "0002_b.sql": "SELECT 1" }, "sql/0002_b.sql: follows nothing, so 0001 is missing"],
    [{ "0001_a.sql": "SELECT 1", "0001_b.sql": "SELECT 1" }, "sql/0001_b.sql: has the number of sql/0001_a.sql"],
    [{ "1_a.sql": "SELECT 1" }, "sql/1_a.sql: is not the name of a migration"],
    [{ "0001_a.sql": "SELECT 1", "undo.txt": "" }, "sql/undo.txt: is not the name of a migration"],
    [{ "0001_a.sql": "-- nothing\n" }, "sql/0001_a.sql: has no statement"],
    [{ "0001_a.sql": "SELECT 1;\nSELEC 2;" }, 'sql/0001_a.sql:2: does not parse: syntax error at or near "SELEC"'],
    [{ "README.md": "" }, "sql: has no migration"],
  ])("are refused where a file is not in its place: %j", (files, message) => {
    expect(read(files as unknown as Record<string, string>).problems.map(showProblem)).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test("are refused where there is no folder", () => {
    expect(readMigrations("nowhere", { projectRoot: root }).problems.map(showProblem)).toEqual([
      "nowhere: there is no such folder [folder]; create it with 0001_first.sql, or correct the path",
    ]);
  });

  test("have one checksum for all checkouts, and another for each change", () => {
    const { checksum } = of("SELECT 1;\nSELECT 2;");
    expect(of("SELECT 1;\r\nSELECT 2;").checksum).toBe(checksum);
    expect(of("SELECT 1;\nSELECT 3;").checksum).not.toBe(checksum);
    expect(read({ "0001_other.sql": "SELECT 1;\nSELECT 2;" }).checksum).not.toBe(checksum);
  });
});
