import { Testing } from "cdktf";
import { defineEnvironment, type Stage } from "../../config";
import prod from "../../environments/prod";
import { buildStacks } from "../../stacks";
import { testApp } from "../support/synth";

interface StackJson {
  // biome-ignore lint/suspicious/noExplicitAny: attributes of any resource
  readonly resource: Record<string, Record<string, any>>;
}

/** The stacks around the databases of prod, by name, with one service, which connects to the ledger. */
function stacksAt(stage: Stage, access: "read" | "read-write" = "read-write"): ReadonlyMap<string, StackJson> {
  const environment = defineEnvironment({
    ...prod.input,
    chaos: undefined,
    services: [
      {
        name: "accounts",
        function: {
          entry: "services/orders/handler.ts",
          memoryMb: 512,
          timeoutSeconds: 10,
          reservedConcurrency: 100,
          logRetentionDays: 30,
        },
        database: { name: "ledger", user: "ledger_service", access },
      },
    ],
  });
  const stacks = buildStacks(testApp(), environment.resolve({ stage }));
  return new Map(
    stacks
      .filter(({ node }) => /-(keys|database|services-.*)$/.test(node.id))
      .map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack)) as StackJson]),
  );
}

const stages = ["foundation", "hardening", "optimization"] as const;
const at = new Map(stages.map((stage) => [stage, stacksAt(stage)]));

function resources(stage: Stage, type: string, stack = "prod-database"): StackJson["resource"][string] {
  return at.get(stage)?.get(stack)?.resource[type] ?? {};
}

const lambda = (stage: Stage, region = "eu-west-1") => {
  const { accounts_function_function: found } = resources(stage, "aws_lambda_function", `prod-services-${region}`);
  return found;
};

describe("A database of an environment", () => {
  test("is deployed before the services", () => {
    const names = [...(at.get("optimization")?.keys() ?? [])];
    expect(names.indexOf("prod-database")).toBeGreaterThan(names.indexOf("prod-keys"));
    expect(names.indexOf("prod-database")).toBeLessThan(names.indexOf("prod-services-eu-west-1"));
  });

  test("is global from foundation on, and in the standby region from optimization on", () => {
    const clusters = stages.map((stage) => [
      Object.keys(resources(stage, "aws_rds_global_cluster")),
      Object.keys(resources(stage, "aws_rds_cluster")),
    ]);
    const clustersIn = (...regions: string[]) =>
      ["ledger", "stock"].flatMap((name) => regions.map((region) => `${name}_database_${region}_cluster`));
    const global = ["ledger_database_global", "stock_database_global"];
    expect(clusters).toEqual([
      [global, clustersIn("eu-west-1")],
      [global, clustersIn("eu-west-1")],
      [global, clustersIn("eu-central-1", "eu-west-1")],
    ]);
  });

  test("has a pool in each of its regions from hardening on, with a secret per user", () => {
    expect(stages.map((stage) => Object.keys(resources(stage, "aws_db_proxy")))).toEqual([
      [],
      ["ledger_proxy-eu-west-1_proxy", "stock_proxy-eu-west-1_proxy"],
      ["ledger", "stock"].flatMap((name) => [`${name}_proxy-eu-central-1_proxy`, `${name}_proxy-eu-west-1_proxy`]),
    ]);
    const secrets = resources("optimization", "aws_secretsmanager_secret");
    expect(secrets["ledger_user-ledger-service_secret"]).toMatchObject({
      name: "prod-ledger/ledger_service",
      replica: [{ region: "eu-central-1" }],
    });
  });

  test("has each pool in the subnets of its cluster, which are private", () => {
    const groups = resources("optimization", "aws_db_subnet_group");
    const proxies = resources("optimization", "aws_db_proxy");
    for (const region of ["eu-west-1", "eu-central-1"]) {
      const { subnet_ids: subnets } = groups[`ledger_network-${region}_subnet-group`];
      expect(subnets).toHaveLength(3);
      expect(proxies[`ledger_proxy-${region}_proxy`].vpc_subnet_ids).toEqual(subnets);
    }
    const subnets = Object.values(resources("optimization", "aws_subnet"));
    expect(subnets.map(({ map_public_ip_on_launch: isPublic }) => isPublic)).toEqual(subnets.map(() => false));
    expect(resources("optimization", "aws_internet_gateway")).toEqual({});
  });

  test("has pools sized for the functions that connect", () => {
    const [group] = Object.values(resources("hardening", "aws_db_proxy_default_target_group"));
    // 100 executions and 30 percent are 130 of 1669 connections.
    expect(group.connection_pool_config.max_connections_percent).toBe(8);
  });

  test("has pools that listen on the port of their engine, whatever the port of the database is", () => {
    const [ledger, stock] = prod.input.databases ?? [];
    if (!ledger || !stock) throw new Error("prod has two databases");
    const withPort = (one: typeof ledger, port: number) => ({ ...one, cluster: { ...one.cluster, port } });
    const environment = defineEnvironment({
      ...prod.input,
      chaos: undefined,
      containers: undefined,
      containerNetwork: undefined,
      containerFlowLogs: undefined,
      tables: [],
      eventBuses: [],
      queues: [],
      dependencies: [],
      layers: [],
      existingLayers: [],
      databases: [withPort(ledger, 6432), withPort(stock, 4306)],
      services: prod.input.services?.filter(({ database }) => database),
    });
    const stacks = buildStacks(testApp(), environment.resolve({ stage: "hardening" }));
    const found = stacks
      .filter(({ node }) => /-(database|services-eu-west-1)$/.test(node.id))
      .map((stack) => JSON.parse(Testing.synth(stack)) as StackJson);
    const rules = found[0]?.resource.aws_vpc_security_group_ingress_rule ?? {};
    const functions = found[1]?.resource.aws_lambda_function ?? {};
    for (const [name, own, pooled] of [
      ["ledger", 6432, 5432],
      ["stock", 4306, 3306],
    ] as const) {
      const network = `${name}_network-eu-west-1`;
      expect(rules[`${network}_pool_from-clients`]).toMatchObject({ from_port: pooled, to_port: pooled });
      expect(rules[`${network}_database_from-pool`]).toMatchObject({ from_port: own, to_port: own });
      expect(functions[`${name}_function_function`].environment.variables.DATABASE_PORT).toBe(String(pooled));
    }
  });

  test("opens the data key to what databases need", () => {
    const policy = JSON.stringify(resources("foundation", "aws_kms_key", "prod-keys"));
    for (const user of ["rds.eu-west-1", "secretsmanager.eu-west-1", "logs.eu-west-1"]) {
      expect(policy).toContain(`${user}.amazonaws.com`);
    }
  });
});

describe("The rotation of a database user", () => {
  const rotation = "ledger_rotation-ledger-service";
  const rotates = () => resources("optimization", "aws_lambda_function")[`${rotation}_function_function`];

  test("comes with optimization, once, in the home region", () => {
    expect(stages.map((stage) => Object.keys(resources(stage, "aws_secretsmanager_secret_rotation")))).toEqual([
      [],
      [],
      [`${rotation}_schedule_rotation`, "stock_rotation-stock-service_schedule_rotation"],
    ]);
    expect(Object.keys(resources("optimization", "aws_lambda_function"))).toEqual([
      "ledger_migrations_function_function",
      `${rotation}_function_function`,
      "stock_migrations_function_function",
      "stock_rotation-stock-service_function_function",
    ]);
    expect(rotates()).toMatchObject({ provider: "aws.eu-west-1", function_name: "prod-ledger-rotate-ledger_service" });
  });

  test("starts at once, but not before the database takes connections", () => {
    const schedule = resources("optimization", "aws_secretsmanager_secret_rotation")[`${rotation}_schedule_rotation`];
    expect(schedule).toMatchObject({ rotate_immediately: true, rotation_rules: { automatically_after_days: 30 } });
    expect(schedule.depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws_rds_cluster_instance\.ledger_database_eu-west-1_instance-/)]),
    );
  });

  test("runs in the database's network and is told the cluster itself, not its pool", () => {
    expect(rotates().vpc_config.security_group_ids).toEqual([expect.stringContaining("_clients_group")]);
    expect(rotates().environment.variables).toMatchObject({
      DATABASE_HOST: expect.stringContaining("aws_rds_cluster.ledger_database_eu-west-1_cluster.endpoint"),
      DATABASE_USERNAME: "ledger_service",
      DATABASE_ROLE: "ledger_service_role",
      NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem",
    });
  });

  test("may read the master's secret, write its user's, and use their key through Secrets Manager only", () => {
    const { policy } = resources("optimization", "aws_iam_role_policy")[`${rotation}_function_execution_policy`];
    const statements: { Action: string | string[]; Resource: string; Condition?: unknown }[] =
      JSON.parse(policy).Statement;
    const allowed = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
    expect(allowed("secretsmanager:GetSecretValue").map(({ Resource }) => Resource)).toEqual([
      expect.stringContaining("ledger_database_master_secret.arn"),
      expect.stringContaining("ledger_user-ledger-service_secret.arn"),
    ]);
    expect(allowed("secretsmanager:PutSecretValue").map(({ Resource }) => Resource)).toEqual([
      expect.stringContaining("ledger_user-ledger-service_secret.arn"),
    ]);
    expect(JSON.stringify(allowed("kms:Decrypt"))).toContain("secretsmanager.eu-west-1.amazonaws.com");
    expect(statements.flatMap(({ Action }) => Action)).not.toContain("rds-db:connect");
  });

  test("leaves alarms on its age and on the function", () => {
    const alarms = Object.keys(resources("optimization", "aws_cloudwatch_metric_alarm"));
    expect(alarms).toEqual(expect.arrayContaining([`${rotation}_schedule_age`, `${rotation}_function_errors-alarm`]));
  });
});

describe("A service with a database", () => {
  test("learns its user from the secret's replica in its region once users alternate, and may connect as either", () => {
    const variables = (stage: Stage, region?: string) => lambda(stage, region).environment.variables;
    expect(stages.map((stage) => variables(stage).DATABASE_SECRET_ARN)).toEqual([
      undefined,
      undefined,
      expect.stringContaining("ledger_user-ledger-service_secret"),
    ]);
    expect(variables("optimization", "eu-central-1").DATABASE_SECRET_ARN).toMatch(
      /^arn:aws:secretsmanager:eu-central-1:444444444444:secret:/,
    );
    expect(variables("optimization")).toMatchObject({
      DATABASE_USER: "ledger_service",
      DATABASE_AUTHENTICATION: "iam",
    });
    const { accounts_function_execution_policy: policy } = resources(
      "optimization",
      "aws_iam_role_policy",
      "prod-services-eu-central-1",
    );
    expect(policy.policy).toMatch(/\/ledger_service".*\/ledger_service_clone"/);
    expect(policy.policy).toContain("secretsmanager:GetSecretValue");
    expect(policy.policy).not.toContain("secretsmanager:PutSecretValue");
  });

  test("trusts the authorities of Amazon RDS where it connects to the cluster itself", () => {
    expect(stages.map((stage) => lambda(stage).environment.variables.DATABASE_CA_FILE)).toEqual([
      "/var/runtime/ca-cert.pem",
      undefined,
      undefined,
    ]);
  });

  test("runs in its network, behind the group of its clients", () => {
    expect(lambda("foundation").vpc_config.security_group_ids).toEqual([expect.stringContaining("_clients_group")]);
    expect(lambda("foundation").vpc_config.subnet_ids).toHaveLength(3);
  });

  test("is told the cluster's endpoints in foundation, and those of its region's pool after it", () => {
    const hosts = (stage: Stage, region?: string) => {
      const { DATABASE_HOST, DATABASE_READER_HOST } = lambda(stage, region).environment.variables;
      return [DATABASE_HOST, DATABASE_READER_HOST];
    };
    expect(hosts("foundation")).toEqual([
      expect.stringContaining("ledger_database_eu-west-1_cluster"),
      expect.stringContaining("reader_endpoint"),
    ]);
    const pool = (region: string) => [
      expect.stringContaining(`ledger_proxy-${region}_proxy`),
      expect.stringContaining(`ledger_proxy-${region}_reader`),
    ];
    expect(hosts("hardening")).toEqual(pool("eu-west-1"));
    expect(hosts("optimization", "eu-central-1")).toEqual(pool("eu-central-1"));
    expect(lambda("foundation").environment.variables).toMatchObject({
      DATABASE_PORT: "5432",
      DATABASE_NAME: "ledger",
      DATABASE_USER: "ledger_service",
    });
  });

  test("may connect as its user only", () => {
    const { accounts_function_execution_policy: policy } = resources(
      "hardening",
      "aws_iam_role_policy",
      "prod-services-eu-west-1",
    );
    expect(policy.policy).toContain("rds-db:connect");
    expect(policy.policy).toMatch(/:dbuser:\$\{element\(split\(":", aws_db_proxy\.[^/]*\/ledger_service"/);
  });

  test("is not told where to write when it only reads", () => {
    const json = stacksAt("hardening", "read").get("prod-services-eu-west-1");
    const { variables } = json?.resource.aws_lambda_function?.accounts_function_function.environment ?? {};
    expect(Object.keys(variables)).toContain("DATABASE_READER_HOST");
    expect(Object.keys(variables)).not.toContain("DATABASE_HOST");
  });
});
