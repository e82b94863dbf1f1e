import { hasMysqlServer } from "../../runtime/mysql/mysql-server";
import { change, items, migration, name, password, patient, statement, Warehouse } from "./warehouse";

const describeWithServer = hasMysqlServer() ? describe : describe.skip;

describeWithServer("Migrations of a real MySQL or MariaDB", () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await Warehouse.start();
  }, 60_000);
  afterAll(() => warehouse?.server.stop());
  beforeEach(() => warehouse.begin());
  afterEach(() => warehouse.owner.end());

  const filled = () => warehouse.owner.query("INSERT INTO items (id, size) VALUES (1, 4711), (2, 2)");

  test("are applied in order, once, and recorded with checksum, time and duration", async () => {
    expect(await warehouse.migrate([items, name])).toEqual({ applied: ["0001_items", "0002_name"], before: 0 });
    expect(await warehouse.migrate([items, name])).toEqual({ applied: [], before: 2 });
    expect(await warehouse.columns()).toEqual(["id", "size", "name"]);
    const [first] = await warehouse.rows("SELECT * FROM schema_migration.applied ORDER BY name");
    expect(first).toEqual({
      name: "0001_items",
      checksum: items.checksum,
      started_at: expect.any(Date),
      applied_at: expect.any(Date),
      duration_ms: expect.any(Number),
    });
    expect(warehouse.reports).toEqual([
      "migration started 0001_items",
      "migration applied 0001_items",
      "migration started 0002_name",
      "migration applied 0002_name",
    ]);
  });

  test("are refused when a file was changed, removed or put before what was applied", async () => {
    await warehouse.migrate([items, name]);
    await expect(warehouse.migrate([items, migration("0002_name", [change("SELECT 1")])])).rejects.toThrow(
      "0002_name was changed after it was applied to this database; bring the file back as it was, and write the change as a new migration",
    );
    await expect(warehouse.migrate([items])).rejects.toThrow(
      "0002_name was applied to this database, and is not among",
    );
    await expect(warehouse.migrate([items, migration("0001b_between", [change("SELECT 1")]), name])).rejects.toThrow(
      "0001b_between comes before 0002_name",
    );
  });

  test("keep what ran before a statement that fails, and go on behind it once the file is corrected", async () => {
    const first = statement("ALTER TABLE items ADD COLUMN name text, ALGORITHM=INSTANT");
    const second = change("INSERT INTO items (id, size) VALUES (7, 7)");
    const broken = [first, second, statement("ALTER TABLE items ADD COLUMN size int, ALGORITHM=INSTANT")];
    await expect(warehouse.migrate([items, migration("0002_name", broken)])).rejects.toThrow(
      "0002_name failed with error 1060 (ER_DUP_FIELDNAME): Duplicate column name 'size', in statement 3 of 3; those before it stay; correct the file, which this database does not count as applied, and apply again",
    );
    const last = statement("ALTER TABLE items ADD COLUMN weight int, ALGORITHM=INSTANT");
    const other = statement("ALTER TABLE items ADD COLUMN title text, ALGORITHM=INSTANT");
    await expect(warehouse.migrate([items, migration("0002_name", [other, second, last])])).rejects.toThrow(
      "0002_name was changed in statement 1, which was applied to this database before the file had run to its end; bring that statement back as it was; only those after it may be corrected",
    );
    expect((await warehouse.migrate([items, migration("0002_name", [first, second, last])])).applied).toEqual([
      "0002_name",
    ]);
    expect(await warehouse.columns()).toEqual(["id", "size", "name", "weight"]);
    expect(await warehouse.rows("SELECT id FROM items")).toEqual([{ id: 7 }]);
  });

  test("quote no value of a row where rows break a constraint", async () => {
    await warehouse.migrate([items]);
    await filled();
    const strict = migration("0002_twice", [change("INSERT INTO items (id, size) VALUES (1, 4711)")]);
    await expect(warehouse.migrate([items, strict])).rejects.toThrow(
      /^0002_twice failed with error 1062 \(ER_DUP_ENTRY\), and changed nothing; correct the file/,
    );
    const cast = migration("0002_cast", [change("INSERT INTO items SELECT 9, 'secret-4711'")]);
    await expect(warehouse.migrate([items, cast])).rejects.toThrow(
      /^0002_cast failed with error 1366 \([A-Z_]+\), and/,
    );
  });

  test("are refused by the server where they would block although they say that they do not", async () => {
    await warehouse.migrate([items]);
    const copies = migration("0002_copies", [
      statement("ALTER TABLE items MODIFY size bigint, ALGORITHM=INPLACE, LOCK=NONE"),
    ]);
    await expect(warehouse.migrate([items, copies])).rejects.toThrow(
      /^0002_copies failed with error 184[56] \(ER_ALTER_OPERATION_NOT_SUPPORTED/,
    );
    expect(await warehouse.applied()).toContainEqual({ name: "0002_copies", done: false });
  });

  describe("that were cut off", () => {
    const added = statement("ALTER TABLE items ADD COLUMN name text, ALGORITHM=INSTANT");
    const counted = change("UPDATE items SET size = size + 1 WHERE id = 1");
    const slow = change("UPDATE items SET size = size + SLEEP(30) WHERE id = 2");
    const more = statement("ALTER TABLE items ADD COLUMN weight int, ALGORITHM=INSTANT");

    test("in a statement, take it back and do not repeat those before it", async () => {
      await warehouse.migrate([items]);
      await filled();
      const first = warehouse
        .migrate([items, migration("0002_name", [added, counted, slow, more])])
        .catch((error: Error) => error.message);
      await warehouse.owner.query(`KILL CONNECTION ${await warehouse.inStatement("%SLEEP(30)%")}`);
      expect(await first).toContain("0002_name failed with");
      expect(await warehouse.columns()).toEqual(["id", "size", "name"]);
      const rest = migration("0002_name", [added, counted, more]);
      expect((await warehouse.migrate([items, rest])).applied).toEqual(["0002_name"]);
      expect(await warehouse.columns()).toEqual(["id", "size", "name", "weight"]);
      expect(await warehouse.rows("SELECT size FROM items ORDER BY id")).toEqual([{ size: 4712 }, { size: 2 }]);
    });

    /** As a run leaves it that ends between a statement's commit and its record. */
    const unrecorded = async (number: number) =>
      warehouse.owner.query(
        `UPDATE schema_migration.statements SET done_at = NULL WHERE migration = '0002_name' AND number >= ${number}`,
      );
    const unfinished = async () =>
      warehouse.owner.query("UPDATE schema_migration.applied SET applied_at = NULL WHERE name = '0002_name'");

    test("behind a statement that could not be recorded any more, know it by what it has changed", async () => {
      const both = migration("0002_name", [added, more]);
      await warehouse.migrate([items, both]);
      await unrecorded(2);
      await unfinished();
      expect((await warehouse.migrate([items, both])).applied).toEqual(["0002_name"]);
      expect(await warehouse.columns()).toEqual(["id", "size", "name", "weight"]);
    });

    test("before a statement that was begun, run it", async () => {
      const both = migration("0002_name", [added, more]);
      await warehouse.migrate([items, both]);
      await unrecorded(2);
      await unfinished();
      await warehouse.owner.query("ALTER TABLE items DROP COLUMN weight");
      expect((await warehouse.migrate([items, both])).applied).toEqual(["0002_name"]);
      expect(await warehouse.columns()).toEqual(["id", "size", "name", "weight"]);
    });

    test("have that statement in the file as it was", async () => {
      await warehouse.migrate([items, migration("0002_name", [added, more])]);
      await unrecorded(2);
      await unfinished();
      const other = statement("ALTER TABLE items ADD COLUMN height int, ALGORITHM=INSTANT");
      await expect(warehouse.migrate([items, migration("0002_name", [added, other])])).rejects.toThrow(
        "0002_name was changed in statement 2, which was cut off here, and may have been applied; bring that statement back as it was",
      );
    });

    test("behind a revoke and a drop, do not fail by them", async () => {
      const revoked = migration("0002_name", [
        statement("GRANT DELETE ON items TO warehouse_service_role", { kind: "repeatable", objects: [] }),
        statement("REVOKE DELETE ON items FROM warehouse_service_role", { kind: "repeatable", objects: [] }),
        statement("DROP TABLE items"),
      ]);
      await warehouse.migrate([items, revoked]);
      await unrecorded(2);
      await unfinished();
      expect((await warehouse.migrate([items, revoked], { limits: { ...patient, unusedHours: 0 } })).applied).toEqual([
        "0002_name",
      ]);
    });

    test("are known for triggers, functions and procedures too", async () => {
      const code = migration("0002_name", [
        statement("CREATE FUNCTION one() RETURNS int DETERMINISTIC RETURN 1", {
          objects: [{ kind: "function", name: "one" }],
        }),
        statement("CREATE PROCEDURE two() SELECT 2", { objects: [{ kind: "procedure", name: "two" }] }),
        statement("CREATE TRIGGER three BEFORE INSERT ON items FOR EACH ROW SET NEW.size = 3", {
          objects: [{ kind: "trigger", name: "three" }],
        }),
        statement("CREATE VIEW four AS SELECT 4", { objects: [{ kind: "table", name: "four" }] }),
      ]);
      await warehouse.owner.query("SET GLOBAL log_bin_trust_function_creators = ON");
      await warehouse.migrate([items, code]);
      await unrecorded(1);
      await unfinished();
      expect((await warehouse.migrate([items, code])).applied).toEqual(["0002_name"]);
    });
  });

  describe("that drop something", () => {
    const dropped = migration("0003_drop", [statement("DROP TABLE items")], {
      drops: [{ kind: "table", name: "items" }],
    });
    const hoursPass = (hours: number) =>
      warehouse.owner.query(
        `UPDATE schema_migration.uses SET unchanged_since = unchanged_since - INTERVAL ${hours} HOUR`,
      );

    test("run alone, after what came before was deployed, and in one go in a new database", async () => {
      await warehouse.migrate([items]);
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow(
        "0003_drop drops items, and would run together with 0002_name, before the release that does without it is deployed; deploy without 0003_drop first, then with it",
      );
      await warehouse.owner.end();
      await warehouse.begin();
      expect((await warehouse.migrate([items, name, dropped])).applied).toHaveLength(3);
    });

    test("are refused while the table is in use, and run once it has not been for as long as asked", async () => {
      await warehouse.migrate([items, name]);
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow(
        /^0003_drop drops the table items, which nothing has touched since .*, less than 24 h; apply again after /,
      );
      await hoursPass(25);
      await filled();
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow(
        /^0003_drop drops the table items, which is in use: it was touched \d+ times by .*, and \d+ times by now; find out what still uses it/,
      );
      await hoursPass(23);
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow("less than 24 h");
      await hoursPass(2);
      expect((await warehouse.migrate([items, name, dropped])).applied).toEqual(["0003_drop"]);
    });

    test("are refused where nobody has counted before, and where nobody counts", async () => {
      await warehouse.migrate([items, name]);
      await warehouse.owner.query("DELETE FROM schema_migration.uses");
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow(
        "and nobody has looked at its use before; its use is counted from now on",
      );
      await hoursPass(25);
      const counting = (on: "YES" | "NO") =>
        warehouse.owner.query(
          `UPDATE performance_schema.setup_instruments SET ENABLED = '${on}' WHERE NAME = 'wait/io/table/sql/handler'`,
        );
      await counting("NO");
      try {
        await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow(
          "0003_drop drops items, and this server does not count use: its performance schema is off, or wait/io/table/sql/handler is; switch on performanceInsights",
        );
      } finally {
        await counting("YES");
      }
      await expect(warehouse.migrate([items, name, dropped])).rejects.toThrow("nobody has looked at its use before");
      expect(
        (await warehouse.migrate([items, name, dropped], { limits: { ...patient, unusedHours: 0 } })).applied,
      ).toEqual(["0003_drop"]);
    });

    test("count an index for itself", async () => {
      const indexed = migration("0002_size", [
        statement("CREATE INDEX by_size ON items (size) ALGORITHM=INPLACE LOCK=NONE"),
      ]);
      await warehouse.migrate([items, indexed]);
      await hoursPass(25);
      const without = migration(
        "0003_drop",
        [statement("ALTER TABLE items DROP INDEX by_size, ALGORITHM=INPLACE, LOCK=NONE")],
        {
          drops: [{ kind: "index", name: "items.by_size" }],
        },
      );
      await filled();
      await warehouse.owner.query("SELECT id FROM items FORCE INDEX (by_size) WHERE size = 2");
      await expect(warehouse.migrate([items, indexed, without])).rejects.toThrow(
        "0003_drop drops the index items.by_size, which is in use",
      );
      await hoursPass(25);
      expect((await warehouse.migrate([items, indexed, without])).applied).toEqual(["0003_drop"]);
    });
  });

  test("are refused by a cluster that takes no writes", async () => {
    await warehouse.migrate([items]);
    await warehouse.owner.query("SET GLOBAL read_only = ON");
    try {
      await expect(warehouse.migrate([items, name])).rejects.toThrow(
        "the cluster of this region takes no writes, because another region has the writer since a failover; fail the database back to its home region, and apply again",
      );
    } finally {
      await warehouse.owner.query("SET GLOBAL read_only = OFF");
    }
    expect(await warehouse.applied()).toHaveLength(1);
  });

  test("say who cannot log in, and that the user of IAM cannot be made without the plugin of Aurora", async () => {
    const wrong = async () => ({ username: "master", password: "wrong" });
    await expect(warehouse.migrate([items], { administrator: wrong, deadlineAt: Date.now() + 200 })).rejects.toThrow(
      "the master user could not log in: error 1045 (ER_ACCESS_DENIED_ERROR)",
    );
    const preparation = { ...warehouse.preparation, user: "other_migration" };
    await expect(warehouse.migrate([items], { preparation })).rejects.toThrow(
      /^the user other_migration could not be prepared: error 1524 .*AWSAuthenticationPlugin/,
    );
  });

  test("cannot make users, nor change another database", async () => {
    for (const sql of [
      "CREATE USER evil IDENTIFIED BY 'x'",
      "CREATE DATABASE other",
      "GRANT SELECT ON mysql.user TO warehouse_service_role",
      `SET PASSWORD FOR master@'%' = ${warehouse.server.isMariaDb ? `PASSWORD('${password}x')` : `'${password}x'`}`,
    ]) {
      const forbidden = migration("0001_forbidden", [statement(sql, { kind: "repeatable", objects: [] })]);
      await expect(warehouse.migrate([forbidden])).rejects.toThrow(/failed with error (1044|1142|1227|1410)/);
    }
  });
});
