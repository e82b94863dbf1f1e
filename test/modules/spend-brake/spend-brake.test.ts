import { SpendBrake, type SpendBrakeProps } from "../../../modules/spend-brake";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { brakeOrders } from "./example";
import { account, alerts, functionIn, key } from "./parts";

/** A reference as Terraform writes it. */
const reference = (to: string): string => `\${${to}}`;
const all = synth(everyOption);

describe("SpendBrake", () => {
  test("has the alarm of each function tell people and call the brake", () => {
    expect(all.at("aws_cloudwatch_metric_alarm.full_orders-alarm")).toMatchObject({
      provider: "aws.eu-west-1",
      alarm_name: "test-orders-brake",
      namespace: "AWS/Lambda",
      metric_name: "Invocations",
      dimensions: { FunctionName: "test-orders" },
      statistic: "Sum",
      threshold: 60_000,
      period: 60,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "notBreaching",
      alarm_actions: [alerts.topicArn("eu-west-1"), reference("aws_lambda_alias.full_function_alias.arn")],
      ok_actions: [alerts.topicArn("eu-west-1")],
    });
  });

  test("says in the alarm how to release what it has stopped, as it was", () => {
    const description = (id: string) => all.at(`aws_cloudwatch_metric_alarm.full_${id}-alarm`).alarm_description;
    expect(description("orders")).toContain("leaves it 2 executions at once");
    expect(description("orders")).toContain(
      "aws lambda put-function-concurrency --region eu-west-1 --function-name test-orders --reserved-concurrent-executions 50",
    );
    expect(description("shipments")).toContain("so the brake stops it");
    expect(description("shipments")).toContain(
      "aws lambda delete-function-concurrency --region eu-west-1 --function-name test-shipments",
    );
  });

  test("tells its function what each alarm stops, and keeps an execution for it", () => {
    const fn = all.at("aws_lambda_function.full_function_function");
    expect(fn).toMatchObject({ reserved_concurrent_executions: 1 });
    const { BRAKES } = (fn.environment as { readonly variables: { readonly BRAKES: string } }).variables;
    expect(JSON.parse(BRAKES)).toEqual({
      "test-orders-brake": { functionName: "test-orders", floor: 2 },
      "test-shipments-brake": { functionName: "test-shipments", floor: 0 },
    });
  });

  test("may touch the reservations of its functions and nothing else, and only its alarms may call it", () => {
    const { policy } = all.at("aws_iam_role_policy.full_function_execution_policy");
    const statements: { Action: string | string[]; Resource: unknown }[] = JSON.parse(String(policy)).Statement;
    const touching = statements.filter(({ Action }) =>
      [Action].flat().some((action) => action.includes("Concurrency")),
    );
    expect(touching).toEqual(
      ["orders", "shipments"].map((name) => ({
        Effect: "Allow",
        Action: ["lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency"],
        Resource: reference(`aws_lambda_function.${name}-function_function.arn`),
      })),
    );
    expect(all.at("aws_lambda_permission.full_function_invoke-orders")).toMatchObject({
      principal: "lambda.alarms.cloudwatch.amazonaws.com",
      source_arn: reference("aws_cloudwatch_metric_alarm.full_orders-alarm.arn"),
    });
  });

  test("works as in its README", () => {
    const { at } = synth((stack) => {
      brakeOrders(stack, key, alerts, functionIn(stack, "orders", "eu-west-1"));
    });
    expect(at("aws_cloudwatch_metric_alarm.spend-brake_orders-alarm")).toMatchObject({ evaluation_periods: 5 });
  });

  const refused = (change: (stack: Parameters<typeof functionIn>[0]) => Partial<SpendBrakeProps>) => () =>
    synth((stack) => {
      new SpendBrake(stack, "brake", {
        config: {},
        name: "test-spend-brake",
        environment: "test",
        region: "eu-west-1",
        account,
        key,
        tracing: false,
        alerts,
        functions: [],
        ...change(stack),
      });
    });

  test("refuses to be without a function, and functions of another region", () => {
    expect(refused(() => ({}))).toThrow("has no function to brake; pass one, or leave the brake out");
    const elsewhere = refused((stack) => ({
      functions: [
        { id: "far", function: functionIn(stack, "far", "eu-central-1"), config: { invocationsPerMinute: 10 } },
      ],
    }));
    expect(elsewhere).toThrow('brakes functions of "eu-west-1", but "test-far" is in "eu-central-1"');
  });

  test("refuses a floor below what is provisioned, which Lambda does not take", () => {
    const provisioned = refused((stack) => ({
      functions: [
        {
          id: "warm",
          function: functionIn(stack, "warm", "eu-west-1", {
            reservedConcurrency: 20,
            provisionedConcurrency: { min: 1, max: 8 },
          }),
          config: { invocationsPerMinute: 10, floor: 7 },
        },
      ],
    }));
    expect(provisioned).toThrow(
      'leaves "test-warm" 7 executions, below the 8 that may be provisioned, and Lambda refuses that; use a floor of 8 at least',
    );
  });
});
