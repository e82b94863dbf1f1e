import { fork } from "node:child_process";
import { resolve } from "node:path";
import { indexed, items, migration, name, password, Shop } from "../handlers/schema-migration/shop";
import { startPostgres } from "../runtime/postgres/postgres-server";

describe("Migrations of a real PostgreSQL", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.start();
  }, 60_000);
  afterAll(() => shop?.server.stop());
  beforeEach(() => shop.begin());
  afterEach(() => shop.owner.end());

  test("are applied once by eight runners at the same time, who do not block an index that is built", async () => {
    const many = Array.from({ length: 6 }, (_, index) =>
      migration(`000${index + 3}_more`, `CREATE TABLE shop.more_${index} (id int)`),
    );
    const all = [items, indexed, ...many];
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => shop.migrate(all)));
    expect(outcomes.map((outcome) => outcome.applied.length).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 8]);
    expect((await shop.applied()).every(({ done }) => done)).toBe(true);
  });

  test("free their locks when their process is killed", async () => {
    await shop.migrate([items]);
    const runner = fork(resolve("test", "handlers", "schema-migration", "killed-runner.js"), [], {
      env: { PATH: process.env.PATH, PORT: String(shop.server.port), CA: shop.certificates.ca, PASSWORD: password },
      execArgv: [],
    });
    const pid = await shop.inStatement("%pg_sleep(600)%");
    const ended = new Promise((resolve) => runner.once("exit", resolve));
    runner.kill("SIGKILL");
    await ended;
    // The server notices although the statement would run on for minutes.
    expect((await shop.migrate([items, name])).applied).toEqual(["0002_name"]);
    expect(await shop.rows(`SELECT pid FROM pg_stat_activity WHERE pid = ${pid}`)).toEqual([]);
  }, 30_000);

  test("are refused by a server that follows another one", async () => {
    await shop.migrate([items]);
    const reader = await startPostgres(shop.certificates, { fsync: "off" }, shop.server);
    try {
      await expect(shop.migrate([items, name], { engine: shop.engine(reader) })).rejects.toThrow("takes no writes");
    } finally {
      await reader.stop();
    }
  }, 30_000);
});
