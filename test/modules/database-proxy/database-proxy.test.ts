import { readFileSync } from "node:fs";
import { join } from "node:path";
import { awsProviderRequirement, type DeploymentStack, type RegionalKey } from "../../../modules/core";
import {
  DatabaseProxy,
  type DatabaseProxyInput,
  type DatabaseProxyProps,
  poolSize,
} from "../../../modules/database-proxy";
import { grantsIn, ref, resolve, synth } from "../../support/synth";
import { everyOption } from "./every-option";

const account = "123456789012";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: (grantee, service) => grantee.addToRolePolicy({ actions: [`kms for ${service}`], resources: [] }),
};
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };
const user = (name: string) => ({
  user: name,
  secretArn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}`,
});
const cluster = {
  clusterIdentifier: "test-orders",
  databaseName: "orders",
  port: 5432,
  capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
  writeForwarding: false,
} as const;

const proxy = (stack: DeploymentStack, props: Partial<DatabaseProxyProps> = {}) =>
  new DatabaseProxy(stack, "proxy", {
    config: {},
    name: "test-orders",
    region: "eu-west-1",
    account,
    cluster,
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["sg-1"],
    users: [user("app"), user("reports")],
    concurrency: 200,
    key,
    ...props,
  });
const built = (props: Partial<DatabaseProxyProps> = {}) => synth((stack) => proxy(stack, props));

describe("DatabaseProxy", () => {
  test("requires TLS, and IAM from every user, whose password it reads from a secret", () => {
    expect(built().at("aws_db_proxy.proxy_proxy")).toMatchObject({
      provider: "aws.eu-west-1",
      engine_family: "POSTGRESQL",
      require_tls: true,
      debug_logging: false,
      vpc_subnet_ids: ["subnet-1", "subnet-2"],
      auth: ["app", "reports"].map((name) => ({
        auth_scheme: "SECRETS",
        client_password_auth_type: "POSTGRES_SCRAM_SHA_256",
        description: name,
        iam_auth: "REQUIRED",
        secret_arn: user(name).secretArn,
      })),
    });
  });

  test("may read those secrets and nothing else", () => {
    const { Statement } = JSON.parse(built().at("aws_iam_role_policy.proxy_access_policy").policy as string);
    expect(Statement).toEqual([
      {
        Sid: "ReadSecretsOfUsers",
        Effect: "Allow",
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: [user("app").secretArn, user("reports").secretArn],
      },
      { Effect: "Allow", Action: "kms for secretsmanager", Resource: [] },
    ]);
  });

  describe("with IAM from end to end", () => {
    const iam = {
      config: { authentication: "iam" as const },
      cluster: { ...cluster, resourceId: "cluster-ABC" },
      users: [{ user: "app" }, { user: "reports" }],
    };

    test("is refused where the provider does not have it", () => {
      expect(() => built(iam)).toThrow(
        'authentication: needs hashicorp/aws 6.25 or later, but this project uses 5.100.0; use "secrets", or upgrade the provider and its bindings first',
      );
    });

    describe("of a provider that has it", () => {
      beforeEach(() => {
        jest.replaceProperty(awsProviderRequirement as { version: string }, "version", "6.25.0");
      });
      afterEach(() => jest.restoreAllMocks());

      test("has no secrets, and logs in as the users of its own cluster only", () => {
        const { at } = built(iam);
        expect(at("aws_db_proxy.proxy_proxy")).toMatchObject({ default_auth_scheme: "IAM_AUTH", auth: [] });
        const { Statement } = JSON.parse(at("aws_iam_role_policy.proxy_access_policy").policy as string);
        expect(Statement).toEqual(
          ["app", "reports"].map((name) => ({
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: `arn:aws:rds-db:eu-west-1:${account}:dbuser:cluster-ABC/${name}`,
          })),
        );
      });

      test.each([
        ["a secret", { ...iam, users: [user("app")] }, "leave its secret out"],
        ["no id of its cluster", { ...iam, cluster }, "pass the cluster's resource id"],
      ])("is refused with %s", (_what, props, remedy) => {
        expect(() => built(props)).toThrow(remedy);
      });
    });
  });

  test("is refused without the secret of a user that has a password", () => {
    expect(() => built({ users: [{ user: "app" }] })).toThrow(
      'the user "app" has no secret, and authentication is "secrets"; pass the user\'s secret',
    );
  });

  test("has a read-only endpoint next to the writer endpoint", () => {
    const { at } = built();
    expect(at("aws_db_proxy_endpoint.proxy_reader")).toMatchObject({
      db_proxy_endpoint_name: "test-orders-reader",
      target_role: "READ_ONLY",
      vpc_subnet_ids: ["subnet-1", "subnet-2"],
    });
    synth((stack) => {
      const { writerEndpoint, readerEndpoint } = proxy(stack);
      expect(resolve(stack, [writerEndpoint, readerEndpoint])).toEqual([
        ref("aws_db_proxy.proxy_proxy.endpoint"),
        ref("aws_db_proxy_endpoint.proxy_reader.endpoint"),
      ]);
    });
  });

  test("takes the connections that the functions' concurrency needs, of the cluster's default of max_connections", () => {
    const { at } = built({ config: { maxIdleConnectionsPercent: 50 } });
    // 200 x 1.3 of 3360.
    expect(at("aws_db_proxy_default_target_group.proxy_target-group").connection_pool_config).toEqual({
      connection_borrow_timeout: 5,
      max_connections_percent: 8,
      max_idle_connections_percent: 4,
    });
    expect(at("aws_db_proxy_target.proxy_target").db_cluster_identifier).toBe("test-orders");
  });

  test("keeps its log for a time, encrypted", () => {
    expect(built().at("aws_cloudwatch_log_group.proxy_log-group")).toMatchObject({
      name: "/aws/rds/proxy/test-orders",
      retention_in_days: 30,
      kms_key_id: key.arnIn("eu-west-1"),
    });
  });

  test("has alarms on pinned sessions, waits for connections, a full pool and failures to connect", () => {
    const { at, addresses } = built({ alarms });
    const alarm = (id: string) => at(`aws_cloudwatch_metric_alarm.proxy_alarms_${id}`);
    const dimensions = { ProxyName: "test-orders", TargetGroup: "default", TargetRole: "READ_WRITE" };
    expect(alarm("pinned-read-write")).toMatchObject({
      threshold: 10,
      alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
      metric_query: [
        { metric: { metric_name: "DatabaseConnectionsCurrentlySessionPinned", dimensions } },
        { metric: { metric_name: "DatabaseConnections", dimensions } },
        { expression: "100 * part / MAX([whole, 1])", return_data: true },
      ],
    });
    expect(alarm("borrow-latency")).toMatchObject({
      metric_name: "DatabaseConnectionsBorrowLatency",
      dimensions: { ProxyName: "test-orders" },
      threshold: 500_000,
    });
    expect(alarm("connections-read-only").metric_query).toMatchObject([
      { metric: { metric_name: "DatabaseConnections" } },
      { metric: { metric_name: "MaxDatabaseConnectionsAllowed" } },
      {},
    ]);
    expect(addresses.filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."))).toHaveLength(7);
    expect(built().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("lets a principal connect as one of its users", () => {
    const id = 'element(split(":", aws_db_proxy.proxy_proxy.arn), 6)';
    expect(grantsIn("eu-west-1", (stack, grantee) => proxy(stack).grantConnect(grantee, "app"))).toEqual([
      { actions: ["rds-db:connect"], resources: [`arn:aws:rds-db:eu-west-1:${account}:dbuser:${ref(id)}/app`] },
    ]);
  });

  test("lets a principal connect as the user that one of its users alternates with", () => {
    const alternating = { users: [{ ...user("app"), alternate: "app_clone" }] };
    const grants = grantsIn("eu-west-1", (stack, grantee) =>
      proxy(stack, alternating).grantConnect(grantee, "app_clone"),
    );
    expect(JSON.stringify(grants)).toMatch(/\/app_clone"/);
  });

  test("keeps its addresses", () => {
    expect(built().addresses).toEqual([
      "aws_cloudwatch_log_group.proxy_log-group",
      "aws_db_proxy.proxy_proxy",
      "aws_db_proxy_default_target_group.proxy_target-group",
      "aws_db_proxy_endpoint.proxy_reader",
      "aws_db_proxy_target.proxy_target",
      "aws_iam_role.proxy_access_role",
      "aws_iam_role_policy.proxy_access_policy",
    ]);
    expect(synth(everyOption).addresses).toContain("aws_db_proxy.least_proxy");
  });

  describe("refuses", () => {
    const props: [string, Partial<DatabaseProxyProps>, string][] = [
      [
        "more concurrency than the database has connections for",
        { concurrency: 3000 },
        "test/proxy: 3000 concurrent executions need 3900 connections, 117 percent of max_connections (3360), but only 90 percent are available; raise the capacity",
      ],
      [
        "to take the connections of forwarded writes",
        { concurrency: 1800, cluster: { ...cluster, writeForwarding: true } },
        "70 percent of max_connections (3360), but only 65 percent are available",
      ],
      [
        "one subnet, even if named twice",
        { subnetIds: ["subnet-1", "subnet-1"] },
        "has 1 distinct subnets, but a proxy needs at least 2, in 2 zones; pass subnets in two zones",
      ],
      [
        "to be without users",
        { users: [] },
        "has 0 users, but a proxy takes 1 to 200; pass a secret for each database user that connects",
      ],
      ["a user twice", { users: [user("app"), user("app")] }, 'the user "app" is listed twice; list each user once'],
      [
        "a concurrency of nothing",
        { concurrency: 0 },
        "a concurrency of 0 cannot size a pool; add up the reserved concurrency",
      ],
      [
        "a name that is none",
        { name: "Test--Orders" },
        '"Test--Orders" is not a valid proxy name; use up to 56 lower-case letters',
      ],
    ];
    test.each(props)("%s", (_, given, message) => {
      expect(() => built(given)).toThrow(message);
    });

    const configs: [string, object, string][] = [
      ["connections without TLS", { requireTls: false }, "requireTls: unknown field"],
      ["another engine family", { engineFamily: "MYSQL" }, "engineFamily: unknown field"],
      ["passwords instead of IAM", { iamAuth: "DISABLED" }, "iamAuth: unknown field"],
      [
        "to share a connection among less than one execution",
        { executionsPerConnection: 0.5 },
        "executionsPerConnection: is too small; use at least 1",
      ],
      ["to leave nothing for administration", { reservedPercent: 0 }, "reservedPercent: is too small; use at least 1"],
      [
        "a wait without end",
        { connectionBorrowTimeoutSeconds: 3600 },
        "connectionBorrowTimeoutSeconds: is too large; use at most 300",
      ],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => built({ config: config as DatabaseProxyInput })).toThrow(message);
    });

    test("grants to a user without a secret, or from another region", () => {
      const grant = (region: string, name: string) => () =>
        grantsIn(region, (stack, grantee) => proxy(stack).grantConnect(grantee, name));
      expect(grant("eu-west-1", "owner")).toThrow(
        'has no secret for the user "owner", only for app, reports; add the user with its secret',
      );
      expect(grant("eu-central-1", "app")).toThrow(
        "is in eu-west-1, but the grantee runs in eu-central-1; grant access to the database in the grantee's own region",
      );
    });
  });

  test("has an example in its README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "database-proxy");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});

describe("poolSize", () => {
  const demand = {
    concurrency: 500,
    executionsPerConnection: 1,
    reservedPercent: 10,
    writeForwarding: false,
    capacity: cluster.capacity,
  };

  test("adds headroom to one connection for each execution", () => {
    expect(poolSize(demand)).toEqual({ maxConnections: 3360, connections: 650, percent: 20, availablePercent: 90 });
  });

  test("counts fewer where executions share connections", () => {
    expect(poolSize({ ...demand, executionsPerConnection: 5 }).connections).toBe(130);
  });
});
