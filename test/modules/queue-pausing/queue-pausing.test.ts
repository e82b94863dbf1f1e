import type { DeploymentStack } from "../../../modules/core";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { pauseWhileOpen } from "./example";
import { key, type PartsOptions, partsIn } from "./parts";

/** A reference as Terraform writes it. */
const reference = (to: string): string => `\${${to}}`;
const example = (options: Partial<PartsOptions> = {}, breakersIn = "eu-west-1") =>
  synth((stack: DeploymentStack) => {
    const { consumer, fn, breakers } = partsIn(stack, "picking", { region: "eu-west-1", ...options });
    const others = breakersIn === "eu-west-1" ? breakers : partsIn(stack, "others", { region: breakersIn }).breakers;
    pauseWhileOpen(stack, key, others, consumer, fn);
  });
const all = synth(everyOption);
const policyOf = (address: string): { Action: string | string[]; Resource: unknown; Condition?: unknown }[] =>
  JSON.parse(String(all.at(`aws_iam_role_policy.${address}`).policy)).Statement;
const mapping = (id: string) => `aws_lambda_event_source_mapping.${id}-take_mapping`;

describe("QueuePausing", () => {
  test("calls its function for each queue once a minute, with what it has to know, and repeats nothing that is late", () => {
    const { at } = example();
    expect(at("aws_scheduler_schedule.queue-pausing_queue-orders-to-pick")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-picking-messages",
      group_name: reference("aws_scheduler_schedule_group.queue-pausing_group.name"),
      schedule_expression: "rate(1 minute)",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: reference("aws_lambda_alias.queue-pausing_function_alias.arn"),
        input: JSON.stringify({
          queueName: "test-picking-messages",
          mapping: reference("aws_lambda_event_source_mapping.picking-take_mapping.uuid"),
          functionName: "test-picking",
          alias: "live",
          reads: true,
          dependencies: [
            { name: "warehouse", regions: ["eu-west-1"] },
            { name: "carrier", regions: ["eu-west-1", "eu-central-1"] },
          ],
        }),
        retry_policy: { maximum_retry_attempts: 0, maximum_event_age_in_seconds: 60 },
      },
    });
    expect(at("aws_lambda_function.queue-pausing_function_function")).toMatchObject({ timeout: 60 });
  });

  test("leaves it to the function whether mappings read, from their creation on", () => {
    expect(all.at(mapping("standard"))).toMatchObject({ enabled: true, lifecycle: { ignore_changes: ["enabled"] } });
    expect(all.at(mapping("other"))).toMatchObject({ enabled: false, lifecycle: { ignore_changes: ["enabled"] } });
    expect(JSON.stringify(all.at("aws_scheduler_schedule.least_queue-other"))).toContain('\\"reads\\":false');
  });

  test("names the schedule of a FIFO queue as schedules can be named", () => {
    expect(all.at("aws_scheduler_schedule.full_queue-fifo")).toMatchObject({ name: "test-fifo-messages-fifo" });
  });

  test("may switch its mappings, call their functions and read the breakers that pause them, and nothing else", () => {
    const statements = policyOf("full_function_execution_policy");
    const to = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
    const mappings = ["standard", "fifo"].map(
      (id) =>
        `arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:${reference(`aws_lambda_event_source_mapping.${id}-take_mapping.uuid`)}`,
    );
    expect(to("lambda:UpdateEventSourceMapping").map(({ Action, Resource }) => [Action, Resource])).toEqual(
      mappings.map((arn) => [["lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"], arn]),
    );
    expect(to("lambda:InvokeFunction").map(({ Resource }) => Resource)).toEqual(
      ["standard", "fifo"].map((id) => reference(`aws_lambda_alias.${id}-function_alias.arn`)),
    );
    expect(JSON.stringify(to("dynamodb:GetItem"))).toContain('["warehouse#*","carrier#*"]');
    expect(to("dynamodb:UpdateItem")).toEqual([]);
    expect(to("dynamodb:PutItem")).toEqual([]);
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

  test("has an alarm for each queue that stays paused, and for schedules that do not arrive", () => {
    expect(all.at("aws_cloudwatch_metric_alarm.full_paused-alarm-fifo")).toMatchObject({
      namespace: "Evenkeel/CircuitBreakers",
      metric_name: "Paused",
      dimensions: { Environment: "test", Queue: "test-fifo-messages.fifo" },
      statistic: "Maximum",
      threshold: 1,
      evaluation_periods: 5,
      alarm_description: expect.stringContaining("warehouse or carrier"),
    });
    expect(all.at("aws_cloudwatch_metric_alarm.full_dropped-alarm")).toMatchObject({
      namespace: "AWS/Scheduler",
      dimensions: { ScheduleGroup: "test-queue-pausing" },
    });
    expect(all.addresses.filter((address) => /least_.*alarm/.test(address))).toEqual([]);
  });

  test("refuses a consumer that could not be asked to probe", () => {
    expect(() => example({ entry: "services/shipments/handler.ts" })).toThrow(
      '"test-picking" takes test-picking-messages, which warehouse, carrier pauses, but its code has nothing that answers probe calls, so the queue would stay paused; pass pause: pauseWhileOpen({ ... }) of evenkeel/runtime/breaker to queueConsumer, or remove pausedBy',
    );
  });

  test("refuses a queue and breakers of another region", () => {
    expect(() => example({ region: "eu-central-1" }, "eu-west-1")).toThrow("create QueuePausing for each region");
    expect(() => example({}, "eu-central-1")).toThrow(
      'pauses queues of "eu-west-1", but the breakers are in "eu-central-1"; create QueuePausing for each region',
    );
  });
});
