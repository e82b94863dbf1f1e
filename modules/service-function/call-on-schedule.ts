import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import type { ServiceFunction } from "./service-function";

export interface ScheduleOfCallsProps {
  /** Name of the rule, at most 64 characters; cannot change. */
  readonly name: string;
  /** What the calls are for; at most 512 characters. */
  readonly description: string;
  /** `rate(1 day)`, or a cron expression in UTC. */
  readonly expression: string;
  /** What the function is called with; the event of the schedule if left out. */
  readonly input?: object;
}

/**
 * Has EventBridge call the alias of a function on a schedule, by a rule `schedule` and its target `schedule-target` in `scope`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export function callOnSchedule(
  scope: Construct,
  fn: ServiceFunction,
  { name, description, expression, input }: ScheduleOfCallsProps,
): void {
  const provider = deploymentStackOf(scope).providers.in(fn.region);
  const rule = new CloudwatchEventRule(scope, "schedule", {
    provider,
    name,
    description,
    scheduleExpression: expression,
  });
  fn.allowInvoke("schedule", "events.amazonaws.com", rule.arn);
  new CloudwatchEventTarget(scope, "schedule-target", {
    provider,
    rule: rule.name,
    arn: fn.aliasArn,
    ...(input && { input: JSON.stringify(input) }),
  });
}
