import { Testing } from "cdktf";
import { defineEnvironment, type Stage } from "../../config";
import { buildStacks } from "../../stacks";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { testApp } from "../support/synth";

// biome-ignore lint/suspicious/noExplicitAny: attributes of any resource
type Resources = Record<string, Record<string, any>>;

/** The stacks of the database and of the services that connect to it, by name. */
function stacksAt(stage: Stage, environment = pgbouncerEnvironment): ReadonlyMap<string, Resources> {
  const stacks = buildStacks(testApp(), environment.resolve({ stage }));
  return new Map(
    stacks
      .filter(({ node }) => /-(database|services-.*)$/.test(node.id))
      .map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack)).resource as Resources]),
  );
}

const stages = ["foundation", "hardening", "optimization"] as const;
const at = new Map(stages.map((stage) => [stage, stacksAt(stage)]));
const resources = (stage: Stage, type: string, stack = "prod-database") => at.get(stage)?.get(stack)?.[type] ?? {};

describe("A database with PgBouncer", () => {
  test("has a pool of it in each of its regions from hardening on, and no proxy", () => {
    expect(stages.map((stage) => Object.keys(resources(stage, "aws_ecs_service")))).toEqual([
      [],
      ["ledger_pgbouncer_eu-west-1_pool_service"],
      ["ledger_pgbouncer_eu-central-1_pool_service", "ledger_pgbouncer_eu-west-1_pool_service"],
    ]);
    for (const stage of stages) expect(resources(stage, "aws_db_proxy")).toEqual({});
  });

  test("has a secret for the user that looks logins up, and pulls image and certificate in each region from there", () => {
    const { ledger_pgbouncer_lookup_secret: lookup } = resources("optimization", "aws_secretsmanager_secret");
    expect(lookup).toMatchObject({ name: "prod-ledger/pool_lookup", replica: [{ region: "eu-central-1" }] });
    const definition = resources("optimization", "aws_ecs_task_definition")[
      "ledger_pgbouncer_eu-central-1_task_definition"
    ];
    expect(definition.container_definitions).toContain(".dkr.ecr.eu-central-1.amazonaws.com/pgbouncer@");
    expect(definition.container_definitions).toContain("secretsmanager:eu-central-1:");
    expect(definition.container_definitions).not.toContain("secretsmanager:eu-west-1:");
  });

  test("keeps the addresses of everything but the pool, from stage to stage", () => {
    const kept = (stage: Stage, type: string) => Object.keys(resources(stage, type));
    for (const type of ["aws_rds_cluster", "aws_rds_global_cluster", "aws_vpc", "aws_security_group"]) {
      expect(kept("optimization", type)).toEqual(expect.arrayContaining(kept("hardening", type)));
      expect(kept("hardening", type)).toEqual(expect.arrayContaining(kept("foundation", type)));
    }
  });
});

describe("A service with a database behind PgBouncer", () => {
  const variables = (stage: Stage, region = "eu-west-1") =>
    resources(stage, "aws_lambda_function", `prod-services-${region}`).accounts_function_function.environment.variables;
  const grants = (stage: Stage) =>
    resources(stage, "aws_iam_role_policy", "prod-services-eu-west-1").accounts_function_execution_policy
      .policy as string;

  test("is told the pool's names, and to log in by the password in the user's secret", () => {
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(variables("optimization", region)).toMatchObject({
        DATABASE_HOST: "writer.ledger.pools.example.com",
        DATABASE_READER_HOST: "reader.ledger.pools.example.com",
        DATABASE_PORT: "5432",
        DATABASE_AUTHENTICATION: "password",
        DATABASE_SECRET_ARN: expect.anything(),
      });
    }
    expect(variables("foundation")).toMatchObject({ DATABASE_AUTHENTICATION: "iam" });
  });

  test("first tries a new login with a share of the functions at home, where logins rotate", () => {
    const database = resources("optimization", "aws_ssm_parameter");
    expect(database["ledger_canary-ledger-service_share"]).toMatchObject({
      name: "/canaries/prod-ledger-ledger-service/share-percent",
    });
    expect(variables("optimization")).toMatchObject({
      DATABASE_CANARY_PATH: "/canaries/prod-ledger-ledger-service",
      DATABASE_CANARY_NAME: "prod-ledger/ledger_service",
    });
    expect(grants("optimization")).toContain("parameter/canaries/prod-ledger-ledger-service/*");
    expect(variables("optimization", "eu-central-1")).not.toHaveProperty("DATABASE_CANARY_PATH");
    expect(variables("hardening")).not.toHaveProperty("DATABASE_CANARY_PATH");
    const rotation = resources("optimization", "aws_lambda_function")[
      "ledger_rotation-ledger-service_function_function"
    ];
    expect(rotation.environment.variables).toMatchObject({
      CANARY_SHARE_PARAMETER: "/canaries/prod-ledger-ledger-service/share-percent",
      CANARY_REGIONS: "eu-west-1",
      CANARY_STEP_PERCENT: "20",
    });
    expect(
      resources("optimization", "aws_iam_role_policy")["ledger_rotation-ledger-service_function_execution_policy"]
        .policy,
    ).toContain("ssm:PutParameter");
  });

  test("may read its secret, and has no way in by IAM", () => {
    expect(grants("hardening")).toContain("secretsmanager:GetSecretValue");
    expect(grants("hardening")).not.toContain("rds-db:connect");
    expect(grants("foundation")).toContain("rds-db:connect");
  });

  test("is told where readers forward writes, because it must not leave them there", () => {
    const { databases = [], ...rest } = pgbouncerEnvironment.input;
    const forwarding = defineEnvironment({
      ...rest,
      databases: databases.map((database) => ({
        ...database,
        cluster: { ...database.cluster, writeForwarding: true },
      })),
    });
    const services = stacksAt("optimization", forwarding).get("prod-services-eu-central-1") ?? {};
    const told = services.aws_lambda_function?.accounts_function_function.environment.variables;
    expect(told.DATABASE_TARGET_SESSION_ATTRS).toBe("any");
    expect(variables("optimization")).not.toHaveProperty("DATABASE_TARGET_SESSION_ATTRS");
  });
});
