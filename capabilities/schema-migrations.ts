import { defineCapability, type ExtendedEnvironment, type Rule } from "../contract";
import { type MigrationEngine, readMigrations, schemaMigrationConfig, showProblem } from "../modules/schema-migration";

const fields = {
  database: {
    migrations: schemaMigrationConfig
      .optional()
      .describe(
        "Migrations of its schema, applied by each deployment that brings new ones, before the services that use it; none are run if left out.",
      ),
  },
};

type WithMigrations = ExtendedEnvironment<typeof fields>;

/** Every cluster whose configuration names no engine is PostgreSQL. */
const engineOf = (cluster: object): MigrationEngine =>
  "engine" in cluster && cluster.engine === "aurora-mysql" ? "aurora-mysql" : "aurora-postgresql";

const migrationsLockNothingInUse: Rule<WithMigrations> = {
  id: "migrations-lock-nothing-in-use",
  statement: "The migrations of a database are numbered without gaps, and none locks or drops what is in use.",
  check({ databases }, report) {
    databases.forEach(({ migrations, cluster }, index) => {
      if (typeof migrations?.folder !== "string") return;
      for (const problem of readMigrations(migrations.folder, { engine: engineOf(cluster) }).problems) {
        report(["databases", index, "migrations", "folder"], showProblem(problem));
      }
    });
  },
};

const migrationsHaveTheirUser: Rule<WithMigrations> = {
  id: "migrations-have-a-user-of-their-own",
  statement: "The user that runs migrations is neither the master user nor one of services.",
  check({ databases }, report) {
    databases.forEach(({ migrations, users, cluster }, index) => {
      if (!migrations) return;
      const taken = [cluster.masterUsername, ...users, ...users.map((user) => `${user}_role`)];
      if (!taken.includes(migrations.user)) return;
      const problem = "is the master user, a user of services or its role";
      report(["databases", index, "migrations", "user"], `${problem}; name a user that only runs migrations`);
    });
  },
};

/** @see https://dev.mysql.com/doc/refman/8.0/en/user-names.html */
const longestMysqlUser = 32;

const migrationsHaveAShortUser: Rule<WithMigrations> = {
  id: "migrations-have-a-user-that-mysql-can-name",
  statement:
    "The user that runs migrations of MySQL has a name of up to 32 characters, and so has the role of each service.",
  check({ databases }, report) {
    databases.forEach(({ migrations, users, cluster }, index) => {
      if (!migrations || engineOf(cluster) !== "aurora-mysql") return;
      if (migrations.user.length > longestMysqlUser) {
        const problem = `has ${migrations.user.length} characters, and MySQL allows ${longestMysqlUser}`;
        report(["databases", index, "migrations", "user"], `${problem}; use a shorter name`);
      }
      users.forEach((user, at) => {
        if (`${user}_role`.length <= longestMysqlUser) return;
        const problem = `has the role ${user}_role, of more than the ${longestMysqlUser} characters that MySQL allows`;
        report(["databases", index, "users", at], `${problem}; use a shorter name`);
      });
    });
  },
};

/** Migrations of schemas as a step of the deployment: once, in order, in the region of the writer. */
export const schemaMigrations = defineCapability({
  name: "schemaMigrations",
  brings: "migrations of schemas before the services that need them, for databases that have some",
  fields,
  rules: [migrationsLockNothingInUse, migrationsHaveTheirUser, migrationsHaveAShortUser],
  builds: {
    database(database, { config: { migrations } }) {
      if (migrations) database.runMigrations(migrations);
    },
  },
  networkCalls: ({ migrations }) =>
    migrations
      ? [
          {
            clause: "migrations run",
            endpoints: [
              {
                list: "interfaceEndpoints",
                service: "secretsmanager",
                because: "which the function that runs migrations reads the master user's login from; add it",
              },
            ],
          },
        ]
      : [],
});
