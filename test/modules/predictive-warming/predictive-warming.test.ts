import type { DeploymentStack } from "../../../modules/core";
import { PredictiveWarming, type PredictiveWarmingInput } from "../../../modules/predictive-warming";
import type { ServiceFunction } from "../../../modules/service-function";
import { synth } from "../../support/synth";
import { everyOption, forecastFunction } from "./every-option";

const built = synth((stack) => everyOption(stack));
const key = { arnIn: () => "arn:aws:kms:eu-west-1:111111111111:key/mrk-1", grantUse: () => undefined };

const warming = (
  stack: DeploymentStack,
  functions: readonly ServiceFunction[],
  { config = {}, mostTogether = 100 }: { config?: PredictiveWarmingInput; mostTogether?: number } = {},
) =>
  new PredictiveWarming(stack, "warming", {
    config,
    name: "test-warming",
    environment: "test",
    region: "eu-west-1",
    account: "111111111111",
    functions: functions.map((fn) => ({ function: fn, config: {} })),
    mostTogether,
    key,
    tracing: false,
  });

describe("PredictiveWarming", () => {
  test("leaves the limits of what it forecasts to the actions that it writes", () => {
    for (const id of ["orders", "carts", "stock"]) {
      expect(built.at(`aws_appautoscaling_target.${id}_provisioned-concurrency_target`)).toMatchObject({
        lifecycle: { ignore_changes: ["min_capacity", "max_capacity"] },
      });
    }
  });

  test("tells its function what to forecast, and within which limits", () => {
    const { environment } = built.at("aws_lambda_function.full_function_function") as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables).toMatchObject({
      ALIASES: "test-orders:live=2-50@0.99*0.5 test-carts:live=1-9@0.95",
      HISTORY_DAYS: "63",
      MIN_DAYS: "28",
      LEAD_MINUTES: "10",
      MOST_TOGETHER: "55",
      SERVING_REGION: "eu-central-1",
    });
  });

  test.each<[string, string | undefined, number | undefined]>([
    ["in the region that serves", "eu-west-1", 0.5],
    ["without a share", "eu-central-1", undefined],
    ["where nothing says who serves", undefined, 0.5],
  ])("forecasts from its own region alone %s", (_where, servingRegion, standbyShare) => {
    const result = synth((stack) => {
      new PredictiveWarming(stack, "warming", {
        config: {},
        name: "test-warming",
        environment: "test",
        region: "eu-west-1",
        account: "111111111111",
        servingRegion,
        functions: [{ function: forecastFunction(stack, "orders"), config: { standbyShare } }],
        mostTogether: 100,
        key,
        tracing: false,
      });
    });
    const { environment } = result.at("aws_lambda_function.warming_function_function") as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables.ALIASES).toBe("test-orders:live=2-50@0.95");
    expect(environment.variables).not.toHaveProperty("SERVING_REGION");
    const { policy } = result.at("aws_iam_role_policy.warming_function_execution_policy") as { policy: string };
    expect(JSON.parse(policy).Statement).toContainEqual(
      expect.objectContaining({
        Sid: "ReadHistory",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      }),
    );
  });

  test.each([0, 1.5])("refuses %d as a share of what another region needs", (standbyShare) => {
    expect(() =>
      synth((stack) => {
        new PredictiveWarming(stack, "warming", {
          config: {},
          name: "test-warming",
          environment: "test",
          region: "eu-west-1",
          account: "111111111111",
          functions: [{ function: forecastFunction(stack, "orders"), config: { standbyShare } }],
          mostTogether: 100,
          key,
          tracing: false,
        });
      }),
    ).toThrow("standbyShare");
  });

  test("lets its role write to the scalable targets of these aliases, and to no other", () => {
    const { policy } = built.at("aws_iam_role_policy.full_function_execution_policy") as { policy: string };
    const statements = (JSON.parse(policy) as { Statement: { Sid?: string; Action: unknown; Resource: unknown }[] })
      .Statement;
    expect(statements.find(({ Sid }) => Sid === "WriteSchedules")).toMatchObject({
      Action: ["application-autoscaling:PutScheduledAction", "application-autoscaling:DeleteScheduledAction"],
      Resource: ["orders", "carts"].map(
        (id) => `\${aws_appautoscaling_target.${id}_provisioned-concurrency_target.arn}`,
      ),
    });
    // And reads no region but its own and the one that serves.
    expect(statements.find(({ Sid }) => Sid === "ReadHistory")).toMatchObject({
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    });
    const everything = statements.filter(({ Resource }) => Resource === "*");
    expect(everything.flatMap(({ Action }) => Action).sort()).toEqual([
      "application-autoscaling:DescribeScheduledActions",
      "cloudwatch:GetMetricData",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]);
  });

  test("runs once a day, and has an alarm if EventBridge cannot start it", () => {
    expect(built.at("aws_cloudwatch_event_rule.full_schedule")).toMatchObject({
      schedule_expression: "cron(15 22 * * ? *)",
      provider: "aws.eu-west-1",
    });
    expect(built.at("aws_cloudwatch_metric_alarm.full_not-started-alarm")).toMatchObject({
      metric_name: "FailedInvocations",
      dimensions: { RuleName: "test-full-predictive-warming-daily" },
    });
    expect(built.at("aws_cloudwatch_metric_alarm.full_function_errors-alarm")).toBeTruthy();
  });

  test.each<[string, (stack: DeploymentStack) => void, string]>([
    ["nothing to forecast", (stack) => warming(stack, []), "has no function to forecast; pass at least one"],
    [
      "a function of another region",
      (stack) => warming(stack, [forecastFunction(stack, "orders", undefined, "eu-central-1")]),
      "test-orders is in eu-central-1, not in eu-west-1; create one of these in each region",
    ],
    [
      "a function with schedules",
      (stack) => {
        const schedules = [{ name: "day", schedule: "cron(0 6 * * ? *)", min: 1, max: 3 }];
        warming(stack, [forecastFunction(stack, "orders", { min: 1, max: 3, schedules })]);
      },
      "has schedules, which move the same limits as a forecast; remove them",
    ],
    [
      "minimums that do not fit",
      (stack) => warming(stack, [forecastFunction(stack, "orders", { min: 9, max: 10 })], { mostTogether: 8 }),
      "the minimums of its functions are 9 environments, above the 8 that all may have together; lower min of some",
    ],
    [
      "more days to learn from than it reads",
      (stack) => warming(stack, [forecastFunction(stack, "orders")], { config: { historyDays: 14, minDays: 21 } }),
      "minDays: is above historyDays, 14, so nothing would ever be forecast; use at most that",
    ],
  ])("refuses %s", (_what, build, message) => {
    expect(() => synth(build)).toThrow(message);
  });

  test("refuses a function without provisioned concurrency", () => {
    expect(() =>
      synth((stack) => {
        const fn = forecastFunction(stack, "orders", null as never);
        warming(stack, [fn]);
      }),
    ).toThrow(/provisionedConcurrency/);
  });
});
