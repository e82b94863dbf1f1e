import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe as describeVerb } from "../../cli/commands/describe";
import { migrations } from "../../cli/commands/migrations";
import { pipe } from "../../output";
import { temporaryFolder } from "../support/temporary-folder";

describe("evenkeel migrations", () => {
  test("lists those of an environment in order, and ends with 0", () => {
    const { code, json } = migrations("prod");
    expect(code).toBe(0);
    expect(json).toMatchObject({
      environment: "prod",
      refused: 0,
      databases: [
        {
          name: "ledger",
          folder: "services/ledger/migrations",
          migrations: [
            { name: "0001_entries", transaction: true, drops: [] },
            { name: "0002_entries_of_account", transaction: false, drops: [] },
          ],
          problems: [],
        },
        {
          name: "stock",
          folder: "services/stock/migrations",
          // What defines a table is its own transaction in MySQL.
          migrations: [
            { name: "0001_levels", transaction: false, drops: [] },
            { name: "0002_movements_of_sku", transaction: false, drops: [] },
          ],
          problems: [],
        },
      ],
    });
  });

  test("are counted by describe, with the last one", () => {
    const { json, text } = describeVerb("prod");
    expect(json).toMatchObject({
      migrations: expect.arrayContaining([
        { database: "ledger", folder: "services/ledger/migrations", count: 2, last: "0002_entries_of_account" },
      ]),
    });
    expect(text(pipe)).toContain(
      "Database ledger: 2 migrations in services/ledger/migrations, the last one 0002_entries_of_account.",
    );
  });

  test("says so where there are none", () => {
    const { code, text } = migrations("sandbox");
    expect(code).toBe(0);
    expect(text(pipe)).toBe("No database of sandbox has migrations.");
  });

  test("says what is refused and what is allowed, and ends with 1", () => {
    const folder = join(temporaryFolder("project"), "services", "ledger", "migrations");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "0001_first.sql"),
      "-- evenkeel: allow drop a.c, because nothing reads it any more\nDROP TABLE a.c;\nDROP TABLE a.b;",
    );
    const stock = join(folder, "..", "..", "stock", "migrations");
    cpSync(join("services", "stock", "migrations"), stock, { recursive: true });
    const before = process.cwd();
    process.chdir(join(folder, "..", "..", ".."));
    try {
      const { code, text } = migrations("prod");
      expect(code).toBe(1);
      const printed = text(pipe);
      expect(printed).toContain("services/ledger/migrations/0001_first.sql:3: DROP TABLE a.b: a.b removes a table");
      expect(printed).toContain(
        "services/ledger/migrations/0001_first.sql:2: allowed: drop a.c, because nothing reads it any more",
      );
      expect(printed).toContain("1 problem: nothing is deployed until there is none.");
    } finally {
      process.chdir(before);
    }
  });
});
