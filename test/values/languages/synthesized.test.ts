import dev from "../../../environments/dev";
import prod from "../../../environments/prod";
import sandbox from "../../../environments/sandbox";
import staging from "../../../environments/staging";
import {
  autoScalingSchedule,
  eventPattern,
  identityPolicy,
  inlinePolicy,
  logFilterPattern,
  logsQuery,
  resourcePolicy,
  ruleSchedule,
  schedulerExpression,
  timeZone,
  trustPolicy,
  vpcCidrBlock,
} from "../../../values/languages";
import type { Check } from "../../../values/problem";
import { stacksOf } from "../../support/synthesized-once";

/** The arguments of resources that are texts in a language. */
const languages: Readonly<Record<string, Check<string>>> = {
  "aws_appautoscaling_scheduled_action.schedule": autoScalingSchedule,
  "aws_appautoscaling_scheduled_action.timezone": timeZone,
  "aws_cloudwatch_event_archive.event_pattern": eventPattern,
  "aws_cloudwatch_event_bus_policy.policy": resourcePolicy("events"),
  "aws_cloudwatch_event_rule.event_pattern": eventPattern,
  "aws_cloudwatch_event_rule.schedule_expression": ruleSchedule,
  "aws_cloudwatch_log_metric_filter.pattern": logFilterPattern,
  "aws_cloudwatch_log_resource_policy.policy_document": resourcePolicy("logs"),
  "aws_cloudwatch_query_definition.query_string": logsQuery,
  "aws_iam_policy.policy": identityPolicy,
  "aws_iam_role.assume_role_policy": trustPolicy,
  "aws_iam_role_policy.policy": inlinePolicy,
  "aws_kms_key.policy": resourcePolicy("kms"),
  "aws_kms_replica_key.policy": resourcePolicy("kms"),
  "aws_s3_bucket_policy.policy": resourcePolicy("s3"),
  "aws_scheduler_schedule.schedule_expression": schedulerExpression,
  "aws_scheduler_schedule.schedule_expression_timezone": timeZone,
  "aws_secretsmanager_secret.policy": resourcePolicy("secretsmanager"),
  "aws_secretsmanager_secret_policy.policy": resourcePolicy("secretsmanager"),
  "aws_sns_topic.policy": resourcePolicy("sns"),
  "aws_sns_topic_policy.policy": resourcePolicy("sns"),
  "aws_sqs_queue.policy": resourcePolicy("sqs"),
  "aws_sqs_queue_policy.policy": resourcePolicy("sqs"),
  "aws_vpc.cidr_block": vpcCidrBlock,
};

describe.each([dev, prod, sandbox, staging])("What is synthesized of $input.name", (environment) => {
  test("is right in every language that it has", () => {
    const checked = new Set<string>();
    const problems: string[] = [];
    for (const { name, terraform } of stacksOf(environment, { stage: "optimization" })) {
      const { resource = {} } = terraform as { resource?: Record<string, Record<string, Record<string, unknown>>> };
      for (const [type, byAddress] of Object.entries(resource)) {
        for (const [address, values] of Object.entries(byAddress)) {
          for (const [argument, text] of Object.entries(values)) {
            const check = languages[`${type}.${argument}`];
            if (!check || typeof text !== "string") continue;
            checked.add(`${type}.${argument}`);
            const problem = check(text);
            if (problem) problems.push(`${name} ${type}.${address}.${argument} ${problem}`);
          }
        }
      }
    }
    expect(problems).toEqual([]);
    expect(checked.size).toBeGreaterThan(5);
  });
});
