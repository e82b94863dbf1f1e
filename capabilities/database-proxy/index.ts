import { defineCapability } from "../../contract";
import { loginsNeedNoPool } from "./logins-need-no-pool";
import { pgbouncerCalls } from "./pgbouncer-calls";
import { poolsHoldTheConnections } from "./pools-hold-the-connections";

/** A pool of connections, an RDS Proxy or PgBouncer, in front of each database in each of its regions. */
export const databaseProxy = defineCapability({
  name: "databaseProxy",
  brings: "a pool of connections in front of each database",
  rules: [poolsHoldTheConnections, loginsNeedNoPool],
  builds: { database: (database) => database.addPools() },
  networkCalls: (database) => (database.pgbouncer ? [pgbouncerCalls] : []),
});
