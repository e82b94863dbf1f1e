/** AWS services by the beginning of their resource types. */
const serviceNames: readonly (readonly [prefix: string, service: string])[] = [
  ["aws_apigatewayv2", "API Gateway"],
  ["aws_appautoscaling", "Application Auto Scaling"],
  ["aws_budgets", "Budgets"],
  ["aws_cloudwatch_event", "EventBridge"],
  ["aws_cloudwatch_log", "CloudWatch Logs"],
  ["aws_cloudwatch_query", "CloudWatch Logs"],
  ["aws_cloudwatch", "CloudWatch"],
  ["aws_dynamodb", "DynamoDB"],
  ["aws_iam", "IAM (global)"],
  ["aws_kms", "KMS"],
  ["aws_lambda", "Lambda"],
  ["aws_route53", "Route 53 (global)"],
  ["aws_sns", "SNS"],
  ["aws_sqs", "SQS"],
  ["terraform_data", "(guards in Terraform)"],
];

/** The AWS service of a resource, by its address. */
export function serviceOf(address: string): string {
  const type = address.split(".")[0] ?? "";
  return serviceNames.find(([prefix]) => type.startsWith(prefix))?.[1] ?? type.split("_")[1] ?? type;
}
