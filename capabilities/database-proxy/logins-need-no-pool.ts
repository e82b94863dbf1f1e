import type { Database, Rule } from "../../contract";

export const loginsNeedNoPool: Rule = {
  id: "logins-need-no-pool",
  statement: "A service whose database users Vault makes connects without a pool, which would not know them.",
  check({ services, databases }, report, enabled) {
    if (!enabled.has("databaseProxy")) return;
    services.forEach(({ database: use }, index) => {
      const database = databases.find(({ name }) => name === use?.name);
      if (use?.login && database) report(["services", index, "database", "login"], problem(database));
    });
  },
};

function problem({ name, pgbouncer }: Database): string {
  const knows = pgbouncer
    ? "PgBouncer does not find users that Vault makes"
    : "an RDS Proxy knows only users with a secret";
  return `does not get through the pool of the database ${name}: ${knows}; switch databaseProxy off under exceptions, with all that needs it, or remove login`;
}
