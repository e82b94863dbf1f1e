/** AWS services by the beginning of their resource types. */
const serviceNames: readonly (readonly [prefix: string, service: string])[] = [
  ["aws_acm", "Certificate Manager"],
  ["aws_apigatewayv2", "API Gateway"],
  ["aws_appautoscaling", "Application Auto Scaling"],
  ["aws_backup", "Backup"],
  ["aws_budgets", "Budgets"],
  ["aws_ce", "Cost Explorer (global)"],
  ["aws_cloudfront", "CloudFront (global)"],
  ["aws_cloudwatch_event", "EventBridge"],
  ["aws_cloudwatch_log", "CloudWatch Logs"],
  ["aws_cloudwatch_query", "CloudWatch Logs"],
  ["aws_cloudwatch", "CloudWatch"],
  ["aws_db", "RDS"],
  ["aws_dynamodb", "DynamoDB"],
  ["aws_ecs", "ECS"],
  ["aws_fis", "Fault Injection Service"],
  ["aws_guardduty", "GuardDuty"],
  ["aws_iam", "IAM (global)"],
  ["aws_inspector2", "Inspector"],
  ["aws_kms", "KMS"],
  ["aws_lambda", "Lambda"],
  ["aws_lb", "Elastic Load Balancing"],
  ["aws_rds", "RDS"],
  ["aws_route53recoverycontrolconfig", "Application Recovery Controller (global)"],
  ["aws_route53", "Route 53 (global)"],
  ["aws_s3", "S3"],
  ["aws_scheduler", "EventBridge Scheduler"],
  ["aws_secretsmanager", "Secrets Manager"],
  ["aws_signer", "Signer"],
  ["aws_sns", "SNS"],
  ["aws_sqs", "SQS"],
  ["aws_ssm", "Systems Manager"],
  ["aws_wafv2", "WAF"],
  ["aws_default_security_group", "VPC"],
  ["aws_flow_log", "VPC"],
  ["aws_route_table", "VPC"],
  ["aws_security_group", "VPC"],
  ["aws_subnet", "VPC"],
  ["aws_vpc", "VPC"],
  ["terraform_data", "(guards in Terraform)"],
  ["vault", "Vault"],
];

/** The AWS service of a resource, by its address; the type itself where it is of none that the toolkit makes. */
export function serviceOf(address: string): string {
  const type = address.split(".")[0] ?? "";
  return serviceNames.find(([prefix]) => `${type}_`.startsWith(`${prefix}_`))?.[1] ?? type;
}
