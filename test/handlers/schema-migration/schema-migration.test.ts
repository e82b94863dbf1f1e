import { setTimeout as delay } from "node:timers/promises";
import type { Preparation } from "../../../handlers/schema-migration/engine";
import type { PostgresMigration } from "../../../handlers/schema-migration/postgres/migration";
import type { Session } from "../../../handlers/schema-migration/postgres/session";
import { readMigrations } from "../../../modules/schema-migration";
import { indexed, items, migration, name, password, patient, Shop } from "./shop";

describe("Migrations of a real PostgreSQL", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.start();
  }, 60_000);
  afterAll(() => shop?.server.stop());
  beforeEach(() => shop.begin());
  afterEach(() => shop.owner.end());

  const columns = async () =>
    (
      await shop.rows<{ name: string }>(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass('shop.items') AND attnum > 0 AND NOT attisdropped",
      )
    ).map((column) => column.name);

  test("are applied in order, once, and recorded with checksum, time and duration", async () => {
    expect(await shop.migrate([items, name])).toEqual({ applied: ["0001_items", "0002_name"], before: 0 });
    expect(await shop.migrate([items, name])).toEqual({ applied: [], before: 2 });
    expect(await columns()).toEqual(["id", "size", "name"]);
    const [first] = await shop.rows("SELECT * FROM schema_migration.applied ORDER BY name");
    expect(first).toEqual({
      name: "0001_items",
      checksum: items.checksum,
      started_at: expect.any(Date),
      applied_at: expect.any(Date),
      duration_ms: expect.any(Number),
    });
    expect(shop.reports).toEqual([
      "migration started 0001_items",
      "migration applied 0001_items",
      "migration started 0002_name",
      "migration applied 0002_name",
    ]);
  });

  test("are those of the ledger, for whose service they grant what it needs", async () => {
    const { bundled, problems } = readMigrations("services/ledger/migrations");
    expect(problems).toEqual([]);
    const migrations = bundled as readonly PostgresMigration[];
    const preparation = { ...shop.preparation, serviceUsers: ["ledger_service"], adoptedSchemas: ["ledger"] };
    expect((await shop.migrate(migrations, { preparation })).applied).toEqual(migrations.map((each) => each.name));
    // The master user makes the login, as the rotation does.
    await shop.owner.query(
      "SET ROLE master; DROP ROLE IF EXISTS ledger_service; CREATE ROLE ledger_service IN ROLE ledger_service_role; RESET ROLE",
    );
    await shop.owner.query("SET ROLE ledger_service");
    await shop.owner.query(
      "INSERT INTO ledger.entries (entry_id, account_id, amount_minor, currency, description) VALUES (gen_random_uuid(), 'a', 1, 'EUR', '')",
    );
    await expect(shop.owner.query("DELETE FROM ledger.entries")).rejects.toThrow("permission denied");
    await shop.owner.query("RESET ROLE");
  });

  test("adopt what the master user has made before, and go on from there", async () => {
    const byHand =
      "SET ROLE master; CREATE SCHEMA shop; CREATE TABLE shop.items (id serial PRIMARY KEY, size int); CREATE VIEW shop.sizes AS SELECT size FROM shop.items; RESET ROLE";
    await shop.owner.query(byHand);
    const adopting = { preparation: { ...shop.preparation, adoptedSchemas: ["shop"] } };
    await expect(shop.migrate([{ ...name, name: "0001_name" }])).rejects.toThrow(
      "0001_name failed with SQLSTATE 42501: permission denied for schema shop, and was taken back",
    );
    await shop.migrate([{ ...name, name: "0001_name" }], adopting);
    await shop.migrate([{ ...name, name: "0001_name" }], adopting);
    expect(await columns()).toEqual(["id", "size", "name"]);
  });

  test("are refused when a file was changed, removed or put before what was applied", async () => {
    await shop.migrate([items, name]);
    await expect(shop.migrate([items, migration("0002_name", "SELECT 1")])).rejects.toThrow(
      "0002_name was changed after it was applied to this database; bring the file back as it was, and write the change as a new migration",
    );
    await expect(shop.migrate([items])).rejects.toThrow(
      "0002_name was applied to this database, and is not among the migrations any more",
    );
    await expect(shop.migrate([items, migration("0001b_between", "SELECT 1"), name])).rejects.toThrow(
      "0001b_between comes before 0002_name, which was applied to this database already; give it the next number",
    );
    expect(shop.reports.filter((line) => line.startsWith("migration started"))).toHaveLength(2);
  });

  test("leave nothing behind where one fails, and go on from it once it is corrected", async () => {
    const broken = migration("0002_name", "ALTER TABLE shop.items ADD COLUMN name text; SELECT nothing");
    await expect(shop.migrate([items, broken])).rejects.toThrow(
      '0002_name failed with SQLSTATE 42703 at line 1: column "nothing" does not exist, and was taken back; correct the file',
    );
    expect(await columns()).toEqual(["id", "size"]);
    expect(await shop.migrate([items, name])).toEqual({ applied: ["0002_name"], before: 1 });
  });

  test("quote no value of a row where rows break a constraint", async () => {
    await shop.migrate([items]);
    await shop.owner.query("INSERT INTO shop.items VALUES (1, 4711)");
    const strict = migration("0002_small", "ALTER TABLE shop.items ADD CONSTRAINT small CHECK (size < 10)");
    const error: Error = await shop.migrate([items, strict]).then(
      () => Promise.reject(new Error("applied")),
      (thrown) => thrown,
    );
    expect(error.message).toContain(
      "0002_small failed with SQLSTATE 23514 (table items, constraint small), and was taken back",
    );
    const cast = migration("0002_cast", "INSERT INTO shop.items SELECT 'secret-4711'::int, 1");
    await expect(shop.migrate([items, cast])).rejects.toThrow(
      /^0002_cast failed with SQLSTATE 22P02 at line 1, and was taken back/,
    );
  });

  test("let traffic through while they wait for a lock, and try again until they get it", async () => {
    await shop.migrate([items]);
    await shop.owner.query("BEGIN; INSERT INTO shop.items VALUES (1, 1)");
    const running = shop.migrate([items, name]);
    const traffic = await shop.client();
    while (!shop.reports.some((line) => line.startsWith("migration waits"))) {
      // Behind the migration in the queue for no longer than its lock timeout.
      await traffic.query("SET lock_timeout = '20s'; SELECT FROM shop.items");
      await delay(10);
    }
    await traffic.end();
    await shop.owner.query("COMMIT");
    expect((await running).applied).toEqual(["0002_name"]);
  });

  test("wait for a runner that prepares for longer than locks are waited for", async () => {
    const engine = shop.engine();
    let preparing = false;
    const slow = {
      ...engine,
      prepare: (session: Session, preparation: Preparation) =>
        engine.prepare(
          {
            ...session,
            query: async (text, values) => {
              if (text === "COMMIT") {
                preparing = true;
                await session.query(`SELECT pg_sleep(${(3 * preparation.lockTimeoutMs) / 1000})`);
              }
              return await session.query(text, values);
            },
          },
          preparation,
        ),
    };
    const first = shop.migrate([items], { engine: slow });
    while (!preparing) await delay(5);
    const outcomes = await Promise.all([first, shop.migrate([items])]);
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(["0001_items"]);
  });

  test("give up where they do not get their lock, and say so", async () => {
    await shop.migrate([items]);
    await shop.owner.query("BEGIN; INSERT INTO shop.items VALUES (1, 1)");
    const limits = { ...patient, lockTimeoutMs: 50, lockAttempts: 2 };
    await expect(shop.migrate([items, name], { limits })).rejects.toThrow(
      "0002_name did not get its locks within 50 ms in 2 attempts, and was taken back; apply again when the queries and transactions that run long are over",
    );
    await shop.owner.query("ROLLBACK");
    expect((await shop.migrate([items, name])).applied).toEqual(["0002_name"]);
  });

  test("end a statement that runs too long", async () => {
    const slow = migration("0001_slow", "SELECT pg_sleep(30)");
    await expect(shop.migrate([slow], { limits: { ...patient, statementTimeoutMs: 100 } })).rejects.toThrow(
      "0001_slow failed with SQLSTATE 57014: canceling statement due to statement timeout",
    );
    await expect(shop.migrate([slow], { deadlineAt: Date.now() + 3_000 })).rejects.toThrow(
      "there is no time left for 0001_slow; apply again: what was applied stays, and the rest goes on",
    );
  });

  test("go on after a run that was killed in the middle, of a transaction and outside of one", async () => {
    await shop.migrate([items]);
    await shop.owner.query("INSERT INTO shop.items SELECT n, n FROM generate_series(1, 100) AS n");
    const slow = migration("0002_slow", "ALTER TABLE shop.items ADD COLUMN name text; SELECT pg_sleep(30)");
    const first = shop.migrate([items, slow]).catch((error: Error) => error.message);
    await shop.owner.query("SELECT pg_terminate_backend($1)", [await shop.inStatement("%pg_sleep(30)%")]);
    expect(await first).toContain("0002_slow failed with SQLSTATE 57P01");
    expect(await columns()).toEqual(["id", "size"]);

    // An index that waits for a transaction, and is then cut off, is left behind invalid.
    const writer = await shop.client();
    await writer.query("BEGIN; INSERT INTO shop.items VALUES (1000, 1)");
    const second = shop.migrate([items, indexed]).catch((error: Error) => error.message);
    // It is in the catalog once it waits: a statement that has only begun leaves nothing behind.
    const building = await shop.inStatement("CREATE INDEX%", "virtualxid");
    await shop.owner.query("SELECT pg_terminate_backend($1)", [building]);
    expect(await second).toContain("0002_size failed with SQLSTATE 57P01");
    await writer.query("COMMIT");
    await writer.end();
    const validity = () =>
      shop.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('shop.items_size')");
    expect(await validity()).toEqual([{ indisvalid: false }]);
    expect(await shop.applied()).toContainEqual({ name: "0002_size", done: false });
    expect((await shop.migrate([items, indexed])).applied).toEqual(["0002_size"]);
    expect(await validity()).toEqual([{ indisvalid: true }]);
  });

  test("take an index as built that was finished by a run that could not record it any more", async () => {
    await shop.migrate([items, indexed]);
    await shop.owner.query("UPDATE schema_migration.applied SET applied_at = NULL WHERE name = '0002_size'");
    expect((await shop.migrate([items, indexed])).applied).toEqual(["0002_size"]);
  });

  test("do not take an index of the same name that somebody else has built", async () => {
    await shop.migrate([items]);
    await shop.owner.query("CREATE INDEX items_size ON shop.items (id)");
    await expect(shop.migrate([items, indexed])).rejects.toThrow(
      'SQLSTATE 42P07: relation "items_size" already exists, outside of a transaction',
    );
  });

  describe("that drop something", () => {
    const dropped = migration("0003_drop", "DROP TABLE shop.items", { drops: [{ kind: "table", name: "shop.items" }] });
    const hoursPass = (hours: number) =>
      shop.owner.query(
        `UPDATE schema_migration.usage SET unchanged_since = unchanged_since - interval '${hours} hours'`,
      );
    const reads = async () => {
      await shop.owner.query("SELECT count(*) FROM shop.items");
      await shop.owner.query("SELECT pg_stat_force_next_flush()");
    };

    test("run alone, after what came before was deployed", async () => {
      await shop.migrate([items]);
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow(
        "0003_drop drops shop.items, and would run together with 0002_name, before the release that does without it is deployed; deploy without 0003_drop first, then with it",
      );
      expect(await shop.applied()).toHaveLength(1);
    });

    test("run in one go in a new database, which nobody uses", async () => {
      expect((await shop.migrate([items, name, dropped])).applied).toHaveLength(3);
    });

    test("are refused while the table is in use, and run once it has not been for as long as asked", async () => {
      await shop.migrate([items, name]);
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow(
        /^0003_drop drops the table shop.items, which nothing has touched since .*, less than 24 h; apply again after /,
      );
      await hoursPass(25);
      await reads();
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow(
        /^0003_drop drops the table shop.items, which is in use: it was touched \d+ times by .*, and \d+ times by now; find out what still uses it/,
      );
      await hoursPass(23);
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow("less than 24 h");
      await hoursPass(2);
      expect((await shop.migrate([items, name, dropped])).applied).toEqual(["0003_drop"]);
    });

    test("are refused where nobody has counted before, and where statistics were reset", async () => {
      await shop.migrate([items, name]);
      await hoursPass(25);
      await shop.owner.query("DELETE FROM schema_migration.usage");
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow(
        "and nobody has looked at its use before; its use is counted from now on",
      );
      await hoursPass(25);
      await reads();
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow("is in use");
      await hoursPass(25);
      await shop.owner.query("SELECT pg_stat_reset()");
      await expect(shop.migrate([items, name, dropped])).rejects.toThrow("is in use");
    });

    test("run at once where unusedHours is 0", async () => {
      await shop.migrate([items, name]);
      expect((await shop.migrate([items, name, dropped], { limits: { ...patient, unusedHours: 0 } })).applied).toEqual([
        "0003_drop",
      ]);
    });

    test("count an index for itself", async () => {
      await shop.migrate([items, indexed]);
      await hoursPass(25);
      const without = migration("0003_drop", "DROP INDEX CONCURRENTLY shop.items_size", {
        transaction: false,
        drops: [{ kind: "index", name: "shop.items_size" }],
      });
      await shop.owner.query("SET enable_seqscan = off; SELECT FROM shop.items WHERE size = 1");
      await shop.owner.query("SELECT pg_stat_force_next_flush()");
      await expect(shop.migrate([items, indexed, without])).rejects.toThrow(
        "0003_drop drops the index shop.items_size, which is in use",
      );
      await hoursPass(25);
      expect((await shop.migrate([items, indexed, without])).applied).toEqual(["0003_drop"]);
    });
  });

  test("are refused by a cluster that takes no writes", async () => {
    await shop.migrate([items]);
    await shop.owner.query("ALTER DATABASE shop SET default_transaction_read_only = on");
    await expect(shop.migrate([items, name])).rejects.toThrow(
      "the cluster of this region takes no writes, because another region has the writer since a failover; fail the database back to its home region, and apply again",
    );
    expect(await shop.applied()).toHaveLength(1);
  });

  test("wait for permissions that are not known yet, and say who cannot log in", async () => {
    const asked = jest
      .fn()
      .mockRejectedValueOnce(Object.assign(new Error("no"), { name: "AccessDeniedException" }))
      .mockResolvedValue({ username: "master", password });
    jest.spyOn(Math, "random").mockReturnValue(0);
    expect((await shop.migrate([items], { administrator: asked })).applied).toEqual(["0001_items"]);
    expect(asked).toHaveBeenCalledTimes(2);
    const wrong = async () => ({ username: "master", password: "wrong" });
    await expect(shop.migrate([items], { administrator: wrong, deadlineAt: Date.now() + 200 })).rejects.toThrow(
      "the master user could not log in: SQLSTATE 28P01; check the secret of the master user",
    );
    jest.restoreAllMocks();
  });
});
