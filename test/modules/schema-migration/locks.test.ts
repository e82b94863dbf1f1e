import { join } from "node:path";
import { Client } from "pg";
import { makeCertificates } from "../../runtime/postgres/certificates";
import { type PostgresServer, startPostgres } from "../../runtime/postgres/postgres-server";
import { inUse, lockCases } from "./cases";

interface Effects {
  readonly locks: readonly string[];
  readonly rewrites: boolean;
  readonly reads: boolean;
}

/** What a lock that nobody notices may be: reads and writes go on beside it. */
const beside = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock"];

describe("What the lint of migrations refuses and accepts, on a real server,", () => {
  let server: PostgresServer;
  let client: Client;

  const connect = async (): Promise<Client> => {
    const made = new Client({
      host: join(server.folder, "sockets"),
      port: server.port,
      user: "postgres",
      database: "postgres",
    });
    await made.connect();
    return made;
  };

  beforeAll(async () => {
    server = await startPostgres(makeCertificates("localhost"), { fsync: "off" });
    client = await connect();
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await server?.stop();
  });
  beforeEach(async () => {
    await client.query(`DROP SCHEMA IF EXISTS t CASCADE; DROP TABLE IF EXISTS public.items; ${inUse}`);
  });

  const filenodes = async () =>
    (await client.query("SELECT oid, pg_relation_filenode(oid) AS node FROM pg_class WHERE oid = 't.items'::regclass"))
      .rows;

  /** Runs a file in a transaction, and looks at the locks on what was there before, and at what was read and written. */
  const effectsOf = async (sql: string): Promise<Effects> => {
    const { rows: before } = await client.query(
      "SELECT oid FROM pg_class WHERE relnamespace = 't'::regnamespace AND relkind IN ('r', 'p')",
    );
    const oids = before.map(({ oid }) => oid);
    const [node] = await filenodes();
    const tuples = async (): Promise<number> => {
      const { rows } = await client.query(
        "SELECT coalesce(sum(pg_stat_get_xact_tuples_returned(oid)), 0) AS tuples FROM unnest($1::oid[]) AS oid",
        [oids],
      );
      return Number(rows[0].tuples);
    };
    await client.query("BEGIN");
    // Of earlier transactions, as far as they are not in the statistics yet.
    const had = await tuples();
    await client.query(sql);
    const { rows } = await client.query(
      "SELECT DISTINCT mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relation = ANY ($1)",
      [oids],
    );
    const read = (await tuples()) - had;
    const { rows: after } = await client.query(
      "SELECT oid, pg_relation_filenode(oid) AS node FROM pg_class WHERE oid = $1",
      [node?.oid],
    );
    await client.query("COMMIT");
    return {
      locks: rows.map(({ mode }) => mode),
      rewrites: after.length > 0 && after[0].node !== node?.node,
      reads: read > 0,
    };
  };

  test.each(lockCases)("$refused takes $lock, and $work", async ({ refused, lock, work }) => {
    const { locks, rewrites, reads } = await effectsOf(refused);
    expect(locks).toContain(lock);
    if (work === "rewrites") expect(rewrites).toBe(true);
    if (work === "reads") expect({ reads, rewrites }).toEqual({ reads: true, rewrites: false });
    if (work === "builds") expect(rewrites).toBe(false);
  });

  const apart = /CONCURRENTLY/;

  test.each(lockCases.filter(({ instead }) => instead))(
    "$instead reads and writes nothing under such a lock",
    async ({ instead = [] }) => {
      for (const file of instead) {
        if (apart.test(file)) {
          expect(await locksWhileTrafficGoesOn(file)).toEqual([]);
          continue;
        }
        const { locks, rewrites, reads } = await effectsOf(file);
        const blocking = locks.filter((mode) => !beside.includes(mode));
        // What blocks others has nothing to do under its lock; what has something to do blocks nobody.
        expect([file, rewrites, blocking.length > 0 && reads]).toEqual([file, false, false]);
      }
    },
  );

  /**
   * The blocking locks that a statement holds while it waits for a transaction that writes: it comes to an end only after that. Others write
   * meanwhile.
   */
  const locksWhileTrafficGoesOn = async (sql: string): Promise<string[]> => {
    const [traffic, others, runner] = [await connect(), await connect(), await connect()];
    try {
      await traffic.query("BEGIN; INSERT INTO t.items VALUES (2000, 1, 'new', 1); INSERT INTO t.parts VALUES (1)");
      const { rows } = await runner.query("SELECT pg_backend_pid() AS pid");
      const running = runner.query(sql);
      let waits = false;
      while (!waits) {
        const { rows: state } = await others.query(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND wait_event_type = 'Lock'",
          [rows[0].pid],
        );
        waits = state.length > 0;
      }
      await others.query(
        "SET lock_timeout = '100ms'; INSERT INTO t.items VALUES (3000, 1, 'newer', 1); SELECT FROM t.parts",
      );
      const { rows: locks } = await others.query(
        `SELECT DISTINCT mode FROM pg_locks WHERE pid = $1 AND locktype = 'relation' AND granted
            AND relation IN (SELECT oid FROM pg_class WHERE relnamespace = 't'::regnamespace AND relkind IN ('r', 'p'))`,
        [rows[0].pid],
      );
      await traffic.query("COMMIT");
      await running;
      return locks.map(({ mode }) => mode).filter((mode) => !beside.includes(mode));
    } finally {
      await Promise.all([traffic.end(), others.end(), runner.end()]);
    }
  };
});
