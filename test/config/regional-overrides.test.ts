import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { type Loose, mistakesOf, serviceOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

function synthesized(change: (input: Loose) => void) {
  const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
  change(input);
  const stacks = stacksOf(defineEnvironment(input as EnvironmentInput), { stage: "optimization" });
  return new Map(stacks.map((stack) => [stack.name, resourcesOf(stack)]));
}

const mistakes = (change: (input: Loose) => void) => mistakesOf(change, prod);

const differs = (input: Loose, fn: object, region = "eu-central-1") => {
  serviceOf(input).regions = { [region]: { function: fn } };
};

describe("What is different in a region", () => {
  const environment = { FEATURES: "few" };
  const all = synthesized((input) => {
    differs(input, {
      memoryMb: 256,
      reservedConcurrency: 300,
      logLevel: "DEBUG",
      ephemeralStorageMb: 1024,
      environment,
      provisionedConcurrency: { min: 1, max: 2 },
    });
    input.databases[0].cluster.capacityIn = {
      "eu-central-1": { type: "provisioned", instanceClass: "db.r6g.4xlarge" },
    };
  });
  const functionOf = (region: string) =>
    all.get(`prod-services-${region}`)?.get("aws_lambda_function.orders_function_function") as Loose;

  test("is the function of a service there, and in no other region", () => {
    const without = synthesized(() => undefined);
    expect(functionOf("eu-central-1")).toMatchObject({
      memory_size: 256,
      reserved_concurrent_executions: 300,
      ephemeral_storage: { size: 1024 },
      logging_config: { application_log_level: "DEBUG" },
      environment: { variables: environment },
    });
    expect(functionOf("eu-central-1").environment.variables.SERVICE_NAME).toBe("orders");
    expect(all.get("prod-services-eu-west-1")).toEqual(without.get("prod-services-eu-west-1"));
    const targets = (region: string) =>
      [...(all.get(`prod-services-${region}`) ?? [])].find(([address]) =>
        /^aws_appautoscaling_target\.orders_/.test(address),
      )?.[1];
    expect(targets("eu-central-1")).toMatchObject({ min_capacity: 1, max_capacity: 2 });
    expect(targets("eu-west-1")).not.toMatchObject({ min_capacity: 1, max_capacity: 2 });
  });

  test("is the capacity of a database there", () => {
    const classes = [...(all.get("prod-database") ?? [])].flatMap(([address, { instance_class, provider }]) =>
      address.startsWith("aws_rds_cluster_instance.ledger_") ? [`${String(provider)} ${String(instance_class)}`] : [],
    );
    expect(new Set(classes.filter((text) => text.includes("eu-central-1")))).toEqual(
      new Set(["aws.eu-central-1 db.r6g.4xlarge"]),
    );
    expect(classes.filter((text) => text.includes("eu-west-1")).join()).not.toContain("4xlarge");
  });

  test("is of a region of the environment", () => {
    expect(mistakes((input) => differs(input, { memoryMb: 256 }, "eu-west-2"))).toEqual([
      "services[0].regions.eu-west-2: is not a region of this environment; use one of eu-west-1, eu-central-1",
    ]);
    expect(
      mistakes((input) => {
        input.databases[0].cluster.capacityIn = { "us-east-1": { type: "provisioned", instanceClass: "db.r6g.large" } };
      }),
    ).toEqual([
      "databases[0].cluster.capacityIn.us-east-1: is not a region of this environment; use one of eu-west-1, eu-central-1",
    ]);
  });

  test.each<[string, (input: Loose) => void, RegExp]>([
    [
      "provisioned concurrency above what is reserved there",
      (input) => differs(input, { reservedConcurrency: 5, provisionedConcurrency: { min: 1, max: 50 } }),
      /^services\[0\]\.regions\.eu-central-1\.function\.provisionedConcurrency\.max: /,
    ],
    [
      "more reserved there than the account has",
      (input) => differs(input, { reservedConcurrency: 5000 }),
      /^services\[0\]\.regions\.eu-central-1\.function\.reservedConcurrency: brings the total reserved by all functions/,
    ],
    [
      "a variable that the toolkit sets",
      (input) => differs(input, { environment: { SERVICE_NAME: "x" } }),
      /^services\[0\]\.regions\.eu-central-1\.function\.environment\.SERVICE_NAME: is set for every function/,
    ],
    [
      "a variable that Lambda refuses",
      (input) => differs(input, { environment: { AWS_REGION: "x" } }),
      /^services\[0\]\.regions\.eu-central-1\.function\.environment\.AWS_REGION: is reserved by the Lambda runtime/,
    ],
    [
      "a class that the region lacks",
      (input) => {
        input.databases[0].cluster.capacityIn = {
          "eu-central-1": { type: "provisioned", instanceClass: "db.r99g.large" },
        };
      },
      /^databases\[0\]\.cluster\.capacityIn\.eu-central-1/,
    ],
    [
      "a field that is the same everywhere",
      (input) => differs(input, { timeoutSeconds: 5 }),
      /^services\[0\]\.regions\.eu-central-1\.function\.timeoutSeconds: unknown field/,
    ],
  ])("is refused: %s", (_what, change, message) => {
    const found = mistakes(change);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
    expect(found.filter((text) => !/eu-central-1/.test(text))).toEqual([]);
  });
});
