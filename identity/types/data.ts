import { folded, nameOrArn, or, table } from "../forms";
import type { Rules } from "../rule";

const ofTarget = "{resource_id} ({service_namespace}, {scalable_dimension})";

/** A name that RDS stores in lower case. */
const lowercase = (argument: string, name: string, scope: "region" | "account" = "region") => ({
  scope,
  name: `${name} {${argument}}`,
  read: { [argument]: folded },
});

/**
 * DynamoDB, Application Auto Scaling, RDS and Backup.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/
 */
export const data: Rules = {
  aws_dynamodb_table: { scope: "region", name: "table {name}" },
  aws_dynamodb_table_replica: {
    scope: "region",
    name: "table {global_table_arn}",
    read: { global_table_arn: table },
    namesOf: "aws_dynamodb_table",
  },
  aws_dynamodb_contributor_insights: {
    scope: "region",
    name: "contributor insights of table {table_name}, index {index_name}",
    read: { table_name: table, index_name: or("") },
  },
  aws_dynamodb_resource_policy: { scope: "region", name: "the policy of {resource_arn}" },
  aws_appautoscaling_target: { scope: "region", name: `the scalable target ${ofTarget}` },
  aws_appautoscaling_policy: { scope: "region", name: `scaling policy {name} of ${ofTarget}` },
  aws_appautoscaling_scheduled_action: { scope: "region", name: `scheduled scaling {name} of ${ofTarget}` },
  aws_rds_global_cluster: lowercase("global_cluster_identifier", "global database", "account"),
  aws_rds_cluster: lowercase("cluster_identifier", "database cluster"),
  aws_rds_cluster_instance: lowercase("identifier", "database instance"),
  aws_db_instance: { ...lowercase("identifier", "database instance"), namesOf: "aws_rds_cluster_instance" },
  aws_rds_cluster_parameter_group: lowercase("name", "cluster parameter group"),
  aws_db_parameter_group: lowercase("name", "database parameter group"),
  aws_db_subnet_group: lowercase("name", "database subnet group"),
  aws_db_proxy: lowercase("name", "database proxy"),
  aws_db_proxy_endpoint: lowercase("db_proxy_endpoint_name", "database proxy endpoint"),
  aws_db_proxy_default_target_group: {
    scope: "region",
    name: "the default target group of database proxy {db_proxy_name}",
    read: { db_proxy_name: folded },
  },
  aws_db_proxy_target: {
    scope: "region",
    name: "target {db_cluster_identifier}{db_instance_identifier} of database proxy {db_proxy_name}, group {target_group_name}",
    read: {
      db_proxy_name: folded,
      db_cluster_identifier: or("", folded),
      db_instance_identifier: or("", folded),
    },
  },
  aws_backup_vault: { scope: "region", name: "backup vault {name}" },
  aws_backup_vault_lock_configuration: {
    scope: "region",
    name: "the lock of backup vault {backup_vault_name}",
    read: { backup_vault_name: nameOrArn },
  },
  aws_backup_vault_policy: {
    scope: "region",
    name: "the policy of backup vault {backup_vault_name}",
    read: { backup_vault_name: nameOrArn },
  },
  // Of the account, whoever writes them.
  aws_backup_region_settings: { scope: "region", name: "the settings of AWS Backup" },
  aws_backup_selection: {
    scope: "region",
    name: "backup selection {name} of plan {plan_id}",
    read: { plan_id: nameOrArn },
  },
};
