import { synth } from "../../support/synth";
import { everyOption as everyProxy } from "../database-proxy/every-option";
import { everyOption } from "./every-option";

// biome-ignore lint/suspicious/noExplicitAny: synthesized JSON has any shape
type Resources = Record<string, Record<string, any>>;

/** The resources of a type in the synthesized stack, by id. */
const of = (build: Parameters<typeof synth>[0], type: string): Resources =>
  (synth(build).resource as Record<string, Resources>)[type] ?? {};

describe("A global database of Aurora MySQL", () => {
  test("has the engine everywhere, its own port, and the logs of its engine", () => {
    const clusters = of(everyOption, "aws_rds_cluster");
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(clusters[`mysql_${region}_cluster`]).toMatchObject({
        engine: "aurora-mysql",
        port: 3306,
        enabled_cloudwatch_logs_exports: ["audit", "error", "iam-db-auth-error", "slowquery"],
        iam_database_authentication_enabled: true,
        storage_encrypted: true,
      });
    }
    expect(of(everyOption, "aws_rds_global_cluster").mysql_global).toMatchObject({
      engine: "aurora-mysql",
      engine_version: "8.0.mysql_aurora.3.08.2",
    });
    expect(of(everyOption, "aws_rds_cluster_instance")["mysql_eu-west-1_instance-1"]).toMatchObject({
      engine: "aurora-mysql",
    });
    expect(clusters["mysql_eu-central-1_cluster"]?.enable_global_write_forwarding).toBe(true);
  });

  test("refuses connections without TLS, and bounds statements and idle sessions on the server", () => {
    const group = of(everyOption, "aws_rds_cluster_parameter_group")["mysql_eu-west-1_parameters"];
    expect(group).toMatchObject({ name: "test-parcels-aurora-mysql8-0", family: "aurora-mysql8.0" });
    expect(group?.parameter).toEqual([
      { name: "require_secure_transport", value: "ON", apply_method: "immediate" },
      { name: "max_execution_time", value: "30000", apply_method: "immediate" },
      { name: "wait_timeout", value: "60", apply_method: "immediate" },
      { name: "slow_query_log", value: "1", apply_method: "immediate" },
      // The family's own value, which RDS does not count as changed.
      { name: "long_query_time", value: "10", apply_method: "pending-reboot" },
      { name: "innodb_print_all_deadlocks", value: "1", apply_method: "immediate" },
      { name: "server_audit_logging", value: "1", apply_method: "pending-reboot" },
      { name: "server_audit_events", value: "CONNECT", apply_method: "pending-reboot" },
    ]);
  });

  test("is watched for what MySQL runs out of", () => {
    const alarms = of(everyOption, "aws_cloudwatch_metric_alarm");
    expect(alarms["mysql_alarms-eu-west-1_history"]).toMatchObject({
      metric_name: "RollbackSegmentHistoryListLength",
      threshold: 500_000,
    });
    expect(alarms["mysql_alarms-eu-west-1_transaction-ids"]).toBeUndefined();
    // 80 percent of the 1000 that a db.r7g.large has.
    expect(alarms["mysql_alarms-eu-west-1_connections"]).toMatchObject({ threshold: 800 });
  });
});

describe("A proxy of Aurora MySQL", () => {
  test("is of its family, and sets what forwarded writes need in each session, with what is asked for", () => {
    expect(of(everyProxy, "aws_db_proxy").mysql_proxy).toMatchObject({
      engine_family: "MYSQL",
      require_tls: true,
      auth: [{ client_password_auth_type: "MYSQL_CACHING_SHA2_PASSWORD", iam_auth: "REQUIRED" }],
    });
    expect(of(everyProxy, "aws_db_proxy_default_target_group")["mysql_target-group"]).toMatchObject({
      connection_pool_config: {
        init_query: "SET aurora_replica_read_consistency = 'EVENTUAL'; SET time_zone = '+00:00'",
        session_pinning_filters: ["EXCLUDE_VARIABLE_SETS"],
      },
    });
  });
});
