import type { Database, Rule } from "../../contract";

export const loginsNeedNoPool: Rule = {
  id: "logins-need-no-pool",
  statement: "A service with database logins from Vault connects without a pool, which would not know its users.",
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
    ? "PgBouncer does not know the users that Vault creates"
    : "an RDS Proxy knows only users with a secret";
  return `does not work with the connection pool of the database ${name}, because ${knows}; disable databaseProxy and everything that needs it under exceptions, or remove login`;
}
