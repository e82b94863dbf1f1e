import { defineCapability, type ExtendedEnvironment, type Rule } from "../contract";
import { readMigrations, schemaMigrationConfig, showProblem } from "../modules/schema-migration";

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

/** Every cluster whose configuration names no engine. */
const isPostgres = (cluster: object): boolean => !("engine" in cluster) || cluster.engine === "aurora-postgresql";

const migrationsLockNothingInUse: Rule<WithMigrations> = {
  id: "migrations-lock-nothing-in-use",
  statement: "The migrations of a database are numbered without gaps, and none locks or drops what is in use.",
  check({ databases }, report) {
    databases.forEach(({ migrations, cluster }, index) => {
      if (typeof migrations?.folder !== "string" || !isPostgres(cluster)) return;
      for (const problem of readMigrations(migrations.folder).problems) {
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

const migrationsAreForPostgres: Rule<WithMigrations> = {
  id: "migrations-are-for-postgresql",
  statement: "Only databases of PostgreSQL have migrations.",
  check({ databases }, report) {
    databases.forEach(({ migrations, cluster }, index) => {
      if (!migrations || isPostgres(cluster)) return;
      const remedy = "run those of this database by a step of your own, and remove migrations";
      report(["databases", index, "migrations"], `are for PostgreSQL, which this is not; ${remedy}`);
    });
  },
};

/** Migrations of schemas as a step of the deployment: once, in order, in the region of the writer. */
export const schemaMigrations = defineCapability({
  name: "schemaMigrations",
  brings: "migrations of schemas before the services that need them, for databases that have some",
  fields,
  rules: [migrationsAreForPostgres, migrationsLockNothingInUse, migrationsHaveTheirUser],
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
