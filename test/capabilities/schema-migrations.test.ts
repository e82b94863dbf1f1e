import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaMigrations } from "../../capabilities/schema-migrations";
import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { readMigrations } from "../../modules/schema-migration";
import { resourcesOf } from "../../terraform";
import { type Loose, mistakesOf } from "../support/mistakes";
import { mysqlMigrationsEnvironment } from "../support/mysql-migrations-environment";
import { stacksOf } from "../support/synthesized-once";
import { temporaryFolder } from "../support/temporary-folder";

const run = "aws_lambda_invocation.ledger_migrations_run";

describe("The capability schemaMigrations", () => {
  const databaseStack = (environment: Parameters<typeof stacksOf>[0], stage: "foundation" | "optimization") => {
    const stacks = stacksOf(environment, { stage });
    const found = stacks.find(({ name }) => name === "prod-database");
    if (!found) throw new Error("no database");
    return resourcesOf(found);
  };

  test("runs migrations of both engines in the home region alone, from the first stage on, by the same invocation", () => {
    const [first, last] = (["foundation", "optimization"] as const).map((stage) => databaseStack(prod, stage));
    const { checksum } = readMigrations("services/ledger/migrations");
    expect(first?.get(run)).toMatchObject({ provider: "aws.eu-west-1", triggers: { migrations: checksum } });
    const { depends_on: _, ...invocation } = { depends_on: [], ...last?.get(run) };
    expect(first?.get(run)).toMatchObject(invocation);
    expect([...(last?.keys() ?? [])].filter((address) => address.startsWith("aws_lambda_invocation."))).toEqual([
      run,
      "aws_lambda_invocation.stock_migrations_run",
    ]);
  });

  test("can be left out with a reason", () => {
    const exceptions = { schemaMigrations: { enabled: false, reason: "another pipeline runs them for now" } };
    const without = defineEnvironment({ ...prod.input, exceptions });
    expect(databaseStack(without, "foundation").has(run)).toBe(false);
  });

  test.each([
    [
      (database: Loose) => {
        database.migrations.folder = "services/nowhere";
      },
      [
        "databases[0].migrations.folder: services/nowhere: there is no such folder [folder]; create it with 0001_first.sql, or correct the path",
      ],
    ],
    [
      (database: Loose) => {
        database.migrations.user = "ledger_service";
      },
      [
        "databases[0].migrations.user: is the master user, a user of services or its role; name a user that only runs migrations",
      ],
    ],
    [
      (database: Loose) => {
        database.network.interfaceEndpoints = ["xray"];
      },
      [expect.stringContaining("secretsmanager")],
    ],
  ])("refuses a mistake: %s", (change, expected) => {
    const mistakes = mistakesOf((environment) => {
      environment.stage = "foundation";
      change(environment.databases[0]);
    }, prod);
    expect(mistakes).toEqual(expect.arrayContaining(expected));
  });

  test("refuses what locks, at the field and with file, line and remedy", () => {
    const root = temporaryFolder("project");
    mkdirSync(join(root, "sql"));
    writeFileSync(join(root, "sql", "0001_a.sql"), "SELECT 1;\nDROP TABLE a.b;");
    const before = process.cwd();
    const reports: string[] = [];
    process.chdir(root);
    try {
      for (const rule of schemaMigrations.rules ?? []) {
        const environment = { databases: [{ users: [], cluster: {}, migrations: { folder: "sql", user: "m" } }] };
        rule.check(environment as Loose, (path, message) => reports.push(`${path.join(".")}: ${message}`), {} as Loose);
      }
    } finally {
      process.chdir(before);
    }
    expect(reports).toEqual([
      "databases.0.migrations.folder: sql/0001_a.sql:2: DROP TABLE a.b: a.b removes a table, which the release that serves now may still use [drop]; deploy the release that does without it first, and say so in an allowance; where it is meant: -- evenkeel: allow drop a.b, because …",
    ]);
  });

  test("reads files as the engine of the database does, and refuses names that MySQL does not take", () => {
    const reports: string[] = [];
    const cluster = { engine: "aurora-mysql" };
    const migrations = { folder: "services/stock/migrations", user: "a_user_that_runs_migrations_of_stock" };
    const environment = { databases: [{ users: ["stock_service_with_a_long_name"], cluster, migrations }] };
    for (const rule of schemaMigrations.rules ?? []) {
      rule.check(environment as Loose, (path, message) => reports.push(`${path.join(".")}: ${message}`), {} as Loose);
    }
    expect(reports).toEqual([
      "databases.0.migrations.user: has 36 characters, and MySQL allows 32; use a shorter name",
      "databases.0.users.0: has the role stock_service_with_a_long_name_role, of more than the 32 characters that MySQL allows; use a shorter name",
    ]);
    const asPostgres = { databases: [{ users: [], cluster: {}, migrations: { ...migrations, user: "m" } }] };
    const others: string[] = [];
    for (const rule of schemaMigrations.rules ?? []) {
      rule.check(asPostgres as Loose, (path, message) => others.push(`${path.join(".")}: ${message}`), {} as Loose);
    }
    expect(others).toEqual([
      expect.stringContaining("0001_levels.sql:4: does not parse: syntax error"),
      expect.stringContaining("0002_movements_of_sku.sql:2: does not parse: syntax error"),
    ]);
  });

  test("runs migrations of MySQL by the function that knows it", () => {
    const stacks = stacksOf(mysqlMigrationsEnvironment, { stage: "foundation" });
    const database = stacks.find(({ name }) => name === "prod-database");
    const resources = database && resourcesOf(database);
    const { checksum } = readMigrations("services/stock/migrations", { engine: "aurora-mysql" });
    expect(resources?.get("aws_lambda_invocation.stock_migrations_run")).toMatchObject({
      triggers: { migrations: checksum },
    });
    expect(resources?.get("aws_lambda_function.stock_migrations_function_function")).toMatchObject({
      environment: { variables: { SERVICE_NAME: "schema-migration", DATABASE_PORT: expect.anything() } },
    });
  });
});
