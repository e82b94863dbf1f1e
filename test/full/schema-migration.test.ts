import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LocalBackend } from "cdktf";
import { checkPlan } from "../../gates";
import { DeploymentStack } from "../../modules/core";
import { type Simulator, startSimulator } from "../../simulator";
import { managedChanges, type TerraformStack } from "../../terraform";
import { account, migratedDatabase, region } from "../modules/schema-migration/database";
import { mysqlMigrationsEnvironment } from "../support/mysql-migrations-environment";
import { oneStack } from "../support/one-stack";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "schema-migration");
const minutes = 60_000;

describe("Migrations of a database", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(join(directory, "project", "sql"), { recursive: true });
    // The key of the database is by name only.
    simulator = await startSimulator({ directory, refusals: false });
  }, minutes);
  afterAll(() => simulator?.stop());

  const add = (name: string, sql: string) => writeFileSync(join(directory, "project", "sql", name), sql);
  const stack = (): TerraformStack => {
    const output = join(directory, "output");
    mkdirSync(output, { recursive: true });
    return oneStack(output, simulator.env, (app) => {
      const deployed = new DeploymentStack(app, "shop", { regions: [region], account, tags: {} });
      new LocalBackend(deployed, { path: "terraform.tfstate" });
      migratedDatabase(deployed, { folder: "sql" }, join(directory, "project"));
    });
  };

  test(
    "run with their deployment, and again for each new file only; nothing runs when they are destroyed",
    async () => {
      add("0001_items.sql", "CREATE SCHEMA shop; CREATE TABLE shop.items (id int PRIMARY KEY)");
      const first = stack();
      await first.deploy();
      expect(await first.isSettled()).toBe(true);

      add("0002_name.sql", "ALTER TABLE shop.items ADD COLUMN name text");
      const second = stack();
      const plan = await second.plan();
      expect(checkPlan(plan)).toEqual([]);
      const changes = managedChanges(plan)
        .filter(({ change }) => change.actions.join() !== "no-op")
        .map(({ address, change }) => `${change.actions.join("+")} ${address}`);
      expect(changes.sort()).toEqual([
        "delete+create aws_lambda_invocation.migrations_run",
        "update aws_lambda_alias.migrations_function_alias",
        "update aws_lambda_function.migrations_function_function",
      ]);
      await second.apply();
      expect(await second.isSettled()).toBe(true);
      await second.destroy();
      expect(await second.addresses()).toEqual([]);
    },
    5 * minutes,
  );
});

describe("Migrations of a database of Aurora MySQL, in an environment,", () => {
  const folder = resolve(".evenkeel", "test", "mysql-migrations");
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    simulator = await startSimulator({ directory: folder });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacksAt = (stage: "foundation" | "optimization", withoutProtection = false): TerraformStack[] =>
    synthesizedStacks(mysqlMigrationsEnvironment, {
      stage,
      outdir: join(folder, withoutProtection ? "unprotected" : stage),
      needed: /-(keys|database)$/,
      simulator,
      withoutProtection,
    });

  test(
    "run with the first deployment, and not again by a promotion, and are destroyed",
    async () => {
      const run = "aws_lambda_invocation.stock_migrations_run";
      for (const stage of ["foundation", "optimization"] as const) {
        for (const stack of stacksAt(stage)) {
          const plan = await expectGrowth(stack);
          if (stage === "foundation") continue;
          expect(checkPlan(plan)).toEqual([]);
          expect(managedChanges(plan).find(({ address }) => address === run)?.change.actions ?? ["no-op"]).toEqual([
            "no-op",
          ]);
        }
      }
      const database = stacksAt("optimization").find(({ name }) => name.endsWith("-database"));
      expect(await database?.isSettled()).toBe(true);
      expect(await database?.addresses()).toContain(run);
      await expectDestroyed(stacksAt("optimization", true));
    },
    15 * minutes,
  );
});
