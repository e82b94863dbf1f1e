import { fork } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { MysqlMigration } from "../../handlers/schema-migration/mysql/migration";
import { readMigrations } from "../../modules/schema-migration";
import {
  change,
  items,
  migration,
  name,
  password,
  patient,
  statement,
  Warehouse,
} from "../handlers/schema-migration/warehouse";
import { inUse, onlineCases } from "../modules/schema-migration/mysql-cases";
import { hasMysqlServer } from "../runtime/mysql/mysql-server";

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

  test("are those of the stock, for whose service they grant what it needs", async () => {
    const { bundled, problems } = readMigrations("services/stock/migrations", { engine: "aurora-mysql" });
    expect(problems).toEqual([]);
    const preparation = { ...warehouse.preparation, serviceUsers: ["stock_service"] };
    const outcome = await warehouse.migrate(bundled as readonly MysqlMigration[], { preparation });
    expect(outcome.applied).toEqual(["0001_levels", "0002_movements_of_sku"]);
    const forRole = warehouse.server.isMariaDb ? "stock_service_role" : "stock_service_role@'%'";
    const grants = JSON.stringify(await warehouse.rows(`SHOW GRANTS FOR ${forRole}`));
    expect(grants).toContain("SELECT, INSERT, UPDATE ON `warehouse`.`levels`");
    expect(grants).toContain("SELECT, INSERT ON `warehouse`.`movements`");
  });

  test("let traffic through while they wait for a metadata lock, and try again until they get it", async () => {
    await warehouse.migrate([items]);
    await warehouse.owner.query("START TRANSACTION");
    await warehouse.owner.query("SELECT * FROM items");
    const running = warehouse.migrate([items, name]);
    const traffic = await warehouse.client();
    while (!warehouse.reports.some((line) => line.startsWith("migration waits"))) {
      // Behind the migration in the queue for no longer than its lock timeout.
      await traffic.query("SET SESSION lock_wait_timeout = 20");
      await traffic.query("SELECT * FROM items");
      await delay(10);
    }
    await traffic.end();
    await warehouse.owner.query("COMMIT");
    expect((await running).applied).toEqual(["0002_name"]);
  });

  test("give up where they do not get their lock, and say so", async () => {
    await warehouse.migrate([items]);
    await warehouse.owner.query("START TRANSACTION");
    await warehouse.owner.query("SELECT * FROM items");
    const limits = { ...patient, lockTimeoutMs: 50, lockAttempts: 2 };
    await expect(warehouse.migrate([items, name], { limits })).rejects.toThrow(
      "0002_name did not get its locks within 50 ms in 2 attempts, and changed nothing; apply again when the queries and transactions that run long are over",
    );
    await warehouse.owner.query("ROLLBACK");
    expect((await warehouse.migrate([items, name])).applied).toEqual(["0002_name"]);
  });

  test("end a statement that runs too long, which MySQL itself would not", async () => {
    await warehouse.migrate([items]);
    await filled();
    const slow = migration("0002_slow", [change("UPDATE items SET size = size + 1 WHERE id = 1 AND SLEEP(30) = 0")]);
    await expect(warehouse.migrate([items, slow], { limits: { ...patient, statementTimeoutMs: 200 } })).rejects.toThrow(
      /^0002_slow failed with error 1317 \(ER_QUERY_INTERRUPTED\)/,
    );
    expect(await warehouse.rows("SELECT size FROM items WHERE id = 1")).toEqual([{ size: 4711 }]);
    await expect(warehouse.migrate([items, slow], { deadlineAt: Date.now() + 3_000 })).rejects.toThrow(
      "there is no time left for 0002_slow; apply again: what was applied stays, and the rest goes on",
    );
  });

  test("are applied once by several runners at the same time", async () => {
    const many = Array.from({ length: 4 }, (_, index) =>
      migration(`000${index + 2}_more`, [
        statement(`CREATE TABLE more_${index} (id int)`, { objects: [{ kind: "table", name: `more_${index}` }] }),
        change(`INSERT INTO more_${index} VALUES (1)`),
      ]),
    );
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => warehouse.migrate([items, ...many])));
    expect(outcomes.map((outcome) => outcome.applied.length).sort()).toEqual([0, 0, 0, 5]);
    expect(await warehouse.rows("SELECT count(*) AS n FROM more_3")).toEqual([{ n: 1 }]);
  });

  test("are not run a second time while a process that was killed is still in its statement, and go on behind it", async () => {
    await warehouse.migrate([items]);
    await filled();
    const runner = fork(resolve("test", "handlers", "schema-migration", "killed-mysql-runner.js"), [], {
      env: {
        PATH: process.env.PATH,
        PORT: String(warehouse.server.port),
        CA: warehouse.certificates.ca,
        PASSWORD: password,
      },
      execArgv: [],
    });
    await warehouse.inStatement("%SLEEP(6)%");
    const ended = new Promise((resolve) => runner.once("exit", resolve));
    runner.kill("SIGKILL");
    await ended;
    // MySQL looks for its client only when the statement has ended, and the lock is that of the session.
    await expect(warehouse.migrate([items, name], { deadlineAt: Date.now() + 500 })).rejects.toThrow(
      "another run of migrations has not ended; look for it in SHOW PROCESSLIST, and apply again",
    );
    expect((await warehouse.migrate([items, name])).applied).toEqual(["0002_name"]);
    // What the killed one had begun in a transaction was taken back.
    expect(await warehouse.rows("SELECT size FROM items WHERE id = 1")).toEqual([{ size: 4711 }]);
  }, 30_000);

  describe("that the check of files refuses or accepts", () => {
    const asFile = (sql: string) => migration("0002_step", [statement(sql)]);
    const inServer = ({ mysqlOnly }: { mysqlOnly?: true }) => !(mysqlOnly && warehouse.server.isMariaDb);
    const used = migration(
      "0001_items",
      inUse.map((sql) => statement(sql, { objects: [] })),
    );

    test("are refused by the server too, as they would block", async () => {
      for (const one of onlineCases.filter((each) => each.blocks && inServer(each))) {
        await warehouse.owner.end();
        await warehouse.begin();
        const asked = asFile(`${one.refused}, ALGORITHM=INPLACE, LOCK=NONE`);
        // MySQL ignores REFERENCES of a column before version 9, and MariaDB refuses an automatic number in words of its own.
        await expect(warehouse.migrate([used, asked])).rejects.toThrow(/failed with error (1845|1846|1075)/);
      }
    }, 120_000);

    test("run in the steps that are accepted in their place", async () => {
      for (const sql of onlineCases.filter(inServer).flatMap(({ instead = [] }) => instead)) {
        await warehouse.owner.end();
        await warehouse.begin();
        expect((await warehouse.migrate([used, asFile(sql)])).applied).toHaveLength(2);
      }
    }, 120_000);
  });

  test("survive a crash of the server in the middle", async () => {
    await warehouse.migrate([items]);
    await filled();
    const added = statement("ALTER TABLE items ADD COLUMN name text, ALGORITHM=INSTANT");
    const slow = change("UPDATE items SET size = size + SLEEP(30) + 1 WHERE id = 2");
    const first = warehouse
      .migrate([items, migration("0002_name", [added, slow])], { deadlineAt: Date.now() + 20_000 })
      .catch((error: Error) => error.message);
    await warehouse.inStatement("%SLEEP(30)%");
    await warehouse.server.crash();
    expect(await first).toContain("0002_name failed with");
    await warehouse.server.restart();
    warehouse.owner = await warehouse.client();
    const rest = migration("0002_name", [added, change("UPDATE items SET size = size + 1 WHERE id = 2")]);
    expect((await warehouse.migrate([items, rest])).applied).toEqual(["0002_name"]);
    expect(await warehouse.rows("SELECT size, name FROM items WHERE id = 2")).toEqual([{ size: 3, name: null }]);
  }, 60_000);
});
