import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceScheduleInput } from "../../../modules/service-schedules";
import { ref, synth } from "../../support/synth";
import { everyOption, schedulesOf } from "./every-option";

const all = synth(everyOption);
const schedule = (name: string, region = "eu-west-1") =>
  all.at(`aws_scheduler_schedule.schedules-${region}_schedule-${name}`);
const added = (config: Partial<ServiceScheduleInput>) =>
  synth((stack) =>
    schedulesOf(stack).add("nightly", {
      expression: "cron(0 3 * * ? *)",
      description: "Closes the books",
      idempotency: { table: "handled-events" },
      ...config,
    }),
  );

describe("ServiceSchedules", () => {
  test("call the alias, with bounded retries, and keep what Lambda did not take", () => {
    expect(schedule("nightly")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "nightly",
      group_name: ref("aws_scheduler_schedule_group.schedules-eu-west-1_group.name"),
      state: "ENABLED",
      schedule_expression: "cron(0 3 ? * MON-FRI *)",
      schedule_expression_timezone: "Europe/Dublin",
      start_date: "2030-01-01T00:00:00Z",
      end_date: "2031-01-01T00:00:00Z",
      flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 30 },
      target: {
        arn: ref("aws_lambda_alias.books-eu-west-1_alias.arn"),
        role_arn: ref("aws_iam_role.schedules-eu-west-1_call_role.arn"),
        retry_policy: { maximum_retry_attempts: 5, maximum_event_age_in_seconds: 600 },
        dead_letter_config: { arn: ref("aws_sqs_queue.schedules-eu-west-1_dead-letters_missed-calls.arn") },
      },
    });
  });

  test("tell the function which occurrence it is, and pass the input on as it stands", () => {
    const { input } = schedule("nightly").target as { readonly input: string };
    expect(JSON.parse(input.replaceAll("$${", "${"))).toEqual({
      source: "evenkeel.schedule",
      schedule: "nightly",
      scheduledTime: "<aws.scheduler.scheduled-time>",
      executionId: "<aws.scheduler.execution-id>",
      attempt: "<aws.scheduler.attempt-number>",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what is tested
      input: { book: "main", note: "${not.terraform}", lines: [1, 2] },
    });
    const { input: without } = schedule("once").target as { readonly input: string };
    expect(JSON.parse(without)).not.toHaveProperty("input");
  });

  test("are there but off in a region that does not call, and where they are switched off", () => {
    expect([schedule("nightly", "eu-central-1").state, schedule("hourly").state]).toEqual(["DISABLED", "DISABLED"]);
    expect(schedule("once").state).toBe("ENABLED");
    expect(schedule("once")).not.toHaveProperty("schedule_expression_timezone");
  });

  test("run as a role that may call this function, and that only their group can assume", () => {
    expect(all.at("aws_iam_role.schedules-eu-west-1_call_role")).toMatchObject({
      path: "/services/",
      assume_role_policy: expect.stringContaining(ref("aws_scheduler_schedule_group.schedules-eu-west-1_group.arn")),
    });
    const { Statement } = JSON.parse(String(all.at("aws_iam_role_policy.schedules-eu-west-1_call_policy").policy));
    expect(Statement.map(({ Action, Resource }: { Action: string; Resource: string }) => [Action, Resource])).toEqual([
      ["lambda:InvokeFunction", ref("aws_lambda_alias.books-eu-west-1_alias.arn")],
      ["kms:Decrypt", expect.stringContaining(":key/mrk-")],
      ["sqs:SendMessage", ref("aws_sqs_queue.schedules-eu-west-1_dead-letters_missed-calls.arn")],
    ]);
    expect(Statement[1].Condition).toEqual({
      ArnLike: {
        "kms:EncryptionContext:aws:scheduler:schedule:arn":
          "arn:aws:scheduler:eu-west-1:111111111111:schedule/test-books-schedules/*",
      },
    });
  });

  test("have alarms on calls that were given up", () => {
    const names = Object.values(all.resource.aws_cloudwatch_metric_alarm ?? {}).map(({ alarm_name }) => alarm_name);
    expect(names.sort()).toEqual([
      "test-books-calls-dropped",
      "test-books-missed-calls-age",
      "test-books-missed-calls-visible",
    ]);
  });

  const refused: [string, Partial<ServiceScheduleInput>, string][] = [
    ["an expression that Scheduler cannot read", { expression: "cron(0 3 * * * *)" }, "expression:"],
    ["an unknown time zone", { timezone: "Europe/Dublinn" }, "timezone: is not a time zone"],
    ["a time zone of a rate", { expression: "rate(1 hour)", timezone: "UTC" }, "timezone: has no effect on a rate"],
    [
      "rates in two regions that are to be one",
      { expression: "rate(1 hour)", runsIn: "every-region" },
      "expression: counts from another moment in each region",
    ],
    [
      "an end before the start",
      { startDate: "2031-01-01T00:00:00Z", endDate: "2030-01-01T00:00:00Z" },
      "endDate: is not after",
    ],
    [
      "a start of a single time",
      { expression: "at(2030-01-01T00:00:00)", startDate: "2030-01-01T00:00:00Z" },
      "startDate: has no effect",
    ],
    ["a start that is no time", { startDate: "tomorrow" }, "startDate: is not a time in UTC"],
    [
      "no idempotency",
      { idempotency: {} },
      "idempotency.table: is required, as EventBridge Scheduler calls at least once",
    ],
    ["retries without an end", { maximumRetryAttempts: 186 }, "use at most 185"],
    ["a window of a week", { flexibleWindowMinutes: 10_080 }, "use at most 1440"],
  ];
  test.each(refused)("refuse %s", (_, config, message) => expect(() => added(config)).toThrow(message));

  test("let rates run in each region where that does no harm", () => {
    const idempotency = { reason: "counts what there is, however often" };
    expect(() => added({ expression: "rate(1 hour)", runsIn: "every-region", idempotency })).not.toThrow();
  });

  test("have an example that is shown in the README", () => {
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/service-schedules/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
