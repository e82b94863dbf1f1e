/**
 * Attributes through which AWS looks up what they name when the resource is created, and the types that it looks for: the
 * call is refused if there is none. Resources of other types that are called alike are not meant.
 */
export const lookups: Readonly<Record<string, readonly string[]>> = {
  "aws_cloudwatch_composite_alarm alarm_rule": ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
  "aws_cloudwatch_event_archive event_source_arn": ["aws_cloudwatch_event_bus"],
  "aws_cloudwatch_event_rule event_bus_name": ["aws_cloudwatch_event_bus"],
  "aws_cloudwatch_event_target event_bus_name": ["aws_cloudwatch_event_bus"],
  "aws_cloudwatch_event_target rule": ["aws_cloudwatch_event_rule"],
  "aws_cloudwatch_log_metric_filter log_group_name": ["aws_cloudwatch_log_group"],
  "aws_cloudwatch_log_subscription_filter log_group_name": ["aws_cloudwatch_log_group"],
  "aws_db_proxy_target db_cluster_identifier": ["aws_rds_cluster"],
  "aws_dynamodb_contributor_insights table_name": ["aws_dynamodb_table"],
  "aws_appautoscaling_target resource_id": ["aws_dynamodb_table", "aws_lambda_function"],
  "aws_iam_role_policy role": ["aws_iam_role"],
  "aws_iam_role_policy_attachment role": ["aws_iam_role"],
  "aws_lambda_alias function_name": ["aws_lambda_function"],
  "aws_lambda_event_source_mapping function_name": ["aws_lambda_function"],
  "aws_lambda_function_event_invoke_config function_name": ["aws_lambda_function"],
  "aws_lambda_permission function_name": ["aws_lambda_function"],
  "aws_lambda_provisioned_concurrency_config function_name": ["aws_lambda_function"],
  "aws_route53_record alias.name": ["aws_route53_record"],
  "aws_scheduler_schedule group_name": ["aws_scheduler_schedule_group"],
};

/** Names that AWS does not look up when the resource is created: which types, in which attributes, and why. */
export const notLookedUp: readonly { readonly type: RegExp; readonly path: RegExp; readonly reason: string }[] = [
  { type: /./, path: /^(.*_)?description$|^comment$/, reason: "words for people" },
  { type: /./, path: /^tags\./, reason: "words for people" },
  {
    type: /^aws_cloudwatch_metric_alarm$/,
    path: /^(metric_name|(metric_query\.metric\.)?dimensions\.\w+|metric_query\.expression)$/,
    reason: "a metric need not exist: an alarm waits for it",
  },
  { type: /^aws_s3_object$/, path: /^key$/, reason: "a key of S3 is any text" },
  { type: /^aws_signer_signing_job$/, path: /^destination\.s3\.prefix$/, reason: "the beginning of a key of S3" },
  {
    type: /^aws_cloudwatch_log_metric_filter$/,
    path: /^metric_transformation\.name$/,
    reason: "the filter makes the metric, under a name of its own",
  },
  { type: /^aws_cloudwatch_dashboard$/, path: /^dashboard_body$/, reason: "widgets are checked as JSON only" },
  { type: /^aws_iam_(role_)?policy$/, path: /^policy$/, reason: "IAM checks the form of resource ARNs only" },
  {
    type: /^aws_(sqs_queue_policy|sns_topic_policy|s3_bucket_policy|secretsmanager_secret_policy)$/,
    path: /^policy$/,
    reason: "principals are looked up, and are services and accounts; conditions and resources are not",
  },
  {
    type: /^aws_cloudwatch_log_resource_policy$/,
    path: /^policy_document$/,
    reason: "resources and conditions are not looked up",
  },
  {
    type: /^aws_lambda_function$/,
    path: /^environment\.variables\.\w+$/,
    reason: "read by the code when it runs",
  },
  {
    type: /^aws_cloudwatch_event_rule$/,
    path: /^event_pattern$/,
    reason: "a pattern is compared with events, and names nothing",
  },
  {
    type: /^aws_cloudwatch_event_target$/,
    path: /^(target_id|input|input_transformer\.input_template)$/,
    reason: "a name within the rule; the text that is sent when the rule matches",
  },
  {
    type: /^aws_ssm_document$/,
    path: /^content$/,
    reason: "what a runbook names is looked up when it runs",
  },
  {
    type: /^aws_scheduler_schedule$/,
    path: /^target\.input$/,
    reason: "the text that is sent when the time has come",
  },
  {
    type: /^aws_cloudfront_distribution$/,
    path: /^aliases$/,
    reason:
      "CloudFront looks for a certificate for the name; the record points to the distribution, and comes after it",
  },
  {
    type: /^aws_acm_certificate$/,
    path: /^subject_alternative_names$/,
    reason: "a certificate is for names that need not resolve",
  },
  {
    type: /^aws_route53_record$/,
    path: /^records$/,
    reason: "values are not looked up; those of a validation are chosen by a domain's name",
  },
  {
    type: /^vault_policy$/,
    path: /^policy$/,
    reason: "paths of a policy are compared with requests, and need not exist",
  },
  {
    type: /^aws_fis_experiment_template$/,
    path: /^target\.parameters\./,
    reason: "tasks are looked for when an experiment starts",
  },
  {
    type: /^aws_ecs_task_definition$/,
    path: /^container_definitions$/,
    reason: "log groups and secrets are looked up when a task starts; see the service",
  },
];
