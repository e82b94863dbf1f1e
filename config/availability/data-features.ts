import type { BaseEnvironment } from "../../contract";
import type { Feature } from "./feature";
import { always, databases, named } from "./needed-by";

/** What the capability of backups adds to an environment. */
type WithBackups = BaseEnvironment & { readonly backups: { readonly copyTo?: BaseEnvironment["regions"]["home"] } };

/** What keys, tables and databases are made of. */
export const dataFeatures: readonly Feature[] = [
  {
    name: "KMS keys",
    types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "SNS topics",
    types: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  { name: "CloudWatch alarms", types: ["aws_cloudwatch_metric_alarm"], spread: "replicatedKeys", neededBy: always },
  {
    name: "DynamoDB tables",
    types: ["aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_dynamodb_contributor_insights"],
    spread: "replicatedTables",
    neededBy: ({ tables }) => named("table")(tables),
  },
  {
    name: "scaling of tables",
    types: ["aws_appautoscaling_target", "aws_appautoscaling_policy"],
    spread: "replicatedTables",
    neededBy: ({ tables }) => named("table")(tables),
  },
  {
    name: "Aurora global databases",
    types: ["aws_rds_global_cluster"],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "Aurora clusters",
    types: ["aws_rds_cluster", "aws_rds_cluster_instance", "aws_rds_cluster_parameter_group", "aws_db_subnet_group"],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "VPCs",
    types: [
      "aws_default_security_group",
      "aws_route_table",
      "aws_route_table_association",
      "aws_security_group",
      "aws_subnet",
      "aws_vpc",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "secrets",
    types: [
      "aws_secretsmanager_random_password",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_policy",
      "aws_secretsmanager_secret_version",
    ],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "RDS proxies",
    types: ["aws_db_proxy", "aws_db_proxy_default_target_group", "aws_db_proxy_endpoint", "aws_db_proxy_target"],
    capability: "databaseProxy",
    spread: "globalDatabase",
    neededBy: ({ databases: all }) => named("database")(all.filter(({ pgbouncer }) => !pgbouncer)),
  },
  {
    name: "ECS and load balancers",
    types: [
      "aws_ecs_cluster",
      "aws_ecs_service",
      "aws_ecs_task_definition",
      "aws_lb",
      "aws_lb_listener",
      "aws_lb_target_group",
    ],
    capability: "databaseProxy",
    spread: "globalDatabase",
    neededBy: ({ databases: all }) => named("database")(all.filter(({ pgbouncer }) => pgbouncer)),
  },
  {
    name: "rotation of secrets",
    types: ["aws_secretsmanager_secret_rotation", "aws_lambda_function", "aws_lambda_permission"],
    capability: "secretRotation",
    neededBy: databases,
  },
  {
    name: "flow logs",
    types: ["aws_flow_log"],
    capability: "flowLogs",
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "plans and vaults of AWS Backup",
    types: [
      "aws_backup_plan",
      "aws_backup_selection",
      "aws_backup_vault",
      "aws_backup_vault_lock_configuration",
      "aws_backup_vault_policy",
    ],
    capability: "backupPlan",
    standby: (environment) => [(environment as WithBackups).backups.copyTo ?? []].flat(),
    neededBy: ({ tables, databases: all }) => [...named("table")(tables), ...named("database")(all)],
  },
];
