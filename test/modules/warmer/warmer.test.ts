import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";
import { synth } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { everyOption, warmedFunction } from "./every-option";
import { keepWarm } from "./example";

/** A reference as Terraform writes it. */
const reference = (to: string): string => `\${${to}}`;
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const example = (fn: (stack: DeploymentStack) => ServiceFunction) =>
  synth((stack) => void keepWarm(stack, key, fn(stack)));
const all = synth(everyOption);
const policyOf = (address: string) => JSON.parse(String(all.at(`aws_iam_role_policy.${address}`).policy)).Statement;

describe("Warmer", () => {
  test("calls an alias by a schedule of its own group, as often at once as asked, and repeats nothing that is late", () => {
    const { at } = example((stack) => warmedFunction(stack, "orders", "eu-west-1"));
    expect(at("aws_scheduler_schedule.warmer_alias-orders")).toMatchObject({
      provider: "aws.eu-west-1",
      group_name: reference("aws_scheduler_schedule_group.warmer_group.name"),
      state: "ENABLED",
      schedule_expression: "rate(5 minutes)",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: reference("aws_lambda_alias.warmer_function_alias.arn"),
        input: JSON.stringify({ functionName: "test-orders", alias: "live", concurrency: 3, holdMs: 75 }),
        retry_policy: { maximum_retry_attempts: 0, maximum_event_age_in_seconds: 60 },
      },
    });
    expect(at("aws_lambda_function_event_invoke_config.warmer_function_async-invoke")).toMatchObject({
      maximum_retry_attempts: 0,
      maximum_event_age_in_seconds: 60,
    });
  });

  test("may invoke the aliases that it warms, and its schedules may invoke it alone", () => {
    const invoked = policyOf("full_function_execution_policy").filter(
      ({ Action }: { Action: unknown }) => Action === "lambda:InvokeFunction",
    );
    expect(invoked.map(({ Resource }: { Resource: unknown }) => Resource)).toEqual([
      reference("aws_lambda_alias.orders_alias.arn"),
      reference("aws_lambda_alias.group_alias.arn"),
    ]);
    expect(policyOf("full_schedule_policy")).toEqual([
      {
        Effect: "Allow",
        Action: "lambda:InvokeFunction",
        Resource: reference("aws_lambda_alias.full_function_alias.arn"),
      },
    ]);
    expect(all.at("aws_iam_role.full_schedule_role")).toMatchObject({
      path: "/services/",
      assume_role_policy: expect.stringContaining(reference("aws_scheduler_schedule_group.full_group.arn")),
    });
  });

  test("can be stopped without losing anything, and has an alarm for calls that fail and for those that never come", () => {
    expect(all.at("aws_scheduler_schedule.full_alias-orders")).toMatchObject({
      state: "DISABLED",
      schedule_expression: "rate(1 minute)",
    });
    expect(all.at("aws_cloudwatch_metric_alarm.full_failed-alarm-orders")).toMatchObject({
      namespace: "Evenkeel/Warming",
      metric_name: "FailedCalls",
      dimensions: { FunctionName: "test-orders" },
    });
    expect(all.at("aws_cloudwatch_metric_alarm.full_dropped-alarm")).toMatchObject({
      namespace: "AWS/Scheduler",
      dimensions: { ScheduleGroup: "test-warmer" },
    });
    expect(all.addresses.filter((address) => /least_.*alarm/.test(address))).toEqual([]);
  });

  test("refuses a function of another region", () => {
    expect(() => example((stack) => warmedFunction(stack, "orders", "eu-central-1"))).toThrow(
      'warms functions of "eu-west-1", but "test-orders" is in "eu-central-1"; create a Warmer for each region',
    );
  });

  test("refuses a function whose own code would run for a warming call", () => {
    const projectRoot = temporaryFolder("warmer-");
    writeFileSync(join(projectRoot, "handler.ts"), "export const handler = async () => 1;");
    const own = (stack: DeploymentStack) =>
      new ServiceFunction(stack, "own", {
        config: { entry: "handler.ts", reservedConcurrency: null },
        name: "test-own",
        region: "eu-west-1",
        account: "123456789012",
        key,
        projectRoot,
        tracing: false,
      });
    expect(() => example(own)).toThrow(
      "its code has nothing that answers warming calls, so its own code would run for each; wrap its handler with warmable()",
    );
  });
});
