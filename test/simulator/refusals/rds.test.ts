import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const cluster = (more: ObjectValue = {}): ObjectValue => ({
  cluster_identifier: "ledger",
  arn: `arn:aws:rds:${home}:${account}:cluster:ledger`,
  engine: "aurora-postgresql",
  engine_version: "16.6",
  master_username: "master",
  skip_final_snapshot: true,
  ...more,
});
const inGlobal = { global_cluster_identifier: "ledger-global" };
const secondary = (more: ObjectValue = {}): ObjectValue =>
  cluster({ arn: `arn:aws:rds:${standby}:${account}:cluster:ledger`, master_username: "", ...inGlobal, ...more });
const instance = (more: ObjectValue = {}): ObjectValue => ({
  identifier: "ledger-1",
  arn: `arn:aws:rds:${home}:${account}:db:ledger-1`,
  cluster_identifier: "ledger",
  engine: "aurora-postgresql",
  ...more,
});
const subnet = (id: string, zone: string, vpc_id = "vpc-1"): ObjectValue => ({
  id,
  vpc_id,
  availability_zone: `${home}${zone}`,
  cidr_block: `10.0.${id.length}.0/24`,
});

/** A global database with its primary cluster, ready to replicate. */
const withGlobal = (primary: ObjectValue = {}) =>
  new TestCloud()
    .has("aws_rds_global_cluster", { ...inGlobal, arn: "arn:aws:rds::1:global-cluster:ledger-global" })
    .has("aws_rds_cluster", cluster({ ...inGlobal, ...primary }))
    .has("aws_rds_cluster_instance", instance());

describe("RDS refuses a cluster", () => {
  test("whose name is taken, in whatever case", () => {
    const cloud = new TestCloud().has("aws_rds_cluster", cluster());
    expect(cloud.creating("aws_rds_cluster", cluster({ cluster_identifier: "Ledger" }))).toMatch(
      /^creating RDS Cluster \(Ledger\): operation error RDS: CreateDBCluster, .* DBClusterAlreadyExistsFault: DB Cluster already exists\n/,
    );
  });

  test.each<[string, ObjectValue, [string, ObjectValue], string]>([
    [
      "subnet group",
      { db_subnet_group_name: "net" },
      ["aws_db_subnet_group", { name: "net" }],
      "DBSubnetGroupNotFoundFault",
    ],
    [
      "parameter group",
      { db_cluster_parameter_group_name: "p16" },
      ["aws_rds_cluster_parameter_group", { name: "p16", family: "aurora-postgresql16" }],
      "DBClusterParameterGroupNotFound",
    ],
    ["global database", inGlobal, ["aws_rds_global_cluster", inGlobal], "GlobalClusterNotFoundFault"],
  ])("whose %s is not there", (_what, needs, [type, values], code) => {
    expect(new TestCloud().creating("aws_rds_cluster", cluster(needs))).toContain(code);
    expect(new TestCloud().has(type, values).creating("aws_rds_cluster", cluster(needs))).toBe("");
  });

  test("unless it uses the groups that AWS keeps", () => {
    const defaults = {
      db_subnet_group_name: "default",
      db_cluster_parameter_group_name: "default.aurora-postgresql16",
    };
    expect(new TestCloud().creating("aws_rds_cluster", cluster(defaults))).toBe("");
  });

  test("whose parameters are for another version", () => {
    const cloud = new TestCloud().has("aws_rds_cluster_parameter_group", { name: "p", family: "aurora-postgresql15" });
    expect(cloud.creating("aws_rds_cluster", cluster({ db_cluster_parameter_group_name: "p" }))).toContain(
      "InvalidParameterCombination: The Parameter Group p with DBParameterGroupFamily aurora-postgresql15 can't be used",
    );
  });

  test("whose key cannot be used", () => {
    const key = `arn:aws:kms:${standby}:${account}:key/k`;
    const words = new TestCloud().creating("aws_rds_cluster", cluster({ kms_key_id: key }));
    expect(words).toContain(`KMSKeyNotAccessibleFault: The specified KMS key [${key}] does not exist`);
  });

  test("whose security group is of another VPC than its subnets, or gone", () => {
    const cloud = new TestCloud().has("aws_subnet", subnet("subnet-1", "a"));
    cloud.has("aws_db_subnet_group", { name: "net", subnet_ids: ["subnet-1"] });
    const creating = (group: string) =>
      cloud.creating("aws_rds_cluster", cluster({ db_subnet_group_name: "net", vpc_security_group_ids: [group] }));
    cloud
      .has("aws_security_group", { id: "sg-1", vpc_id: "vpc-1" })
      .has("aws_security_group", { id: "sg-2", vpc_id: "vpc-2" });
    cloud.lost("aws_security_group", { id: "sg-3", vpc_id: "vpc-1" });
    expect(creating("sg-1")).toBe("");
    expect(creating("sg-outside")).toBe("");
    expect(creating("sg-2")).toContain("InvalidVPCNetworkStateFault");
    expect(creating("sg-3")).toContain("Invalid security group");
  });
});

describe("RDS refuses a further cluster of a global database", () => {
  test.each<[string, ObjectValue, string]>([
    [
      "has a user of its own",
      { master_username: "master" },
      "Cannot specify user name for cross region replication cluster",
    ],
    ["has a database of its own", { database_name: "ledger" }, "Cannot specify database name"],
  ])("that %s", (_what, more, words) => {
    const creating = (values: ObjectValue) => withGlobal().in(standby).creating("aws_rds_cluster", secondary(values));
    expect(creating({})).toBe("");
    expect(creating(more)).toMatch(new RegExp(`api error InvalidParameterCombination: ${words}`));
  });

  test("that has no key where the primary is encrypted", () => {
    const encrypted = withGlobal({ storage_encrypted: true }).in(standby);
    expect(encrypted.creating("aws_rds_cluster", secondary())).toContain("KmsKeyId must be specified");
    const key = { kms_key_id: `arn:aws:kms:${standby}:${account}:key/outside` };
    expect(encrypted.creating("aws_rds_cluster", secondary(key))).toBe("");
  });

  test("before the primary has an instance", () => {
    const cloud = new TestCloud().has("aws_rds_global_cluster", inGlobal).has("aws_rds_cluster", cluster(inGlobal));
    const creating = () => cloud.in(standby).creating("aws_rds_cluster", secondary());
    expect(creating()).toContain("InvalidDBClusterStateFault: Source cluster: arn:aws:rds:eu-west-1");
    cloud.has("aws_rds_cluster_instance", instance());
    expect(creating()).toBe("");
  });

  test("that stands already", () => {
    const alone = cluster({ global_cluster_identifier: "" });
    const cloud = withGlobal().has("aws_rds_global_cluster", { global_cluster_identifier: "other" });
    expect(cloud.changing("aws_rds_cluster", alone, inGlobal)).toBe(
      "existing RDS Clusters cannot be added to an existing RDS Global Cluster",
    );
    expect(cloud.changing("aws_rds_cluster", cluster(inGlobal), { global_cluster_identifier: "other" })).toBe(
      "existing RDS Clusters cannot be migrated between existing RDS Global Clusters",
    );
    expect(cloud.changing("aws_rds_cluster", cluster(inGlobal), { global_cluster_identifier: "" })).toBe("");
  });
});

describe("RDS refuses an instance", () => {
  test("whose cluster is not there, or of another engine", () => {
    const cloud = new TestCloud();
    expect(cloud.creating("aws_rds_cluster_instance", instance())).toMatch(
      /^creating RDS Cluster \(ledger\) Instance \(ledger-1\): .*StatusCode: 404.* DBClusterNotFoundFault: DBCluster ledger not found\.$/,
    );
    cloud.has("aws_rds_cluster", cluster());
    expect(cloud.creating("aws_rds_cluster_instance", instance())).toBe("");
    expect(cloud.creating("aws_rds_cluster_instance", instance({ engine: "aurora-mysql" }))).toContain("doesn't match");
  });

  test("whose name another has", () => {
    const cloud = new TestCloud().has("aws_rds_cluster", cluster()).has("aws_rds_cluster_instance", instance());
    expect(cloud.creating("aws_rds_cluster_instance", instance())).toContain("DBInstanceAlreadyExists");
  });

  test("whose monitoring role does not trust RDS", () => {
    const cloud = new TestCloud().has("aws_rds_cluster", cluster());
    const role = (name: string, service: string) => ({
      name,
      arn: `arn:aws:iam::${account}:role/${name}`,
      assume_role_policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
    });
    cloud.has("aws_iam_role", role("good", "monitoring.rds.amazonaws.com"));
    cloud.has("aws_iam_role", role("bad", "rds.amazonaws.com"));
    const creating = (name: string) =>
      cloud.creating(
        "aws_rds_cluster_instance",
        instance({ monitoring_role_arn: `arn:aws:iam::${account}:role/${name}` }),
      );
    expect(creating("good")).toBe("");
    expect(creating("bad")).toContain("required permissions for: ENHANCED_MONITORING");
    expect(creating("none")).toContain("ENHANCED_MONITORING");
  });
});

describe("RDS refuses to delete", () => {
  test("a cluster with instances", () => {
    const cloud = new TestCloud().has("aws_rds_cluster", cluster());
    expect(cloud.deleting("aws_rds_cluster", cluster())).toBe("");
    cloud.has("aws_rds_cluster_instance", instance());
    expect(cloud.deleting("aws_rds_cluster", cluster())).toMatch(
      /^deleting RDS Cluster \(ledger\): .* InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances/,
    );
  });

  test("what is protected", () => {
    const cloud = new TestCloud().has("aws_rds_cluster", cluster());
    expect(cloud.deleting("aws_rds_cluster", cluster({ deletion_protection: true }))).toContain(
      "api error InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
    expect(cloud.deleting("aws_rds_global_cluster", { ...inGlobal, deletion_protection: true })).toContain("protected");
  });

  test("a cluster without a final snapshot of a free name, unless it is asked to", () => {
    const cloud = new TestCloud();
    const last = (name: string) => cluster({ skip_final_snapshot: false, final_snapshot_identifier: name });
    expect(cloud.deleting("aws_rds_cluster", last(""))).toBe(
      "RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false",
    );
    expect(cloud.deleting("aws_rds_cluster", last("end"))).toBe("");
    cloud.lost("aws_rds_cluster", last("end"));
    expect(cloud.has("aws_rds_cluster", last("end")).deleting("aws_rds_cluster", last("end"))).toContain(
      "DBClusterSnapshotAlreadyExistsFault",
    );
  });

  test("the primary cluster before the others, and the global database before its clusters", () => {
    const cloud = new TestCloud().has("aws_rds_global_cluster", inGlobal).has("aws_rds_cluster", cluster(inGlobal));
    expect(cloud.deleting("aws_rds_cluster", cluster(inGlobal))).toBe("");
    cloud.in(standby).has("aws_rds_cluster", secondary());
    expect(cloud.deleting("aws_rds_cluster", cluster(inGlobal))).toMatch(
      /^removing RDS Cluster \(ledger\) from RDS Global Cluster \(ledger-global\): .* InvalidGlobalClusterStateFault: /,
    );
    expect(cloud.in(standby).deleting("aws_rds_cluster", secondary())).toBe("");
    expect(cloud.deleting("aws_rds_global_cluster", inGlobal)).toContain("InvalidGlobalClusterStateFault");
    expect(cloud.deleting("aws_rds_global_cluster", { ...inGlobal, force_destroy: true })).toBe("");
    expect(new TestCloud().deleting("aws_rds_global_cluster", inGlobal)).toBe("");
  });

  test("groups that a cluster uses", () => {
    const cloud = new TestCloud();
    const groups: [string, ObjectValue, string][] = [
      ["aws_db_subnet_group", { name: "net" }, "InvalidDBSubnetGroupStateFault"],
      ["aws_rds_cluster_parameter_group", { name: "p16" }, "InvalidDBParameterGroupState"],
    ];
    for (const [type, values] of groups) expect(cloud.deleting(type, values)).toBe("");
    cloud.has("aws_rds_cluster", cluster({ db_subnet_group_name: "net", db_cluster_parameter_group_name: "p16" }));
    for (const [type, values, code] of groups) expect(cloud.deleting(type, values)).toContain(code);
  });
});

describe("RDS refuses a subnet group", () => {
  const cloud = () =>
    new TestCloud()
      .has("aws_subnet", subnet("subnet-1", "a"))
      .has("aws_subnet", subnet("subnet-12", "b"))
      .has("aws_subnet", subnet("subnet-123", "a"))
      .has("aws_subnet", subnet("subnet-1234", "b", "vpc-2"))
      .lost("aws_subnet", subnet("subnet-12345", "b"));
  const creating = (...subnet_ids: string[]) => cloud().creating("aws_db_subnet_group", { name: "net", subnet_ids });

  test("in one zone", () => {
    expect(creating("subnet-1", "subnet-12")).toBe("");
    expect(creating("subnet-1", "subnet-123")).toMatch(
      /^creating RDS DB Subnet Group \(net\): .* DBSubnetGroupDoesNotCoverEnoughAZs: .* Current AZ coverage: eu-west-1a\. Add subnets to cover at least 2 AZs\.$/,
    );
    expect(creating("subnet-1", "subnet-outside")).toBe("");
  });

  test("over two VPCs, or with a subnet that is gone", () => {
    expect(creating("subnet-1", "subnet-1234")).toContain("InvalidSubnet");
    expect(creating("subnet-1", "subnet-12345")).toContain("InvalidSubnet");
  });
});

describe("RDS Proxy refuses", () => {
  const proxied = () =>
    new TestCloud()
      .has("aws_rds_cluster", cluster())
      .has("aws_db_proxy", { name: "pool", engine_family: "POSTGRESQL" })
      .has("aws_db_proxy", { name: "mysql", engine_family: "MYSQL" });
  const target = { db_proxy_name: "pool", target_group_name: "default", db_cluster_identifier: "ledger" };

  test("second proxies, targets and endpoints", () => {
    const cloud = proxied()
      .has("aws_db_proxy_target", target)
      .has("aws_db_proxy_endpoint", { db_proxy_endpoint_name: "readers", db_proxy_name: "pool" });
    expect(cloud.creating("aws_db_proxy", { name: "Pool" })).toContain("DBProxyAlreadyExistsFault");
    expect(cloud.creating("aws_db_proxy_target", target)).toContain("DBProxyTargetAlreadyRegisteredFault");
    expect(
      cloud.creating("aws_db_proxy_endpoint", { db_proxy_endpoint_name: "readers", db_proxy_name: "mysql" }),
    ).toContain("DBProxyEndpointAlreadyExistsFault");
  });

  test("parts of a proxy that is not there", () => {
    const parts: [string, ObjectValue][] = [
      ["aws_db_proxy_default_target_group", { db_proxy_name: "pool" }],
      ["aws_db_proxy_target", target],
      ["aws_db_proxy_endpoint", { db_proxy_endpoint_name: "e", db_proxy_name: "pool" }],
    ];
    for (const [type, values] of parts) {
      expect(new TestCloud().creating(type, values)).toContain("DBProxyNotFoundFault");
      expect(proxied().creating(type, values)).toBe("");
    }
  });

  test("a target that is not there, or of another engine", () => {
    const other = { ...target, db_cluster_identifier: "none" };
    expect(proxied().creating("aws_db_proxy_target", other)).toContain("DBClusterNotFoundFault");
    expect(proxied().creating("aws_db_proxy_target", { ...target, db_proxy_name: "mysql" })).toContain("Engine family");
  });

  test("subnets of one zone", () => {
    const cloud = new TestCloud()
      .has("aws_subnet", subnet("subnet-1", "a"))
      .has("aws_subnet", subnet("subnet-12", "b"));
    cloud.has("aws_subnet", subnet("subnet-123", "a"));
    const creating = (...vpc_subnet_ids: string[]) => cloud.creating("aws_db_proxy", { name: "pool", vpc_subnet_ids });
    expect(creating("subnet-1", "subnet-12")).toBe("");
    expect(creating("subnet-1", "subnet-123")).toContain("InvalidSubnet: The subnets must be in at least two");
  });

  test("no role or secret that is not there, and says so", () => {
    const role_arn = `arn:aws:iam::${account}:role/none`;
    expect(new TestCloud().warnings("aws_db_proxy", { name: "pool", role_arn })).toEqual([
      `has targets that stay unavailable: RDS cannot assume ${role_arn}, which AWS does not check`,
    ]);
    const secret_arn = `arn:aws:secretsmanager:${standby}:${account}:secret:user-abcdef`;
    expect(new TestCloud().warnings("aws_db_proxy", { name: "pool", auth: [{ secret_arn }] })).toHaveLength(1);
    expect(new TestCloud().in(standby).warnings("aws_db_proxy", { name: "pool", auth: [{ secret_arn }] })).toEqual([]);
  });
});
