import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PgBouncerPoolProps } from "../../../modules/pgbouncer-pool";
import { grantsIn, ref, type Synthesized, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import {
  account,
  built,
  cluster,
  configured,
  containerOf,
  containersOf,
  image,
  iniOf,
  key,
  least,
  pool,
  secretArn,
} from "./pools";

const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };
const user = (name: string) => ({ user: name, secretArn: secretArn(name) });
/** The settings of the writer's PgBouncer. */
const settings = (config: object = {}, role = "writer") =>
  new Map(
    iniOf(containerOf(configured(config), role))
      .split("\n")
      .map((line) => line.split(" = ") as [string, string]),
  );

describe("PgBouncerPool", () => {
  test("takes clients over TLS only, and verifies the database's certificate", () => {
    const given = settings();
    expect(
      Object.fromEntries(
        ["client_tls_sslmode", "server_tls_sslmode", "auth_type"].map((name) => [name, given.get(name)]),
      ),
    ).toEqual({
      client_tls_sslmode: "require",
      server_tls_sslmode: "verify-full",
      auth_type: "scram-sha-256",
    });
    expect(given.get("server_tls_ca_file")).toBe("database-authorities.crt");
    expect(settings({ databaseAuthoritiesFile: "/etc/ssl/rds.pem" }).get("server_tls_ca_file")).toBe(
      "/etc/ssl/rds.pem",
    );
  });

  test("has a PgBouncer for the writer and one for the readers in each task, whose configuration holds no secret", () => {
    const synthesized = built();
    expect(settings().get("orders")).toMatch(/^host=writer.cluster.example.com port=5432 dbname=orders( |$)/);
    expect(settings({}, "reader").get("orders")).toBe("host=reader.cluster.example.com port=5432 dbname=orders");
    const writer = containerOf(synthesized, "writer");
    expect(writer.environment.map(({ name }) => name)).toEqual(["LOOKUP_USER", "PGBOUNCER_INI", "RUN_FOLDER"]);
    // Those of the pool's region, though the configuration names another one.
    expect(writer.secrets).toEqual([
      { name: "LOOKUP_PASSWORD", valueFrom: `${secretArn("lookup")}:password::` },
      { name: "SERVER_CERTIFICATE", valueFrom: `${secretArn("pool-certificate")}:certificate::` },
      { name: "SERVER_PRIVATE_KEY", valueFrom: `${secretArn("pool-certificate")}:privateKey::` },
      { name: "DATABASE_AUTHORITIES", valueFrom: `${secretArn("pool-certificate")}:databaseAuthorities::` },
    ]);
  });

  test("follows a failover: names are looked up often, and a failure holds nobody up", () => {
    const given = settings();
    expect(
      ["dns_max_ttl", "server_login_retry", "server_fast_close", "query_wait_timeout"].map((name) => given.get(name)),
    ).toEqual(["5", "1", "1", "5"]);
  });

  test("leaves a server that follows another one, but not for readers, and not where such a server forwards writes", () => {
    const ends = "SELECT pg_terminate_backend(pg_backend_pid()) WHERE pg_is_in_recovery()";
    const checksOf = (synthesized: Synthesized, role: string) => {
      const ini = iniOf(containerOf(synthesized, role));
      return [/connect_query='(.*)'$/m, /^server_check_query = (.*)$/m, /^server_check_delay = (.*)$/m].map(
        (pattern) => pattern.exec(ini)?.[1],
      );
    };
    expect(checksOf(built(), "writer")).toEqual([ends, ends, "1"]);
    expect(checksOf(built(), "reader")).toEqual([undefined, undefined, undefined]);
    const forwarding = built({ cluster: { ...cluster, writeForwarding: true } });
    expect(checksOf(forwarding, "writer")).toEqual([undefined, undefined, undefined]);
  });

  test("pools transactions with named statements, or sessions", () => {
    expect([settings().get("pool_mode"), settings().get("max_prepared_statements")]).toEqual(["transaction", "200"]);
    const session = settings({ poolMode: "session" });
    expect([
      session.get("pool_mode"),
      session.get("max_prepared_statements"),
      session.get("server_reset_query"),
    ]).toEqual(["session", undefined, "DISCARD ALL"]);
  });

  test("meets the demand with the least number of tasks, and stays within max_connections with the most", () => {
    const given = settings();
    // 100 x 1.3 over two tasks.
    expect([given.get("default_pool_size"), given.get("max_db_connections")]).toEqual(["65", "67"]);
    expect(given.get("max_client_conn")).toBe("200");
    synth((stack) => {
      // Four tasks, and two more during a deployment, with two PgBouncers each.
      expect(pool(stack).limits).toMatchObject({
        connectionsPerPooler: 65,
        tasksAtMost: 6,
        connectionsAtMost: 804,
        availableConnections: 3024,
      });
    });
  });

  test("runs as a user without rights, on a file system that is read-only but for one folder", () => {
    const synthesized = built();
    for (const container of containersOf(synthesized)) {
      expect(container).toMatchObject({
        image: image.replace("eu-central-1", "eu-west-1"),
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ["ALL"] } },
        mountPoints: [{ sourceVolume: "run", containerPath: "/run/pgbouncer" }],
      });
    }
    expect(containerOf(synthesized, "writer")).toMatchObject({
      user: "65534:65534",
      essential: true,
      dependsOn: [{ containerName: "folder", condition: "SUCCESS" }],
    });
    expect(containerOf(synthesized, "folder")).toMatchObject({
      command: ["chmod 1777 /run/pgbouncer"],
      essential: false,
    });
    expect(containerOf(synthesized, "folder").secrets).toBeUndefined();
    const definition = synthesized.at("aws_ecs_task_definition.pool_task_definition");
    expect(definition).toMatchObject({
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "512",
      memory: "1024",
      runtime_platform: { cpu_architecture: "ARM64" },
    });
    expect(definition.task_role_arn).toBeUndefined();
  });

  test("leaves nothing in its texts that Terraform would take for an expression of its own", () => {
    const texts = containersOf(built()).flatMap((container) => [
      ...container.command,
      iniOf({ ...container, environment: container.environment ?? [] }),
    ]);
    for (const text of texts) expect(text).not.toMatch(/[$%]\{/);
  });

  test("is started by a role that pulls the image, reads two secrets and writes one log, and nothing else", () => {
    const { Statement } = JSON.parse(built().at("aws_iam_role_policy.pool_task_execution_policy").policy as string);
    expect(Statement).toEqual([
      {
        Sid: "PullImage",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: `arn:aws:ecr:eu-west-1:${account}:repository/tools/pgbouncer`,
      },
      { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-west-1:${account}:log-group:/aws/ecs/test-orders:*`,
      },
      {
        Sid: "ReadSecretsOfPool",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: [secretArn("lookup"), secretArn("pool-certificate")],
      },
      { Effect: "Allow", Action: "kms for secretsmanager", Resource: [] },
    ]);
    const elsewhere = configured({ image: image.replace(/^[^/]*/, "registry.example.com") });
    expect(JSON.stringify(elsewhere.at("aws_iam_role_policy.pool_task_execution_policy"))).not.toContain("ecr:");
  });

  test("runs at least two tasks on a pinned platform, and rolls a deployment back that fails", () => {
    expect(built().at("aws_ecs_service.pool_pool_service")).toMatchObject({
      launch_type: "FARGATE",
      platform_version: "1.4.0",
      desired_count: 2,
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 150,
      deployment_circuit_breaker: { enable: true, rollback: true },
      availability_zone_rebalancing: "ENABLED",
      enable_execute_command: false,
      network_configuration: {
        assign_public_ip: false,
        security_groups: ["sg-pool"],
        subnets: ["subnet-1", "subnet-2"],
      },
      load_balancer: [
        { container_name: "writer", container_port: 6432 },
        { container_name: "reader", container_port: 6433 },
      ],
      lifecycle: { ignore_changes: ["desired_count"] },
      depends_on: [
        "aws_iam_role_policy.pool_task_execution_policy",
        "aws_lb_listener.pool_writer_listener",
        "aws_lb_listener.pool_reader_listener",
      ],
    });
    expect(built().at("aws_appautoscaling_target.pool_pool_scaling")).toMatchObject({
      min_capacity: 2,
      max_capacity: 4,
    });
  });

  test("is behind internal load balancers that pass TCP through over all zones, under names of its own", () => {
    const { at } = built();
    for (const role of ["writer", "reader"]) {
      expect(at(`aws_lb.pool_${role}_load-balancer`)).toMatchObject({
        load_balancer_type: "network",
        internal: true,
        enable_cross_zone_load_balancing: true,
        security_groups: [ref("aws_security_group.pool_path_group.id")],
      });
      expect(at(`aws_lb_listener.pool_${role}_listener`)).toMatchObject({ port: 5432, protocol: "TCP" });
      expect(at(`aws_lb_target_group.pool_${role}_targets`)).toMatchObject({
        target_type: "ip",
        deregistration_delay: "60",
        health_check: { protocol: "TCP" },
      });
      expect(at(`aws_route53_record.pool_${role}_record`)).toMatchObject({
        name: `${role}.orders.pools.example.com`,
        alias: { zone_id: ref(`aws_lb.pool_${role}_load-balancer.zone_id`) },
      });
    }
    expect(at("aws_route53_zone.pool_zone").vpc).toEqual([{ vpc_id: "vpc-1", vpc_region: "eu-west-1" }]);
    synth((stack) => {
      const { writerEndpoint, readerEndpoint, port, databaseName, authentication } = pool(stack);
      expect([writerEndpoint, readerEndpoint, port, databaseName, authentication]).toEqual([
        "writer.orders.pools.example.com",
        "reader.orders.pools.example.com",
        5432,
        "orders",
        "password",
      ]);
    });
  });

  test("lets clients reach the load balancers, and these the tasks, on one port each", () => {
    const { resource } = built();
    const balancer = ref("aws_security_group.pool_path_group.id");
    const path = (type: string) =>
      Object.values(resource[type] ?? {}).map((rule) => [
        rule.security_group_id,
        rule.referenced_security_group_id,
        rule.from_port,
        rule.to_port,
      ]);
    expect(path("aws_vpc_security_group_egress_rule")).toEqual([
      ["sg-clients", balancer, 5432, 5432],
      [balancer, "sg-pool", 6432, 6432],
      [balancer, "sg-pool", 6433, 6433],
    ]);
    expect(path("aws_vpc_security_group_ingress_rule")).toEqual([
      [balancer, "sg-clients", 5432, 5432],
      ["sg-pool", balancer, 6432, 6432],
      ["sg-pool", balancer, 6433, 6433],
    ]);
  });

  test("listens where the clients of the database cannot go around the load balancers", () => {
    const moved = built({ cluster: { ...cluster, port: 6433 } });
    expect(containerOf(moved, "writer").portMappings).toMatchObject([{ containerPort: 7432 }]);
  });

  test("keeps its log for a time, encrypted, without clients that come and go", () => {
    expect(built().at("aws_cloudwatch_log_group.pool_task_log-group")).toMatchObject({
      name: "/aws/ecs/test-orders",
      retention_in_days: 30,
      kms_key_id: key.arnIn("eu-west-1"),
    });
    expect(["verbose", "log_connections", "log_disconnections"].map((name) => settings().get(name))).toEqual([
      "0",
      "0",
      "0",
    ]);
  });

  test("has alarms on hosts, use, rejected and waiting clients, and logins that the database refuses", () => {
    const { at, addresses } = built({ alarms });
    const alarm = (id: string) => at(`aws_cloudwatch_metric_alarm.pool_alarms_${id}`);
    expect(alarm("no-host-writer")).toMatchObject({
      metric_name: "HealthyHostCount",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      treat_missing_data: "breaching",
      alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
      dimensions: {
        LoadBalancer: ref("aws_lb.pool_writer_load-balancer.arn_suffix"),
        TargetGroup: ref("aws_lb_target_group.pool_writer_targets.arn_suffix"),
      },
    });
    expect(alarm("cpu").dimensions).toEqual({ ClusterName: "test-orders", ServiceName: "test-orders" });
    expect(at("aws_cloudwatch_log_metric_filter.pool_alarms_rejected-filter")).toMatchObject({
      pattern: '"no more connections allowed"',
      metric_transformation: { namespace: "Evenkeel/Pools", name: "test-orders-rejected" },
    });
    const ids = addresses.flatMap((address) => address.split("aws_cloudwatch_metric_alarm.pool_alarms_")[1] ?? []);
    expect(ids).toEqual([
      "cpu",
      "logins",
      "memory",
      "no-host-reader",
      "no-host-writer",
      "rejected",
      "resets-reader",
      "resets-writer",
      "unhealthy-reader",
      "unhealthy-writer",
      "waits",
    ]);
    expect(built().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("lets a principal read the login of one of its users", () => {
    expect(grantsIn("eu-west-1", (stack, grantee) => pool(stack).grantConnect(grantee, "app"))).toEqual([
      { actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources: [secretArn("app")] },
      { actions: ["kms for secretsmanager"], resources: [] },
    ]);
  });

  test("keeps its addresses", () => {
    expect(built().addresses).toEqual([
      "aws_appautoscaling_policy.pool_pool_cpu",
      "aws_appautoscaling_target.pool_pool_scaling",
      "aws_cloudwatch_log_group.pool_task_log-group",
      "aws_ecs_cluster.pool_pool_cluster",
      "aws_ecs_service.pool_pool_service",
      "aws_ecs_task_definition.pool_task_definition",
      "aws_iam_role.pool_task_execution_role",
      "aws_iam_role_policy.pool_task_execution_policy",
      "aws_lb.pool_reader_load-balancer",
      "aws_lb.pool_writer_load-balancer",
      "aws_lb_listener.pool_reader_listener",
      "aws_lb_listener.pool_writer_listener",
      "aws_lb_target_group.pool_reader_targets",
      "aws_lb_target_group.pool_writer_targets",
      "aws_route53_record.pool_reader_record",
      "aws_route53_record.pool_writer_record",
      "aws_route53_zone.pool_zone",
      "aws_security_group.pool_path_group",
      "aws_vpc_security_group_egress_rule.pool_path_clients-out",
      "aws_vpc_security_group_egress_rule.pool_path_tasks-6432-out",
      "aws_vpc_security_group_egress_rule.pool_path_tasks-6433-out",
      "aws_vpc_security_group_ingress_rule.pool_path_clients-in",
      "aws_vpc_security_group_ingress_rule.pool_path_tasks-6432-in",
      "aws_vpc_security_group_ingress_rule.pool_path_tasks-6433-in",
    ]);
    expect(synth(everyOption).addresses).toContain("aws_ecs_service.least_pool_service");
  });

  describe("refuses", () => {
    const props: [string, Partial<PgBouncerPoolProps>, string][] = [
      [
        "more concurrency than the database has connections for at the most tasks",
        { concurrency: 400 },
        "test/pool: 400 concurrent executions need 260 connections in each PgBouncer, 3144 in 6 tasks, but only 3024 of 3360 are available; raise the capacity of the database, lower scaling.max",
      ],
      [
        "to take the connections of forwarded writes",
        { concurrency: 300, cluster: { ...cluster, writeForwarding: true } },
        "2364 in 6 tasks, but only 2184 of 3360 are available",
      ],
      [
        "fewer client connections than functions may open",
        { config: { ...least, maxClientConnections: 99 } },
        "allows 99 client connections per PgBouncer, but the functions may run 100 at once and may all connect to the same one; raise maxClientConnections or remove it",
      ],
      [
        "more connections than a task has files for",
        { config: { ...least, executionsPerConnection: 100 }, concurrency: 33_000 },
        "needs 66217 open files per PgBouncer, but Fargate allows 65535; reserve less concurrency",
      ],
      [
        "one subnet, even if named twice",
        {
          network: {
            vpcId: "vpc-1",
            subnetIds: ["subnet-1", "subnet-1"],
            clientSecurityGroupId: "sg-1",
            poolSecurityGroupId: "sg-2",
          },
        },
        "has 1 distinct subnets, so it would be in one zone only; pass subnets in two zones",
      ],
      ["to be without users", { users: [] }, "has no users; pass a secret for each database user that connects"],
      ["a user twice", { users: [user("app"), user("app")] }, 'the user "app" is listed twice; list each user once'],
      [
        "a service that connects as the user that looks logins up",
        { users: [user("pool_lookup")] },
        '"pool_lookup" is the lookup user and cannot be the user of a service; choose another lookupUser',
      ],
      ["a concurrency of nothing", { concurrency: 0 }, "a concurrency of 0 cannot size a pool; add up the reserved"],
      [
        "a name that is none",
        { name: "Test--Orders" },
        '"Test--Orders" is not a valid pool name; use up to 54 lower-case',
      ],
      [
        "a database with the name of PgBouncer's console",
        { cluster: { ...cluster, databaseName: "pgbouncer" } },
        'the database name "pgbouncer" is reserved for the PgBouncer console; choose another database name',
      ],
      [
        "a certificate of another account",
        { account: "999999999999" },
        "the certificate's secret is in account 123456789012, but the pool in 999999999999; use a secret in the same account",
      ],
    ];
    test.each(props)("%s", (_, given, message) => {
      expect(() => built(given)).toThrow(message);
    });

    const configs: [string, object, string][] = [
      [
        "an image that is not pinned by digest",
        { image: "registry.example.com/pgbouncer:1.24" },
        "image: is not pinned by digest, so its content can change; write it as",
      ],
      [
        "a platform version that moves",
        { platformVersion: "LATEST" },
        "platformVersion: is not a pinned platform version; use 1.4.0, because LATEST can change between two deployments",
      ],
      [
        "a single task",
        { scaling: { min: 1 } },
        "scaling.min: is too low to survive the loss of an Availability Zone; use at least 2",
      ],
      [
        "a maximum below the minimum",
        { scaling: { min: 4, max: 3 } },
        "scaling.max: is below min, 4; use at least that value",
      ],
      [
        "a CPU size that Fargate does not know",
        { cpu: 768 },
        "cpu: is not a CPU size that Fargate supports; use one of 256, 512, 1024",
      ],
      [
        "memory that Fargate does not take with the CPU",
        { cpu: 1024, memoryMebibytes: 1024 },
        "memoryMebibytes: is not a memory size that Fargate supports with cpu 1024; use 2048, or another size from 2048 to 8192",
      ],
      ["to run as root", { user: "0:0" }, "user: is not a user and a group id above 0; write them like 65534:65534"],
      ["connections without TLS", { clientTlsSslmode: "prefer" }, "clientTlsSslmode: unknown field"],
      [
        "a secret by its name",
        { certificateSecretArn: "pool-certificate" },
        "certificateSecretArn: is not the ARN of a secret; copy it, including the last six characters",
      ],
      [
        "to share connections between executions in session mode",
        { poolMode: "session", executionsPerConnection: 2 },
        "executionsPerConnection: cannot be above 1 with poolMode session, in which each client keeps its connection; use 1, or set poolMode to transaction",
      ],
      ["a mode that loses transactions", { poolMode: "statement" }, "poolMode: is not one of the allowed values"],
      [
        "a lookup user with reserved name",
        { lookupUser: "rds_lookup" },
        "lookupUser: is not a valid database user name; use up to 40 lower-case letters",
      ],
      ["a wait without end", { queryWaitTimeoutSeconds: 0 }, "queryWaitTimeoutSeconds: is too small; use at least 1"],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => configured(config)).toThrow(message);
    });

    test("grants to a user without a secret, or from another region", () => {
      const grant = (region: string, name: string) => () =>
        grantsIn(region, (stack, grantee) => pool(stack).grantConnect(grantee, name));
      expect(grant("eu-west-1", "owner")).toThrow(
        'has no secret for the user "owner", only for app; add the user with its secret',
      );
      expect(grant("eu-central-1", "app")).toThrow(
        "is in eu-west-1, but the grantee runs in eu-central-1; grant access to the database in the grantee's own region",
      );
    });
  });

  test("has an example in its README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "pgbouncer-pool");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});
