import type { Family } from "./type-values";

/** When a schedule begins or ends; the model has a time without a form. */
const instant = {
  pattern: "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})",
  says: "is not a time; write it like 2030-01-31T06:30:00Z",
  because: "the provider reads RFC 3339, as its page says",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/scheduler_schedule",
};

/** Values of EventBridge and EventBridge Scheduler. */
export const events: Family = {
  aws_cloudwatch_event_api_destination: {
    api: ["events.CreateApiDestination"],
    cfn: "AWS::Events::ApiDestination",
  },
  aws_cloudwatch_event_connection: {
    api: ["events.CreateConnection"],
    cfn: "AWS::Events::Connection",
    members: {
      auth_parameters: "AuthParameters",
      "auth_parameters.api_key": "ApiKeyAuthParameters",
      "auth_parameters.api_key.key": "ApiKeyName",
      "auth_parameters.api_key.value": "ApiKeyValue",
      "auth_parameters.invocation_http_parameters": "InvocationHttpParameters",
      "auth_parameters.invocation_http_parameters.body": "BodyParameters",
    },
  },
  aws_cloudwatch_event_archive: {
    api: ["events.CreateArchive"],
    cfn: "AWS::Events::Archive",
    members: { name: "ArchiveName" },
  },
  aws_cloudwatch_event_bus: { api: ["events.CreateEventBus"], cfn: "AWS::Events::EventBus" },
  aws_cloudwatch_event_bus_policy: { api: ["events.PutPermission"] },
  aws_cloudwatch_event_endpoint: {
    api: ["events.CreateEndpoint"],
    cfn: "AWS::Events::Endpoint",
    members: { event_bus: "EventBuses" },
  },
  aws_cloudwatch_event_rule: { api: ["events.PutRule"], cfn: "AWS::Events::Rule" },
  aws_cloudwatch_event_target: {
    api: ["events.PutTargets.Targets[]", "events.PutTargets"],
    cfn: "AWS::Events::Rule.Targets[]",
    members: {
      arn: "Arn",
      target_id: "Id",
      batch_target: "BatchParameters",
      "batch_target.array_size": "ArrayProperties.Size",
      "batch_target.job_attempts": "RetryStrategy.Attempts",
      ecs_target: "EcsParameters",
      "ecs_target.network_configuration": "NetworkConfiguration.awsvpcConfiguration",
      "ecs_target.ordered_placement_strategy": null,
      "ecs_target.placement_constraint": "PlacementConstraints",
      http_target: "HttpParameters",
      "input_transformer.input_paths": "InputPathsMap",
      kinesis_target: "KinesisParameters",
      redshift_target: "RedshiftDataParameters",
      run_command_targets: "RunCommandParameters.RunCommandTargets",
      sagemaker_pipeline_target: "SageMakerPipelineParameters",
      sqs_target: "SqsParameters",
      appsync_target: "AppSyncParameters",
    },
  },
  aws_scheduler_schedule: {
    api: ["scheduler.CreateSchedule"],
    cfn: "AWS::Scheduler::Schedule",
    members: { timezone: null, schedule_expression_timezone: "ScheduleExpressionTimezone" },
    own: { start_date: instant, end_date: instant },
  },
  aws_scheduler_schedule_group: {
    api: ["scheduler.CreateScheduleGroup"],
    cfn: "AWS::Scheduler::ScheduleGroup",
  },
};
