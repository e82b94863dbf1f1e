import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, TestCloud } from "./cloud";

const cluster = (more: ObjectValue = {}): ObjectValue => ({
  cluster_identifier: "stock",
  arn: `arn:aws:rds:${home}:${account}:cluster:stock`,
  engine: "aurora-mysql",
  engine_version: "8.0.mysql_aurora.3.08.2",
  master_username: "master",
  skip_final_snapshot: true,
  ...more,
});
const creating = (more: ObjectValue, cloud = new TestCloud()) => cloud.creating("aws_rds_cluster", cluster(more));

describe("RDS refuses a cluster of MySQL", () => {
  test("whose parameters are for another engine or version, and takes those of its own", () => {
    const group = (family: string) => new TestCloud().has("aws_rds_cluster_parameter_group", { name: "p", family });
    const named = { db_cluster_parameter_group_name: "p" };
    for (const family of ["aurora-mysql5.7", "aurora-postgresql16"]) {
      expect(creating(named, group(family))).toContain(
        `DBParameterGroupFamily ${family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily aurora-mysql8.0`,
      );
    }
    expect(creating(named, group("aurora-mysql8.0"))).toBe("");
  });

  test("with a version or a log of PostgreSQL", () => {
    expect(creating({ engine_version: "16.6" })).toContain("Cannot find version 16.6 for aurora-mysql");
    expect(creating({ engine: "aurora-postgresql" })).toContain(
      "Cannot find version 8.0.mysql_aurora.3.08.2 for aurora-postgresql",
    );
    expect(creating({ enabled_cloudwatch_logs_exports: ["error", "postgresql"] })).toContain(
      "InvalidParameterCombination: You cannot use the log types 'postgresql' with engine version aurora-mysql",
    );
    expect(creating({ enabled_cloudwatch_logs_exports: ["audit", "error", "general", "slowquery"] })).toBe("");
  });

  test("that goes back in time within a global database, or in a global database of another engine", () => {
    const global = (engine: string) =>
      new TestCloud().has("aws_rds_global_cluster", {
        global_cluster_identifier: "g",
        engine,
        arn: "arn:aws:rds::1:g",
      });
    const member = { global_cluster_identifier: "g" };
    expect(creating({ backtrack_window: 3600 })).toBe("");
    expect(creating({ ...member, backtrack_window: 3600 }, global("aurora-mysql"))).toContain(
      "Backtrack is not supported",
    );
    expect(creating({ engine: "aurora-postgresql", engine_version: "16.6", backtrack_window: 3600 })).toContain(
      "Backtrack is not supported for the engine",
    );
    expect(creating(member, global("aurora-postgresql"))).toContain(
      "The engine of the DB cluster (aurora-mysql) doesn't match the engine of the global cluster (aurora-postgresql)",
    );
    expect(creating(member, global("aurora-mysql"))).toBe("");
  });
});

describe("RDS Proxy refuses", () => {
  const proxy = (engine_family: string, client_password_auth_type: string): ObjectValue => ({
    name: "stock-proxy",
    engine_family,
    auth: [{ client_password_auth_type, secret_arn: "" }],
  });

  test("a login that the kind of database does not have", () => {
    const cloud = new TestCloud();
    expect(cloud.creating("aws_db_proxy", proxy("MYSQL", "POSTGRES_SCRAM_SHA_256"))).toContain(
      "ClientPasswordAuthType POSTGRES_SCRAM_SHA_256 is not supported for engine family MYSQL",
    );
    expect(cloud.creating("aws_db_proxy", proxy("POSTGRESQL", "MYSQL_NATIVE_PASSWORD"))).toContain("not supported");
    expect(cloud.creating("aws_db_proxy", proxy("MYSQL", "MYSQL_CACHING_SHA2_PASSWORD"))).toBe("");
  });

  test("filters of pinning for PostgreSQL, and a target of another kind", () => {
    const on = (family: string) => new TestCloud().has("aws_db_proxy", { name: "stock-proxy", engine_family: family });
    const group = {
      db_proxy_name: "stock-proxy",
      connection_pool_config: [{ session_pinning_filters: ["EXCLUDE_VARIABLE_SETS"] }],
    };
    const creatingGroup = (family: string) => on(family).creating("aws_db_proxy_default_target_group", group);
    expect(creatingGroup("POSTGRESQL")).toContain(
      "SessionPinningFilters are supported for the engine family MYSQL only",
    );
    expect(creatingGroup("MYSQL")).toBe("");
    const target = { db_proxy_name: "stock-proxy", target_group_name: "default", db_cluster_identifier: "stock" };
    const register = (family: string) =>
      on(family).has("aws_rds_cluster", cluster()).creating("aws_db_proxy_target", target);
    expect(register("POSTGRESQL")).toContain(
      "Engine family POSTGRESQL of the proxy does not fit the engine aurora-mysql",
    );
    expect(register("MYSQL")).toBe("");
  });
});
