/** Types of which AWS makes another one each time, with an id of its own: two of them are never the same. */
export const newEachTime: ReadonlySet<string> = new Set([
  "aws_acm_certificate",
  // Waits, and makes nothing.
  "aws_acm_certificate_validation",
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_integration",
  "aws_backup_plan",
  "aws_budgets_budget_action",
  "aws_ce_anomaly_subscription",
  // Its aliases are names.
  "aws_cloudfront_distribution",
  "aws_cloudwatch_query_definition",
  // Another revision of its family.
  "aws_ecs_task_definition",
  "aws_fis_experiment_template",
  "aws_kms_key",
  "aws_lambda_code_signing_config",
  // Runs a function, and makes nothing.
  "aws_lambda_invocation",
  // Another version of its name.
  "aws_lambda_layer_version",
  "aws_route53_health_check",
  "aws_route53_zone",
  "aws_route_table",
  "aws_secretsmanager_secret_version",
  "aws_signer_signing_job",
  "aws_vpc",
  // Terraform's alone.
  "terraform_data",
]);
