/** Types that moto does not carry, and what it does with them. */
export const notCarried: Readonly<Record<string, string>> = {
  aws_apigatewayv2_domain_name: "the provider waits for a state that moto does not report",
  aws_budgets_budget: "moto cannot list the subscribers of a notification",
  aws_budgets_budget_action: "its budget is left out",
  aws_cloudfront_response_headers_policy: "unknown to moto",
  aws_cloudwatch_composite_alarm: "unknown to moto",
  aws_cloudwatch_query_definition: "unknown to moto",
  aws_dynamodb_contributor_insights: "unknown to moto",
  aws_dynamodb_table_replica: "the provider waits for a replica that moto never reports",
  aws_ecs_service: "the provider waits for tasks that moto does not run",
  aws_kms_replica_key: "the provider waits for a policy that moto does not copy",
  aws_lambda_invocation: "moto runs functions in containers, which are not there",
  aws_sqs_queue_redrive_allow_policy: "the provider waits for an attribute that moto does not have",
};

/** Attributes in which the states differ. */
export interface KnownDifference {
  /** Terraform's type. */
  readonly type: string;
  /** The attributes, each with all that it contains. */
  readonly paths: readonly string[];
  /** Who answers otherwise than AWS. */
  readonly wrong: "moto" | "the simulated cloud" | "neither";
  readonly reason: string;
  /** They are equal by chance at times. */
  readonly sometimes?: true;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    type: "aws_ecs_task_definition",
    paths: ["container_definitions"],
    wrong: "moto",
    reason: "leaves out the defaults that ECS adds",
  },
  {
    type: "aws_lb",
    paths: ["dns_name", "zone_id"],
    wrong: "moto",
    reason: "has one zone for all regions, and names without a number of their own",
  },
  {
    type: "aws_lb",
    paths: [
      "access_logs",
      "connection_logs",
      "dns_record_client_routing_policy",
      "name_prefix",
      "subnet_mapping",
      "vpc_id",
    ],
    wrong: "the simulated cloud",
    reason: "does not give back what AWS adds to the arguments",
  },
  {
    type: "aws_lb_listener",
    paths: ["default_action", "alpn_policy", "routing_http_response_server_enabled"],
    wrong: "the simulated cloud",
    reason: "does not number actions, and has empty texts where there is nothing",
  },
  {
    type: "aws_lb_listener",
    paths: [
      "access_control_allow_credentials",
      "access_control_allow_headers",
      "access_control_allow_methods",
      "access_control_allow_origin",
      "access_control_expose_headers",
      "access_control_max_age",
      "content_security_policy",
      "strict_transport_security",
      "x_content_type_options",
      "x_frame_options",
    ].map((header) => `routing_http_response_${header}_header_value`),
    wrong: "the simulated cloud",
    reason: "has empty texts where there is nothing",
  },
  {
    type: "aws_lb_listener",
    paths: [
      "mtls_clientcert",
      "mtls_clientcert_issuer",
      "mtls_clientcert_leaf",
      "mtls_clientcert_serial_number",
      "mtls_clientcert_subject",
      "mtls_clientcert_validity",
      "tls_cipher_suite",
      "tls_version",
    ].map((header) => `routing_http_request_x_amzn_${header}_header_name`),
    wrong: "the simulated cloud",
    reason: "has empty texts where there is nothing",
  },
  {
    type: "aws_lb_listener",
    paths: ["tcp_idle_timeout_seconds"],
    wrong: "moto",
    reason: "has it for listeners of HTTP, too",
  },
  {
    type: "aws_lb_target_group",
    paths: [
      "connection_termination",
      "preserve_client_ip",
      "load_balancing_anomaly_mitigation",
      "load_balancing_cross_zone_enabled",
      "name_prefix",
      "stickiness",
      "target_failover",
      "target_group_health",
      "target_health_state",
    ],
    wrong: "the simulated cloud",
    reason: "does not give back what AWS adds to the arguments",
  },
  {
    type: "aws_route53_record",
    paths: ["alias"],
    wrong: "moto",
    reason: "follows from what it says of the load balancer",
  },
  {
    type: "aws_acm_certificate",
    paths: ["not_after", "not_before"],
    wrong: "moto",
    reason: "dates a certificate that has not been issued yet",
  },
  {
    type: "aws_acm_certificate",
    paths: ["domain_validation_options"],
    wrong: "moto",
    reason: "asks for one and the same record for every certificate",
  },
  {
    type: "aws_acm_certificate_validation",
    paths: ["validation_record_fqdns"],
    wrong: "moto",
    reason: "asks for one and the same record for every certificate",
  },
  {
    type: "aws_route53_record",
    paths: ["fqdn", "id", "name", "records"],
    wrong: "moto",
    reason: "asks for one and the same record for every certificate",
  },
  {
    type: "aws_acm_certificate",
    paths: ["early_renewal_duration"],
    wrong: "the simulated cloud",
    reason: "leaves null what the provider writes at the creation alone",
  },
  { type: "aws_apigatewayv2_api", paths: ["ip_address_type"], wrong: "moto", reason: "has no such setting" },
  { type: "aws_apigatewayv2_stage", paths: ["deployment_id"], wrong: "moto", reason: "deploys nothing" },
  {
    type: "aws_cloudwatch_event_connection",
    paths: ["secret_arn"],
    wrong: "moto",
    reason: "puts another part behind the name of a connection's secret",
  },
  { type: "aws_iam_policy", paths: ["policy_id"], wrong: "moto", reason: "has ids without the prefix of policies" },
  {
    type: "aws_lambda_layer_version",
    paths: ["source_code_size"],
    wrong: "the simulated cloud",
    reason: "does not look how large the file is",
  },
  { type: "aws_cloudwatch_log_group", paths: ["log_group_class"], wrong: "moto", reason: "has no classes" },
  { type: "aws_db_subnet_group", paths: ["supported_network_types"], wrong: "moto", reason: "has no network types" },
  { type: "aws_kms_key", paths: ["rotation_period_in_days"], wrong: "moto", reason: "does not return the period" },
  {
    type: "aws_lambda_event_source_mapping",
    paths: ["function_arn", "function_name"],
    wrong: "moto",
    reason: "returns the version that the alias leads to",
  },
  {
    type: "aws_lambda_event_source_mapping",
    paths: ["last_processing_result", "state_transition_reason"],
    wrong: "moto",
    reason: "reads no events, and has a word of its own for who has switched it on",
  },
  {
    type: "aws_lambda_function",
    paths: ["kms_key_arn", "logging_config"],
    wrong: "moto",
    reason: "forgets both settings",
  },
  {
    type: "aws_lambda_function",
    paths: ["vpc_config"],
    wrong: "moto",
    reason: "takes every function for one of the VPC vpc-123abc",
  },
  {
    type: "aws_lambda_function",
    paths: ["source_code_size"],
    wrong: "the simulated cloud",
    reason: "does not read the code",
  },
  {
    type: "aws_rds_cluster",
    paths: ["cluster_scalability_type", "database_insights_mode", "engine_lifecycle_support"],
    wrong: "moto",
    reason: "has none of these",
  },
  {
    type: "aws_rds_cluster",
    paths: ["ca_certificate_identifier", "ca_certificate_valid_till"],
    wrong: "moto",
    reason: "has no certificates of clusters",
  },
  {
    type: "aws_rds_cluster",
    paths: ["scaling_configuration", "storage_type"],
    wrong: "moto",
    reason: "answers as for other kinds of clusters than Aurora's provisioned one",
  },
  {
    type: "aws_rds_cluster_instance",
    paths: ["ca_cert_identifier", "dbi_resource_id", "endpoint"],
    wrong: "moto",
    reason: "gives the same to every instance",
  },
  {
    type: "aws_rds_cluster_instance",
    paths: [
      "monitoring_interval",
      "monitoring_role_arn",
      "network_type",
      "performance_insights_enabled",
      "performance_insights_kms_key_id",
      "performance_insights_retention_period",
    ],
    wrong: "moto",
    reason: "forgets these settings of an instance in a cluster",
  },
  {
    type: "aws_rds_cluster_instance",
    paths: ["writer"],
    wrong: "neither",
    reason: "whichever instance comes first is the writer",
    sometimes: true,
  },
  {
    type: "aws_rds_global_cluster",
    paths: ["global_cluster_resource_id"],
    wrong: "moto",
    reason: "takes one id for the cluster and its address",
  },
  {
    type: "aws_rds_global_cluster",
    paths: ["database_name", "engine_lifecycle_support", "tags_all"],
    wrong: "moto",
    reason: "forgets these settings",
  },
  {
    type: "aws_route53_zone",
    paths: ["name_servers", "primary_name_server"],
    wrong: "moto",
    reason: "gives four name servers of its own to every zone",
  },
  {
    type: "aws_s3_bucket",
    paths: ["request_payer", "server_side_encryption_configuration"],
    wrong: "moto",
    reason: "does not say who pays, and encrypts nothing by itself",
  },
  { type: "aws_sns_topic", paths: ["signature_version"], wrong: "moto", reason: "does not return the version" },
  {
    type: "aws_sns_topic_subscription",
    paths: ["confirmation_was_authenticated", "pending_confirmation"],
    wrong: "moto",
    reason: "takes every subscription for confirmed",
  },
  { type: "aws_sqs_queue", paths: ["id", "url"], wrong: "moto", reason: "has queues at its own address" },
  { type: "aws_sqs_queue_policy", paths: ["id", "queue_url"], wrong: "moto", reason: "has queues at its own address" },
  {
    type: "aws_sqs_queue",
    paths: ["sqs_managed_sse_enabled"],
    wrong: "moto",
    reason: "leaves the keys of SQS switched on beside a key of KMS",
  },
  { type: "aws_vpc", paths: ["dhcp_options_id"], wrong: "moto", reason: "calls the account's own options by no id" },
  {
    type: "aws_vpc_endpoint",
    paths: ["dns_entry", "dns_options", "ip_address_type", "service_region", "subnet_configuration"],
    wrong: "moto",
    reason: "makes up names and addresses that are none of the subnet's, and has no such settings",
  },
];
