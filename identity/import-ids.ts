import type { Values } from "./rule";

/**
 * By which id Terraform imports a resource, by type: attributes of its state in braces, and in brackets what is left out where the
 * attribute has no value. Each is what the section "Import" of the type's page says for version 5.100 of the AWS provider.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
const forms: Readonly<Record<string, string>> = {
  aws_acm_certificate: "{arn}",
  aws_apigatewayv2_api: "{id}",
  aws_apigatewayv2_api_mapping: "{id}/{domain_name}",
  aws_apigatewayv2_authorizer: "{api_id}/{id}",
  aws_apigatewayv2_domain_name: "{domain_name}",
  aws_apigatewayv2_integration: "{api_id}/{id}",
  aws_apigatewayv2_route: "{api_id}/{id}",
  aws_apigatewayv2_stage: "{api_id}/{name}",
  aws_appautoscaling_policy: "{service_namespace}/{resource_id}/{scalable_dimension}/{name}",
  aws_appautoscaling_target: "{service_namespace}/{resource_id}/{scalable_dimension}",
  aws_backup_plan: "{id}",
  aws_backup_selection: "{plan_id}|{id}",
  aws_backup_vault: "{name}",
  aws_backup_vault_lock_configuration: "{backup_vault_name}",
  aws_backup_vault_policy: "{backup_vault_name}",
  aws_budgets_budget: "{account_id}:{name}",
  aws_budgets_budget_action: "{account_id}:{action_id}:{budget_name}",
  aws_cloudfront_cache_policy: "{id}",
  aws_cloudfront_distribution: "{id}",
  aws_cloudfront_function: "{name}",
  aws_cloudfront_origin_access_control: "{id}",
  aws_cloudfront_origin_request_policy: "{id}",
  aws_cloudfront_response_headers_policy: "{id}",
  aws_cloudwatch_composite_alarm: "{alarm_name}",
  aws_cloudwatch_dashboard: "{dashboard_name}",
  aws_cloudwatch_event_api_destination: "{name}",
  aws_cloudwatch_event_archive: "{name}",
  aws_cloudwatch_event_bus: "{name}",
  aws_cloudwatch_event_bus_policy: "{event_bus_name}",
  aws_cloudwatch_event_connection: "{name}",
  aws_cloudwatch_event_endpoint: "{name}",
  aws_cloudwatch_event_rule: "{event_bus_name}/{name}",
  aws_cloudwatch_event_target: "{event_bus_name}/{rule}/{target_id}",
  aws_cloudwatch_log_group: "{name}",
  aws_cloudwatch_log_metric_filter: "{log_group_name}:{name}",
  aws_cloudwatch_log_resource_policy: "{policy_name}",
  aws_cloudwatch_log_subscription_filter: "{log_group_name}|{name}",
  aws_cloudwatch_metric_alarm: "{alarm_name}",
  aws_dynamodb_kinesis_streaming_destination: "{table_name},{stream_arn}",
  aws_dynamodb_resource_policy: "{resource_arn}",
  aws_dynamodb_table: "{name}",
  aws_dynamodb_table_replica: "{id}",
  aws_ecr_lifecycle_policy: "{repository}",
  aws_ecr_repository: "{name}",
  aws_ecr_repository_policy: "{repository}",
  aws_ecs_cluster: "{name}",
  aws_ecs_cluster_capacity_providers: "{cluster_name}",
  aws_ecs_task_definition: "{arn}",
  aws_fis_experiment_template: "{id}",
  aws_iam_instance_profile: "{name}",
  aws_iam_openid_connect_provider: "{arn}",
  aws_iam_policy: "{arn}",
  aws_iam_role: "{name}",
  aws_iam_role_policy: "{role}:{name}",
  aws_iam_role_policy_attachment: "{role}/{policy_arn}",
  aws_iam_service_linked_role: "{arn}",
  aws_kinesis_stream: "{name}",
  aws_kms_alias: "{name}",
  aws_kms_key: "{key_id}",
  aws_kms_key_policy: "{key_id}",
  aws_kms_replica_key: "{key_id}",
  aws_lambda_alias: "{function_name}/{name}",
  aws_lambda_code_signing_config: "{arn}",
  aws_lambda_event_source_mapping: "{uuid}",
  aws_lambda_function: "{function_name}",
  aws_lambda_function_event_invoke_config: "{function_name}[:{qualifier}]",
  aws_lambda_function_url: "{function_name}[/{qualifier}]",
  aws_lambda_layer_version: "{arn}",
  aws_lambda_permission: "{function_name}[:{qualifier}]/{statement_id}",
  aws_lambda_provisioned_concurrency_config: "{function_name},{qualifier}",
  aws_lambda_runtime_management_config: "{function_name},{qualifier}",
  aws_lb: "{arn}",
  aws_lb_listener: "{arn}",
  aws_lb_target_group: "{arn}",
  aws_pipes_pipe: "{name}",
  aws_rds_cluster: "{cluster_identifier}",
  aws_rds_cluster_instance: "{identifier}",
  aws_rds_cluster_parameter_group: "{name}",
  aws_rds_global_cluster: "{global_cluster_identifier}",
  aws_db_instance: "{identifier}",
  aws_db_parameter_group: "{name}",
  aws_db_proxy: "{name}",
  aws_db_proxy_default_target_group: "{db_proxy_name}",
  aws_db_proxy_endpoint: "{db_proxy_name}/{db_proxy_endpoint_name}",
  aws_db_subnet_group: "{name}",
  aws_route53_health_check: "{id}",
  aws_route53_record: "{zone_id}_{name}_{type}[_{set_identifier}]",
  aws_route53_zone: "{zone_id}",
  aws_s3_bucket: "{bucket}",
  aws_s3_bucket_lifecycle_configuration: "{bucket}",
  aws_s3_bucket_logging: "{bucket}",
  aws_s3_bucket_notification: "{bucket}",
  aws_s3_bucket_object_lock_configuration: "{bucket}",
  aws_s3_bucket_ownership_controls: "{bucket}",
  aws_s3_bucket_policy: "{bucket}",
  aws_s3_bucket_public_access_block: "{bucket}",
  aws_s3_bucket_replication_configuration: "{bucket}",
  aws_s3_bucket_server_side_encryption_configuration: "{bucket}",
  aws_s3_bucket_versioning: "{bucket}",
  aws_scheduler_schedule: "{group_name}/{name}",
  aws_scheduler_schedule_group: "{name}",
  aws_secretsmanager_secret: "{arn}",
  aws_secretsmanager_secret_policy: "{secret_arn}",
  aws_secretsmanager_secret_rotation: "{secret_id}",
  aws_secretsmanager_secret_version: "{secret_id}|{version_id}",
  aws_security_group: "{id}",
  aws_signer_signing_profile: "{name}",
  aws_sns_topic: "{arn}",
  aws_sns_topic_policy: "{arn}",
  aws_sns_topic_subscription: "{arn}",
  aws_sqs_queue: "{url}",
  aws_sqs_queue_policy: "{queue_url}",
  aws_sqs_queue_redrive_allow_policy: "{queue_url}",
  aws_sqs_queue_redrive_policy: "{queue_url}",
  aws_ssm_parameter: "{name}",
  aws_vpc_security_group_egress_rule: "{id}",
  aws_vpc_security_group_ingress_rule: "{id}",
  aws_wafv2_ip_set: "{id}/{name}/{scope}",
  aws_wafv2_web_acl: "{id}/{name}/{scope}",
  aws_wafv2_web_acl_logging_configuration: "{resource_arn}",
  aws_xray_group: "{arn}",
  aws_xray_sampling_rule: "{rule_name}",
};

/** The form of the id by which a type is imported, `{zone_id}_{name}_{type}[_{set_identifier}]`; undefined where it is not known. */
export const importFormOf = (type: string): string | undefined =>
  Object.hasOwn(forms, type) ? forms[type] : undefined;

/**
 * The id by which Terraform imports a resource.
 * @param values attributes of a state, or what a plan knows of them
 * @returns undefined for a type whose form is not known, and where an attribute of it has no value
 */
export function importIdOf(type: string, values: Values): string | undefined {
  let complete = true;
  const filled = (form: string): string =>
    form.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (typeof value === "string" && value !== "") return value;
      complete = false;
      return "";
    });
  const form = importFormOf(type)?.replace(/\[([^\]{]*\{(\w+)\})\]/g, (_, part: string, name: string) =>
    values[name] ? part : "",
  );
  const id = form && filled(form);
  return complete ? id : undefined;
}

/** The page of the provider that says so. */
export const importPageOf = (type: string): string =>
  `https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/${type.replace(/^aws_/, "")}#import`;
