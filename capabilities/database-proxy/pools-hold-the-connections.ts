import type { Database, Rule } from "../../contract";
import type { Report } from "../../modules/core";
import { poolSize } from "../../modules/database-proxy";
import { limitsProblem, poolLimits } from "../../modules/pgbouncer-pool";

/** Also before the pool comes: nobody should find out on the day of the promotion that it is too small. */
export const poolsHoldTheConnections: Rule = {
  id: "pools-hold-the-connections",
  statement:
    "The functions that connect to a database have a bounded concurrency, and its connections are enough for all of them.",
  check({ services, databases }, report) {
    databases.forEach((database, index) => {
      const users = services.flatMap((service, at) =>
        service.database?.name === database.name ? [{ service, at }] : [],
      );
      for (const { service, at } of users) {
        if (service.function.reservedConcurrency !== null) continue;
        report(
          ["services", at, "function", "reservedConcurrency"],
          `is required, because the connection pool of the database ${database.name} is sized by it; set it to the concurrent executions that the function needs`,
        );
      }
      const concurrency = users.reduce((sum, { service }) => sum + (service.function.reservedConcurrency ?? 0), 0);
      const at = (path: PropertyKey[], message: string) => report(["databases", index, ...path], message);
      if (database.pgbouncer) checkPgBouncer(database, database.pgbouncer, concurrency, at);
      else checkProxy(database, concurrency, at);
    });
  },
};

function checkPgBouncer(
  { cluster: { capacity, writeForwarding } }: Database,
  pgbouncer: NonNullable<Database["pgbouncer"]>,
  concurrency: number,
  report: Report,
): void {
  const most = Math.max(1, concurrency);
  const problem = limitsProblem(poolLimits(pgbouncer, { capacity, writeForwarding, concurrency: most }), most);
  if (!problem) return;
  report(
    ["cluster", "capacity"],
    `is not enough: ${problem}; raise it, reserve less concurrency, or bring pgbouncer.scaling.max nearer to min`,
  );
}

function checkProxy({ proxy, cluster }: Database, concurrency: number, report: Report): void {
  const { capacity, writeForwarding, engine } = cluster;
  const size = poolSize({ ...proxy, capacity, writeForwarding, engine, concurrency });
  if (size.percent <= size.availablePercent) return;
  report(
    ["cluster", "capacity"],
    `gives ${size.maxConnections} connections, of which ${size.availablePercent} percent are free, but ${concurrency} concurrent executions need ${size.connections}; raise it, reserve less concurrency, or raise proxy.executionsPerConnection after measuring`,
  );
}
