/** Types of services stacks that moto 5 does not carry, and why. All others are applied. */
export const leftOut: Readonly<Record<string, string>> = {
  aws_apigatewayv2_api_mapping: "its domain name is left out",
  aws_apigatewayv2_domain_name: "moto has no state of domain names, for which the provider waits",
  aws_appautoscaling_policy: "its target is left out",
  aws_appautoscaling_scheduled_action: "its target is left out",
  aws_appautoscaling_target: "moto has no tags of scalable targets, which the provider reads",
  aws_cloudwatch_composite_alarm: "moto has no composite alarms",
  aws_cloudwatch_query_definition: "moto has no saved queries",
  aws_lambda_provisioned_concurrency_config: "moto has no provisioned concurrency that becomes ready",
};

/** Whether a mapping reads a stream: moto looks the stream up, and there is no replica in it that would have one. */
export const readsStream = (resource: Readonly<Record<string, unknown>>): boolean =>
  resource.starting_position !== undefined;

/** Types of earlier stacks that moto looks up when services are created. Other resources of these stacks have stand-ins. */
export const madeBefore: ReadonlySet<string> = new Set([
  "aws_cloudwatch_event_bus",
  "aws_security_group",
  "aws_sqs_queue",
  "aws_subnet",
  "aws_vpc",
]);

/** Types that a second plan replaces, because moto does not give back what was set. */
export const replacedOnMoto: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "moto forgets the class",
};
