import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { DeploymentStack, type RegionalKey } from "../../../modules/core";
import {
  type DatabaseCapacity,
  GlobalDatabase,
  type GlobalDatabaseInput,
  type GlobalDatabaseProps,
  maxConnections,
} from "../../../modules/global-database";
import { grantsIn, ref, resolve, synth, testApp } from "../../support/synth";
import { everyOption } from "./every-option";

const account = "123456789012";
const keyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1`;
const key: RegionalKey = { arnIn: keyArn, grantUse: () => undefined };
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };
const network = (region: string) => ({ subnetGroupName: `subnets-${region}`, securityGroupIds: [`sg-${region}`] });
const networks = { "eu-west-1": network("eu-west-1"), "eu-central-1": network("eu-central-1") };
const config: GlobalDatabaseInput = {
  engineVersion: "16.6",
  databaseName: "orders",
  capacity: { type: "serverless", minCapacity: 2, maxCapacity: 16 },
};

const database = (stack: DeploymentStack, props: Partial<GlobalDatabaseProps> = {}) =>
  new GlobalDatabase(stack, "orders", {
    config,
    name: "test-orders",
    account,
    home: "eu-west-1",
    standby: [],
    key,
    networks,
    ...props,
  });
const built = (props: Partial<GlobalDatabaseProps> = {}) => synth((stack) => database(stack, props));
const global = { standby: ["eu-central-1"] };
const home = "aws_rds_cluster.orders_eu-west-1_cluster";
const standby = "aws_rds_cluster.orders_eu-central-1_cluster";

describe("GlobalDatabase", () => {
  test("is global, encrypted, protected and recoverable from the first day, even in one region", () => {
    const { at } = built();
    expect(at("aws_rds_global_cluster.orders_global")).toMatchObject({
      provider: "aws.eu-west-1",
      engine: "aurora-postgresql",
      storage_encrypted: true,
      deletion_protection: true,
      database_name: "orders",
    });
    expect(at(home)).toMatchObject({
      provider: "aws.eu-west-1",
      global_cluster_identifier: ref("aws_rds_global_cluster.orders_global.id"),
      engine_mode: "provisioned",
      storage_encrypted: true,
      kms_key_id: keyArn("eu-west-1"),
      database_name: "orders",
      master_username: "dbadmin",
      db_subnet_group_name: "subnets-eu-west-1",
      iam_database_authentication_enabled: true,
      backup_retention_period: 35,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "test-orders-final",
      enabled_cloudwatch_logs_exports: ["iam-db-auth-error", "postgresql"],
      serverlessv2_scaling_configuration: { min_capacity: 2, max_capacity: 16 },
    });
  });

  test("only gains resources with a region and alarms: what was there stays as it was, but for the secret's replica", () => {
    const before = built();
    const after = built({ ...global, alarms });
    expect(after.addresses).toEqual(expect.arrayContaining([...before.addresses]));
    const secret = "aws_secretsmanager_secret.orders_master_secret";
    for (const address of before.addresses.filter((known) => known !== secret)) {
      expect(after.at(address)).toEqual(before.at(address));
    }
    expect(after.at(secret)).toEqual({
      ...before.at(secret),
      replica: [{ region: "eu-central-1", kms_key_id: keyArn("eu-central-1") }],
    });
  });

  test("adds a standby region to a primary that runs, with its own key and network, and without a user of its own", () => {
    const { at } = built(global);
    const cluster = at(standby);
    expect(cluster).toMatchObject({
      provider: "aws.eu-central-1",
      global_cluster_identifier: ref("aws_rds_global_cluster.orders_global.id"),
      storage_encrypted: true,
      kms_key_id: keyArn("eu-central-1"),
      db_subnet_group_name: "subnets-eu-central-1",
      source_region: "eu-west-1",
      enable_global_write_forwarding: false,
      depends_on: expect.arrayContaining(["aws_rds_cluster_instance.orders_eu-west-1_instance-1"]),
    });
    expect([cluster.database_name, cluster.master_username, cluster.master_password_wo]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("leaves the roles of its clusters alone after a failover, in every region, and upgrades through the global cluster", () => {
    const { at } = built(global);
    for (const address of [home, standby]) {
      expect(at(address).lifecycle).toEqual({
        ignore_changes: ["replication_source_identifier", "global_cluster_identifier", "engine_version"],
      });
    }
  });

  test("forwards writes only when asked", () => {
    const { at } = built({ ...global, config: { ...config, writeForwarding: true } });
    expect(at(standby).enable_global_write_forwarding).toBe(true);
  });

  test("keeps the master password out of plan and state", () => {
    const stack = new DeploymentStack(testApp(), "test", { regions: ["eu-west-1"], account, tags: {} });
    database(stack, { config: { ...config, masterPasswordVersion: 3 } });
    const json = JSON.parse(Testing.synth(stack));
    const cluster = json.resource.aws_rds_cluster["orders_eu-west-1_cluster"];
    const read = "ephemeral.aws_secretsmanager_secret_version.orders_master_read.secret_string";
    expect(cluster.master_password_wo).toBe(`\${try(jsondecode(${read}).password, ${read})}`);
    expect(cluster.master_password_wo_version).toBe(3);
    expect([cluster.master_password, cluster.manage_master_user_password]).toEqual([undefined, undefined]);
    const version = json.resource.aws_secretsmanager_secret_version.orders_master_version;
    expect(version.secret_string_wo).toContain("ephemeral.aws_secretsmanager_random_password.orders_master_made");
    expect([version.secret_string, version.secret_string_wo_version]).toEqual([undefined, 3]);
    expect(json.ephemeral.aws_secretsmanager_secret_version.orders_master_read.secret_id).toBe(
      ref("aws_secretsmanager_secret_version.orders_master_version.secret_id"),
    );
    expect(json.terraform.required_version).toBe(">= 1.11.0, < 2.0.0");
    expect(json.resource.aws_secretsmanager_secret.orders_master_secret.name).not.toMatch(/-[A-Za-z0-9]{6}$/);
  });

  test("refuses connections without TLS and bounds statements and idle transactions on the server", () => {
    const parameter = built({
      config: { ...config, maxRecoveryPointSeconds: 60, parameters: { log_lock_waits: "1" } },
    }).at("aws_rds_cluster_parameter_group.orders_eu-west-1_parameters").parameter;
    expect(parameter).toEqual([
      { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
      { name: "password_encryption", value: "scram-sha-256", apply_method: "pending-reboot" },
      { name: "statement_timeout", value: "30000", apply_method: "immediate" },
      { name: "idle_in_transaction_session_timeout", value: "60000", apply_method: "immediate" },
      { name: "log_statement", value: "none", apply_method: "pending-reboot" },
      { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
      { name: "rds.global_db_rpo", value: "60", apply_method: "immediate" },
      { name: "log_lock_waits", value: "1", apply_method: "pending-reboot" },
    ]);
  });

  test("leaves log_statement to whoever sets it, in whatever case", () => {
    const { parameter } = built({ config: { ...config, parameters: { LOG_STATEMENT: "none" } } }).at(
      "aws_rds_cluster_parameter_group.orders_eu-west-1_parameters",
    );
    const names = (parameter as { name: string }[]).map(({ name }) => name.toLowerCase());
    expect(names.filter((name) => name === "log_statement")).toHaveLength(1);
  });

  test.each([
    ["13.23", "immediate", "immediate"],
    ["16.6", "immediate", "pending-reboot"],
    ["17.4", "pending-reboot", "pending-reboot"],
  ])("leaves what engine %s already does to the next restart, as RDS would", (engineVersion, tls, passwords) => {
    const { parameter } = built({ config: { ...config, engineVersion } }).at(
      "aws_rds_cluster_parameter_group.orders_eu-west-1_parameters",
    ) as { parameter: { name: string; apply_method: string }[] };
    expect(Object.fromEntries(parameter.map(({ name, apply_method }) => [name, apply_method]))).toMatchObject({
      "rds.force_ssl": tls,
      password_encryption: passwords,
      statement_timeout: "immediate",
    });
  });

  test("has private instances, watched by Performance Insights and enhanced monitoring", () => {
    const { at, addresses } = built({ ...global, config: { ...config, instances: { home: 3, standby: 2 } } });
    expect(at("aws_rds_cluster_instance.orders_eu-west-1_instance-3")).toMatchObject({
      instance_class: "db.serverless",
      publicly_accessible: false,
      promotion_tier: 1,
      performance_insights_enabled: true,
      performance_insights_kms_key_id: keyArn("eu-west-1"),
      monitoring_interval: 60,
      monitoring_role_arn: ref("aws_iam_role.orders_monitoring-role.arn"),
    });
    expect(addresses.filter((address) => address.startsWith("aws_rds_cluster_instance."))).toHaveLength(5);
  });

  test("has alarms in each region, on capacity or memory as it fits, and on lag where there is another region", () => {
    const names = (props: Partial<GlobalDatabaseProps>, region = "eu-west-1") =>
      built({ alarms, ...props })
        .addresses.filter((address) => address.startsWith(`aws_cloudwatch_metric_alarm.orders_alarms-${region}_`))
        .map((address) => address.split(`${region}_`)[1]);
    expect(names({})).toEqual(["capacity", "connections", "cpu", "deadlocks", "storage", "transaction-ids"]);
    const provisioned = { ...config, capacity: { type: "provisioned" as const, instanceClass: "db.r7g.large" } };
    expect(names({ ...global, config: provisioned }, "eu-central-1")).toEqual([
      "connections",
      "cpu",
      "deadlocks",
      "memory",
      "replication-lag",
      "storage",
      "transaction-ids",
    ]);
    const { at } = built({ alarms });
    expect(at("aws_cloudwatch_metric_alarm.orders_alarms-eu-west-1_connections")).toMatchObject({
      namespace: "AWS/RDS",
      metric_name: "DatabaseConnections",
      dimensions: { DBClusterIdentifier: "test-orders" },
      threshold: Math.floor(3360 * 0.8),
      alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
    });
  });

  test("lets a principal connect to the cluster of its own region, as one user", () => {
    const grants = grantsIn("eu-central-1", (stack, grantee) => database(stack, global).grantConnect(grantee, "app"));
    expect(grants).toEqual([
      {
        actions: ["rds-db:connect"],
        resources: [
          `arn:aws:rds-db:eu-central-1:${account}:dbuser:${ref("aws_rds_cluster.orders_eu-central-1_cluster.cluster_resource_id")}/app`,
        ],
      },
    ]);
  });

  test("lets a principal of the home region read the master user's login", () => {
    const grants = grantsIn("eu-west-1", (stack, grantee) => database(stack, global).grantReadMasterSecret(grantee));
    expect(grants).toEqual([
      {
        actions: ["secretsmanager:GetSecretValue"],
        resources: [expect.stringContaining("aws_secretsmanager_secret.orders_master_secret.arn")],
      },
    ]);
    expect(() =>
      grantsIn("eu-central-1", (stack, grantee) => database(stack, global).grantReadMasterSecret(grantee)),
    ).toThrow("is administered in eu-west-1, but the grantee runs in eu-central-1; administer it from its home region");
  });

  test("gives endpoints and what pools need, per region; pools wait for an instance", () => {
    synth((stack) => {
      const orders = database(stack, global);
      const { writerEndpoint, readerEndpoint } = orders.accessIn("eu-central-1");
      expect(resolve(stack, [writerEndpoint, readerEndpoint, orders.clusterArnIn("eu-west-1")])).toEqual([
        ref(`${standby}.endpoint`),
        ref(`${standby}.reader_endpoint`),
        ref(`${home}.arn`),
      ]);
      expect(resolve(stack, orders.pooledClusterIn("eu-west-1"))).toMatchObject({
        clusterIdentifier: ref("aws_rds_cluster_instance.orders_eu-west-1_instance-1.cluster_identifier"),
        databaseName: "orders",
      });
    });
  });

  test("keeps its addresses", () => {
    expect(built({ ...global, config: { ...config, instances: { home: 1 } } }).addresses).toEqual([
      "aws_cloudwatch_log_group.orders_eu-central-1_log-iam-db-auth-error",
      "aws_cloudwatch_log_group.orders_eu-central-1_log-postgresql",
      "aws_cloudwatch_log_group.orders_eu-west-1_log-iam-db-auth-error",
      "aws_cloudwatch_log_group.orders_eu-west-1_log-postgresql",
      "aws_iam_role.orders_monitoring-role",
      "aws_iam_role_policy_attachment.orders_monitoring-policy",
      standby,
      home,
      "aws_rds_cluster_instance.orders_eu-central-1_instance-1",
      "aws_rds_cluster_instance.orders_eu-west-1_instance-1",
      "aws_rds_cluster_parameter_group.orders_eu-central-1_parameters",
      "aws_rds_cluster_parameter_group.orders_eu-west-1_parameters",
      "aws_rds_global_cluster.orders_global",
      "aws_secretsmanager_secret.orders_master_secret",
      "aws_secretsmanager_secret_version.orders_master_version",
    ]);
    expect(synth(everyOption).addresses.length).toBeGreaterThan(60);
  });

  describe("refuses", () => {
    const capacity = (minCapacity: number, maxCapacity: number) => ({
      capacity: { type: "serverless", minCapacity, maxCapacity },
    });
    const configs: [string, object, string][] = [
      [
        "a version that is none",
        { engineVersion: "16" },
        "engineVersion: is not a version of Aurora; write major and minor of Aurora PostgreSQL, such as 16.6",
      ],
      [
        "a database name with a hyphen",
        { databaseName: "my-db" },
        "databaseName: is not a valid name; use up to 63 lower-case letters",
      ],
      [
        "a reserved database name",
        { databaseName: "postgres" },
        "databaseName: is reserved by Aurora PostgreSQL; choose another name",
      ],
      [
        "a reserved master user",
        { masterUsername: "rds_owner" },
        "masterUsername: is reserved by Aurora PostgreSQL; choose another name",
      ],
      [
        "a minimum above the maximum",
        capacity(8, 4),
        "capacity.minCapacity: is above maxCapacity, 4; use at most that value",
      ],
      [
        "capacity in odd steps",
        capacity(1.3, 4),
        "capacity.minCapacity: is not a multiple of 0.5; use a multiple of 0.5",
      ],
      [
        "a pause at no capacity, which a global database does not make",
        capacity(0, 4),
        "capacity.minCapacity: is too small; use at least 0.5",
      ],
      [
        "an instance class that global databases do not take",
        { capacity: { type: "provisioned", instanceClass: "db.t4g.medium" } },
        "capacity.instanceClass: is not an instance class for an Aurora global database; use a memory-optimized class, db.r5 or newer, such as db.r7g.large",
      ],
      [
        "a malformed backup window",
        { preferredBackupWindow: "2:00" },
        "preferredBackupWindow: is not a daily window; write it in UTC as hh:mm-hh:mm",
      ],
      [
        "a short backup window",
        { preferredBackupWindow: "02:00-02:10" },
        "preferredBackupWindow: is shorter than 30 minutes; make it 30 minutes or longer",
      ],
      [
        "a malformed maintenance window",
        { preferredMaintenanceWindow: "sunday" },
        "preferredMaintenanceWindow: is not a weekly window",
      ],
      [
        "maintenance during the backup",
        { preferredBackupWindow: "23:30-00:30", preferredMaintenanceWindow: "mon:00:15-mon:01:00" },
        "preferredMaintenanceWindow: overlaps the backup window 23:30-00:30; move one of the windows",
      ],
      ["no backups", { backupRetentionDays: 0 }, "backupRetentionDays: is too small; use at least 1"],
      [
        "an odd retention of Performance Insights",
        { performanceInsightsRetentionDays: 30 },
        "performanceInsightsRetentionDays: is not a valid retention period; use 7, a multiple of 31 up to 713, or 731",
      ],
      [
        "connections without TLS",
        { parameters: { "rds.force_ssl": "0" } },
        "parameters.rds.force_ssl: is set by the toolkit; connections without TLS are always rejected, so remove it",
      ],
      [
        "another max_connections than pools count on",
        { parameters: { max_connections: "9000" } },
        "parameters.max_connections: is set by the toolkit; pools are sized from its default",
      ],
      [
        "forwarding in a version without it",
        { engineVersion: "14.6", writeForwarding: true },
        "writeForwarding: needs Aurora PostgreSQL 14.9, 15.4, 16.1 or newer, not 14.6; upgrade, or turn it off",
      ],
      [
        "a recovery point below what Aurora can promise",
        { maxRecoveryPointSeconds: 5 },
        "maxRecoveryPointSeconds: is too small; use at least 20",
      ],
      ["to be unencrypted", { storageEncrypted: false }, "storageEncrypted: unknown field"],
      ["another key", { kmsKeyId: "mrk-1" }, "kmsKeyId: unknown field"],
      ["another engine mode", { engineMode: "serverless" }, "engineMode: unknown field"],
      ["zones apart from its network's", { availabilityZones: ["a", "b"] }, "availabilityZones: unknown field"],
    ];
    test.each(configs)("%s", (_, wrong, message) => {
      expect(() => built({ config: { ...config, ...wrong } as GlobalDatabaseInput })).toThrow(message);
    });

    const props: [string, Partial<GlobalDatabaseProps>, string][] = [
      [
        "a name that is no identifier",
        { name: "Test_Orders" },
        '"Test_Orders" is not a valid cluster identifier; use up to 60 lower-case letters',
      ],
      [
        "a region twice",
        { standby: ["eu-west-1"] },
        'region "eu-west-1" is listed twice; list home and each standby region once',
      ],
      [
        "a region without a network",
        { ...global, networks: { "eu-west-1": network("eu-west-1") } },
        'has no network in region "eu-central-1"; add the region to networks',
      ],
      [
        "a region of another partition",
        { standby: ["cn-north-1"] },
        '"cn-north-1" is in a different partition than "eu-west-1"',
      ],
      [
        "more regions than Aurora takes",
        { standby: Array.from({ length: 11 }, (_, at) => `region-${at}`) },
        "has 11 standby regions, but Aurora allows at most 10; remove some",
      ],
    ];
    test.each(props)("%s", (_, given, message) => {
      expect(() => built(given)).toThrow(message);
    });

    test("references to a region without a cluster", () => {
      synth((stack) => {
        expect(() => database(stack).accessIn("eu-central-1")).toThrow(
          'test/orders: has no cluster in region "eu-central-1", only in eu-west-1; add the region to the database\'s standby regions',
        );
      });
    });

    test("grants to the master user, and to users by wildcard", () => {
      const grant = (user: string) => () =>
        grantsIn("eu-west-1", (stack, grantee) => database(stack).grantConnect(grantee, user));
      expect(grant("dbadmin")).toThrow('"dbadmin" is the master user; create a separate user for each service');
      expect(grant("*")).toThrow('"*" is not a valid database user name; use up to 63 lower-case letters');
    });
  });

  test("has an example in its README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "global-database");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});

describe("maxConnections", () => {
  const serverless = (minCapacity: number, maxCapacity: number): DatabaseCapacity => ({
    type: "serverless",
    minCapacity,
    maxCapacity,
  });

  test("is what AWS documents for serverless capacity", () => {
    expect([1, 4, 8, 16, 32, 256].map((most) => maxConnections(serverless(1, most)))).toEqual([
      189, 823, 1669, 3360, 5000, 5000,
    ]);
  });

  test("is at most 2000 where the least capacity is below 1", () => {
    expect([4, 16, 128].map((most) => maxConnections(serverless(0.5, most)))).toEqual([823, 2000, 2000]);
  });

  test("never falls with capacity, between the documented values", () => {
    const values = Array.from({ length: 64 }, (_, at) => maxConnections(serverless(1, 1 + at / 2)));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  test("follows the size of a provisioned class", () => {
    const of = (instanceClass: string) => maxConnections({ type: "provisioned", instanceClass });
    expect([of("db.r7g.large"), of("db.r6i.xlarge"), of("db.r8g.24xlarge")]).toEqual([1600, 3200, 5000]);
  });
});
