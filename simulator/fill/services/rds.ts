import { accountArn, arn, form, generatedName, same, starting, timestamp } from "../forms";
import type { Rule, ServiceRules, Subject } from "../subject";

/** Zone of database endpoints; invented, because it does not appear in any address. */
const zone: Rule = (s) => `Z${s.shared("rds", s.region).upper(13)}`;

/** The part that all endpoints of one account in one region have in common. */
const account = (s: Subject): string => s.shared("rds-endpoint", s.region).lower(12);

const ports: [engine: RegExp, port: number][] = [
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
];
const port: Rule = (s) => ports.find(([engine]) => engine.test(s.text("engine")))?.[1] ?? 3306;

/** The minor version that a cluster gets whose version names the major one alone. */
const latestMinor: Record<string, string> = { 13: "18", 14: "15", 15: "10", 16: "6", 17: "4" };

const actualVersion: Rule = (s) => {
  const written = String(version(s));
  const minor = /postgres/.test(s.text("engine")) ? latestMinor[written] : undefined;
  return minor ? `${written}.${minor}` : written;
};

const version: Rule = (s) =>
  s.text("engine_version") || (/postgres/.test(s.text("engine")) ? "16.6" : "8.0.mysql_aurora.3.08.2");

/** `default.aurora-postgresql16` and `default.aurora-mysql8.0`: families are named by the major version of what Aurora follows. */
const defaultGroup: Rule = (s) => {
  const form = /postgres/.test(s.text("engine")) ? /^\d+/ : /^\d+\.\d+/;
  const major = form.exec(String(version(s)))?.[0] ?? "";
  return `default.${s.text("engine")}${major}`;
};

const zones: Rule = (s) => ["a", "b", "c"].map((letter) => s.region + letter);

/** If asked to, RDS keeps the master password in a secret of its own. */
const masterSecret: Rule = (s) =>
  s.value("manage_master_user_password") === true
    ? [
        {
          kms_key_id:
            s.text("master_user_secret_kms_key_id") ||
            s.arn("kms", `key/${s.shared("aws/secretsmanager", s.region).uuid()}`),
          secret_arn: s.arn("secretsmanager", `secret:rds!cluster-${s.random.uuid()}-${s.random.lower(6)}`),
          secret_status: "active",
        },
      ]
    : [];

const windows = {
  preferred_backup_window: starting("03:00-03:30"),
  preferred_maintenance_window: starting("sun:05:00-sun:05:30"),
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.ARN.Constructing.html */
export const rds: ServiceRules = {
  aws_rds_global_cluster: {
    id: same("global_cluster_identifier"),
    arn: accountArn("rds", "global-cluster:{global_cluster_identifier}"),
    endpoint: (s) =>
      `${s.text("global_cluster_identifier")}.global-${s.shared("global-rds").lower(12)}.global.rds.${s.dnsSuffix}`,
    global_cluster_resource_id: (s) => `cluster-${s.random.hex(16)}`,
    global_cluster_members: starting([]),
    engine: starting("aurora"),
    engine_version: version,
    engine_version_actual: actualVersion,
    engine_lifecycle_support: starting("open-source-rds-extended-support"),
    database_name: starting(""),
    source_db_cluster_identifier: starting(null),
  },
  aws_rds_cluster: {
    ...windows,
    cluster_identifier: generatedName("cluster_identifier_prefix"),
    id: same("cluster_identifier"),
    arn: arn("rds", "cluster:{cluster_identifier}"),
    cluster_resource_id: (s) => `cluster-${s.random.upper(26)}`,
    endpoint: (s) => `${s.text("cluster_identifier")}.cluster-${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
    reader_endpoint: (s) => `${s.text("cluster_identifier")}.cluster-ro-${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
    hosted_zone_id: zone,
    port,
    engine_version: version,
    engine_version_actual: actualVersion,
    engine_lifecycle_support: starting("open-source-rds-extended-support"),
    availability_zones: zones,
    allocated_storage: starting(1),
    backup_retention_period: starting(1),
    cluster_members: starting([]),
    iam_roles: starting([]),
    vpc_security_group_ids: (s) => [`sg-${s.shared("default-sg", s.region).hex(17)}`],
    db_subnet_group_name: starting("default"),
    db_cluster_parameter_group_name: defaultGroup,
    database_name: starting(""),
    master_username: starting(""),
    master_user_secret: masterSecret,
    master_user_secret_kms_key_id: (s) =>
      s.value("manage_master_user_password") === true
        ? s.arn("kms", `key/${s.shared("aws/secretsmanager", s.region).uuid()}`)
        : null,
    network_type: starting("IPV4"),
    storage_type: starting(""),
    db_system_id: starting(""),
    cluster_scalability_type: starting("standard"),
    database_insights_mode: starting("standard"),
    ca_certificate_identifier: starting("rds-ca-rsa2048-g1"),
    ca_certificate_valid_till: timestamp,
    kms_key_id: (s) =>
      s.value("storage_encrypted") === true ? s.arn("kms", `key/${s.shared("aws/rds", s.region).uuid()}`) : "",
    performance_insights_kms_key_id: starting(""),
    monitoring_role_arn: starting(""),
  },
  aws_rds_cluster_instance: {
    ...windows,
    identifier: generatedName("identifier_prefix"),
    id: same("identifier"),
    arn: arn("rds", "db:{identifier}"),
    dbi_resource_id: (s) => `db-${s.random.upper(26)}`,
    endpoint: (s) => `${s.text("identifier")}.${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
    port,
    engine_version: version,
    engine_version_actual: actualVersion,
    availability_zone: (s) => `${s.region}a`,
    ca_cert_identifier: starting("rds-ca-rsa2048-g1"),
    db_parameter_group_name: defaultGroup,
    db_subnet_group_name: starting("default"),
    network_type: starting("IPV4"),
    storage_encrypted: starting(true),
    writer: starting(true),
    kms_key_id: starting(""),
    monitoring_role_arn: starting(""),
    performance_insights_kms_key_id: starting(""),
  },
  aws_db_proxy: {
    id: same("name"),
    arn: (s) => s.arn("rds", `db-proxy:prx-${s.random.hex(17)}`),
    endpoint: (s) => `${s.text("name")}.proxy-${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
    idle_client_timeout: starting(1800),
    vpc_security_group_ids: (s) => [`sg-${s.shared("default-sg", s.region).hex(17)}`],
    "auth.client_password_auth_type": (s) =>
      s.text("engine_family") === "POSTGRESQL" ? "POSTGRES_SCRAM_SHA_256" : "MYSQL_NATIVE_PASSWORD",
  },
  aws_db_proxy_default_target_group: {
    id: same("db_proxy_name"),
    name: starting("default"),
    arn: (s) => s.arn("rds", `target-group:prx-tg-${s.random.hex(17)}`),
  },
  aws_db_proxy_endpoint: {
    id: form("{db_proxy_name}/{db_proxy_endpoint_name}"),
    arn: (s) => s.arn("rds", `db-proxy-endpoint:prx-endpoint-${s.random.hex(17)}`),
    endpoint: (s) => `${s.text("db_proxy_endpoint_name")}.endpoint.proxy-${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
    vpc_security_group_ids: (s) => [`sg-${s.shared("default-sg", s.region).hex(17)}`],
  },
  aws_db_proxy_target: {
    rds_resource_id: (s) => s.text("db_cluster_identifier") || s.text("db_instance_identifier"),
    type: (s) => (s.text("db_cluster_identifier") ? "TRACKED_CLUSTER" : "RDS_INSTANCE"),
    id: form("{db_proxy_name}/{target_group_name}/{type}/{rds_resource_id}"),
    tracked_cluster_id: starting(""),
    target_arn: starting(""),
    endpoint: starting(""),
    port: starting(0),
  },
  aws_db_subnet_group: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("rds", "subgrp:{name}"),
    supported_network_types: starting(["IPV4"]),
  },
  aws_db_parameter_group: { name: generatedName("name_prefix"), id: same("name"), arn: arn("rds", "pg:{name}") },
  aws_rds_cluster_parameter_group: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("rds", "cluster-pg:{name}"),
  },
  aws_rds_cluster_endpoint: {
    id: same("cluster_endpoint_identifier"),
    arn: arn("rds", "cluster-endpoint:{cluster_endpoint_identifier}"),
    endpoint: (s) =>
      `${s.text("cluster_endpoint_identifier")}.cluster-custom-${account(s)}.${s.region}.rds.${s.dnsSuffix}`,
  },
};
