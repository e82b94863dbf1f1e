import type { Feature } from "./feature";
import { always, buses, containers, containersInOwnNetwork, named, services, withDomain } from "./needed-by";

/** What events, functions and APIs are made of. */
export const serviceFeatures: readonly Feature[] = [
  {
    name: "event buses",
    types: ["aws_cloudwatch_event_bus", "aws_cloudwatch_event_bus_policy"],
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "event archives",
    types: ["aws_cloudwatch_event_archive"],
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "event endpoints",
    types: ["aws_cloudwatch_event_endpoint"],
    capability: "replicatedEvents",
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "EventBridge schedules",
    types: ["aws_scheduler_schedule", "aws_route53_health_check"],
    capability: "replicatedEvents",
    neededBy: buses,
  },
  {
    name: "SQS queues",
    types: ["aws_sqs_queue", "aws_sqs_queue_policy", "aws_sqs_queue_redrive_allow_policy"],
    spread: "standbyServices",
    neededBy: (environment) => [
      ...buses(environment),
      ...named("queue")(environment.queues),
      ...services()(environment),
    ],
  },
  {
    name: "event rules",
    types: ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "Lambda functions",
    types: [
      "aws_lambda_alias",
      "aws_lambda_event_source_mapping",
      "aws_lambda_function",
      "aws_lambda_function_event_invoke_config",
      "aws_lambda_function_recursion_config",
      "aws_lambda_invocation",
      "aws_lambda_permission",
      "aws_lambda_provisioned_concurrency_config",
      "aws_lambda_runtime_management_config",
    ],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "IAM roles",
    types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "CloudWatch logs",
    types: [
      "aws_cloudwatch_dashboard",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_metric_filter",
      "aws_cloudwatch_log_resource_policy",
      "aws_cloudwatch_query_definition",
    ],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "scaling of provisioned concurrency",
    types: ["aws_appautoscaling_target", "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action"],
    capability: "provisionedConcurrency",
    spread: "standbyServices",
    neededBy: services((service) => service.function.provisionedConcurrency),
  },
  {
    name: "schedules that keep functions warm",
    types: ["aws_scheduler_schedule", "aws_scheduler_schedule_group"],
    capability: "warmEnvironments",
    spread: "standbyServices",
    neededBy: services((service) => service.function.warming),
  },
  {
    name: "schedules of services",
    types: ["aws_scheduler_schedule", "aws_scheduler_schedule_group"],
    spread: "standbyServices",
    neededBy: services(({ schedules }) => Object.keys(schedules).length > 0),
  },
  {
    name: "schedules that pause queues",
    types: ["aws_scheduler_schedule", "aws_scheduler_schedule_group"],
    capability: "circuitBreakers",
    spread: "standbyServices",
    neededBy: services(({ queues }) => Object.values(queues).some(({ pausedBy }) => pausedBy.length > 0)),
  },
  {
    name: "layers of functions",
    types: ["aws_lambda_layer_version", "aws_lambda_layer_version_permission"],
    capability: "functionLayers",
    spread: "standbyServices",
    neededBy: services((service) => (service as { readonly layers?: readonly string[] }).layers?.length),
  },
  {
    name: "signatures of code",
    types: [
      "aws_lambda_code_signing_config",
      "aws_s3_bucket",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_object",
      "aws_signer_signing_job",
      "aws_signer_signing_profile",
    ],
    capability: "signedCode",
    spread: "standbyServices",
    neededBy: (environment) => ((environment as { readonly codeSigning?: object }).codeSigning ? ["codeSigning"] : []),
  },
  {
    name: "composite alarms",
    types: ["aws_cloudwatch_composite_alarm"],
    capability: "errorBudgets",
    spread: "standbyServices",
    neededBy: services((service) => (service as { readonly errorBudget?: object }).errorBudget),
  },
  {
    name: "API destinations of EventBridge",
    types: ["aws_cloudwatch_event_api_destination", "aws_cloudwatch_event_connection"],
    capability: "alertChannels",
    spread: "replicatedKeys",
    neededBy: (environment) =>
      (environment as { readonly alertChannels?: { readonly tools?: object } }).alertChannels?.tools
        ? ["alertChannels.tools"]
        : [],
  },
  {
    name: "chat applications",
    types: ["aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration"],
    capability: "alertChannels",
    neededBy: (environment) =>
      (environment as { readonly alertChannels?: { readonly chats?: object } }).alertChannels?.chats
        ? ["alertChannels.chats"]
        : [],
  },
  {
    name: "experiments of AWS FIS",
    types: [
      "aws_fis_experiment_template",
      "aws_ssm_document",
      "aws_scheduler_schedule",
      "aws_scheduler_schedule_group",
    ],
    capability: "chaosExperiments",
    neededBy: (environment) => {
      const { chaos } = environment as { readonly chaos?: { readonly experiments?: object } };
      return chaos?.experiments ? ["chaos.experiments"] : [];
    },
  },
  {
    name: "parameters of Systems Manager",
    types: ["aws_ssm_parameter"],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "HTTP APIs",
    types: [
      "aws_apigatewayv2_api",
      "aws_apigatewayv2_api_mapping",
      "aws_apigatewayv2_authorizer",
      "aws_apigatewayv2_domain_name",
      "aws_apigatewayv2_integration",
      "aws_apigatewayv2_route",
      "aws_apigatewayv2_stage",
    ],
    spread: "standbyServices",
    neededBy: services(({ api }) => api),
  },
  {
    name: "ECS and load balancers",
    types: [
      "aws_appautoscaling_policy",
      "aws_appautoscaling_scheduled_action",
      "aws_appautoscaling_target",
      "aws_ecs_cluster",
      "aws_ecs_cluster_capacity_providers",
      "aws_ecs_service",
      "aws_ecs_task_definition",
      "aws_lb",
      "aws_lb_listener",
      "aws_lb_listener_certificate",
      "aws_lb_target_group",
      "aws_security_group",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ],
    spread: "standbyServices",
    neededBy: containers,
  },
  {
    name: "VPCs",
    types: [
      "aws_default_security_group",
      "aws_internet_gateway",
      "aws_route_table",
      "aws_route_table_association",
      "aws_subnet",
      "aws_vpc",
      "aws_vpc_endpoint",
    ],
    spread: "standbyServices",
    neededBy: containersInOwnNetwork,
  },
  {
    name: "flow logs",
    types: ["aws_flow_log"],
    capability: "flowLogs",
    spread: "standbyServices",
    neededBy: containersInOwnNetwork,
  },
  {
    name: "web ACLs of load balancers",
    types: ["aws_wafv2_web_acl_association"],
    spread: "standbyServices",
    neededBy: (environment) =>
      named("container")(
        environment.containers.filter(({ loadBalancer }) => Object.keys(loadBalancer.webAclArns).length > 0),
      ),
  },
  {
    name: "certificates of ACM",
    types: ["aws_acm_certificate", "aws_acm_certificate_validation"],
    spread: "standbyServices",
    neededBy: withDomain,
  },
];
