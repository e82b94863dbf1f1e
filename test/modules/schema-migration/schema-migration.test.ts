import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { synth } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { account, migratedDatabase, region } from "./database";

const reference = (to: string) => `\${${to}}`;

const folder = "services/ledger/migrations";

describe("SchemaMigration", () => {
  const at = synth((stack) => migratedDatabase(stack, { folder })).at;

  test("is invoked once for each change of the files, and never when it goes", () => {
    expect(at("aws_lambda_invocation.migrations_run")).toMatchObject({
      provider: `aws.${region}`,
      function_name: reference("aws_lambda_function.migrations_function_function.function_name"),
      qualifier: reference("aws_lambda_alias.migrations_function_alias.name"),
      lifecycle_scope: "CREATE_ONLY",
      triggers: { migrations: expect.stringMatching(/^[0-9a-f]{64}$/) },
      depends_on: expect.arrayContaining([
        "aws_iam_role_policy.migrations_function_execution_policy",
        expect.stringContaining("aws_rds_cluster_instance.database_"),
      ]),
    });
  });

  test("has a function that logs in as a user of its own by IAM, and reads the master user's secret to make it", () => {
    expect(at("aws_lambda_function.migrations_function_function")).toMatchObject({
      function_name: "test-shop-migrations",
      timeout: 900,
      environment: {
        variables: {
          DATABASE_USER: "schema_migration",
          SERVICE_USERS: "shop_service",
          LOCK_TIMEOUT_MS: "2000",
          UNUSED_HOURS: "24",
        },
      },
    });
    const { policy } = at("aws_iam_role_policy.migrations_function_execution_policy") as { policy: string };
    expect(policy).toContain(`arn:aws:rds-db:${region}:${account}:dbuser:`);
    expect(policy).toContain("/schema_migration");
    expect(policy).toContain("secretsmanager:GetSecretValue");
  });

  test("is refused with a migration that locks what is in use, and where it is", () => {
    const projectRoot = temporaryFolder("migrations");
    mkdirSync(join(projectRoot, "sql"));
    writeFileSync(join(projectRoot, "sql", "0001_a.sql"), "CREATE INDEX i ON a.b (c)");
    expect(() => synth((stack) => migratedDatabase(stack, { folder: "sql" }, projectRoot))).toThrow(
      "migrations: sql/0001_a.sql:1: CREATE INDEX i ON a.b (c): i takes SHARE on a.b: nobody may write while the index is built [index]; use CREATE INDEX CONCURRENTLY, in a file of its own",
    );
  });

  test.each([
    [{ folder: "/etc" }, "folder: is not a folder of the project; use a path such as services/ledger/migrations"],
    [{ folder: "../other" }, "folder: is not a folder of the project"],
    [{ folder, user: "rds_admin" }, "user: is not a valid database user name"],
    [{ folder, adoptedSchemas: ["pg_catalog"] }, "adoptedSchemas[0]: is not the name of a schema"],
    [{ folder, lockTimeoutMs: 60_000 }, "lockTimeoutMs: is too large"],
  ])("refuses %j", (config, message) => {
    expect(() => synth((stack) => migratedDatabase(stack, config))).toThrow(message);
  });
});
