import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { budgetLeftPercent, ErrorBudget, type ErrorBudgetProps, percentAt } from "../../../modules/error-budget";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";

const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:123456789012:alerts` };

function budget(stack: DeploymentStack, props: Partial<ErrorBudgetProps> = {}): ErrorBudget {
  return new ErrorBudget(stack, "budget", {
    config: {},
    name: "test-orders",
    region: "eu-west-1",
    source: { kind: "api", apiId: "a1b2c3" },
    impactAlarmArns: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:test-orders-api-server-errors"],
    alarms,
    ...props,
  });
}

/** The alarms below a composite one, by its rule. */
const joined = (rule: unknown): string[] =>
  [...String(rule).matchAll(/aws_cloudwatch_metric_alarm\.([\w-]+)\.arn/g)].map(([, name]) => name ?? "");

describe("ErrorBudget", () => {
  const { at, resource } = synth((stack) => budget(stack));

  test("pages at 14.4 times in 1 h and 5 min and 6 times in 6 h and 30 min, and writes a ticket at once in 3 days and 6 h", () => {
    const pairs = ["fast", "slow", "steady"].map((name) => {
      const composite = at(`aws_cloudwatch_composite_alarm.budget_budget-${name}`);
      const windows = joined(composite.alarm_rule).map((child) => at(`aws_cloudwatch_metric_alarm.${child}`));
      return [
        composite.alarm_name,
        windows.map(({ threshold, evaluation_periods, datapoints_to_alarm, metric_query }) => {
          const [{ metric }] = metric_query as [{ metric: { period: number } }];
          return [threshold, metric.period, evaluation_periods, datapoints_to_alarm];
        }),
      ];
    });
    expect(pairs).toEqual([
      [
        "test-orders-budget-fast-page",
        [
          [1.44, 3600, 1, 1],
          [1.44, 300, 1, 1],
        ],
      ],
      [
        "test-orders-budget-slow-page",
        [
          [0.6, 21_600, 1, 1],
          [0.6, 1800, 1, 1],
        ],
      ],
      [
        "test-orders-budget-steady-ticket",
        [
          [0.1, 86_400, 3, 2],
          [0.1, 21_600, 1, 1],
        ],
      ],
    ]);
  });

  test("joins both windows of a pair, and notifies from the composite alarms alone", () => {
    expect(at("aws_cloudwatch_composite_alarm.budget_budget-fast")).toMatchObject({
      alarm_rule: expect.stringMatching(/^ALARM\("[^"]+"\) AND ALARM\("[^"]+"\)$/),
      alarm_actions: ["arn:aws:sns:eu-west-1:123456789012:alerts"],
      ok_actions: ["arn:aws:sns:eu-west-1:123456789012:alerts"],
    });
    for (const composite of Object.values(resource.aws_cloudwatch_composite_alarm ?? {})) {
      expect(composite).not.toHaveProperty("actions_enabled");
    }
    for (const window of Object.values(resource.aws_cloudwatch_metric_alarm ?? {})) {
      expect(window).toMatchObject({
        alarm_name: expect.stringMatching(/-window$/),
        treat_missing_data: "notBreaching",
      });
      expect(window).not.toHaveProperty("alarm_actions");
    }
  });

  test("counts what clients of an API get, above the fewest requests", () => {
    expect(at("aws_cloudwatch_metric_alarm.budget_budget-5m").metric_query).toEqual([
      {
        id: "failed",
        metric: {
          namespace: "AWS/ApiGateway",
          metric_name: "5xx",
          dimensions: { ApiId: "a1b2c3" },
          period: 300,
          stat: "Sum",
        },
      },
      {
        id: "requests",
        metric: {
          namespace: "AWS/ApiGateway",
          metric_name: "Count",
          dimensions: { ApiId: "a1b2c3" },
          period: 300,
          stat: "SampleCount",
        },
      },
      {
        id: "percent",
        label: "Failed requests, percent",
        expression: "IF(requests >= 30, 100 * failed / requests, 0)",
        return_data: true,
      },
    ]);
  });

  test("counts invocations of a function without an API", () => {
    const { at: of } = synth((stack) => budget(stack, { source: { kind: "function", functionName: "test-mailer" } }));
    expect(JSON.stringify(of("aws_cloudwatch_metric_alarm.budget_budget-1h").metric_query)).toMatch(
      /"metric_name":"Errors","namespace":"AWS\/Lambda".*"metric_name":"Invocations"/,
    );
  });

  test("has the same pairs for latency, by the rank of the promised time", () => {
    const { at: of, resource: all } = synth((stack) =>
      budget(stack, { config: { latency: { withinMs: 800, percent: 99 } } }),
    );
    expect(Object.keys(all.aws_cloudwatch_composite_alarm ?? {})).toHaveLength(7);
    const { threshold, metric_query } = of("aws_cloudwatch_metric_alarm.budget_latency-budget-5m");
    expect(threshold).toBe(14.4);
    expect(metric_query).toEqual([
      { id: "quick", metric: expect.objectContaining({ metric_name: "Latency", stat: "PR(:800)" }) },
      { id: "requests", metric: expect.objectContaining({ metric_name: "Count" }) },
      expect.objectContaining({ expression: "IF(requests >= 30, 100 - quick, 0)" }),
    ]);
  });

  test("pages when callers notice anything, unless another alarm holds it back", () => {
    expect(at("aws_cloudwatch_composite_alarm.budget_impact")).toMatchObject({
      alarm_name: "test-orders-impact-page",
      alarm_rule: 'ALARM("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:test-orders-api-server-errors")',
    });
    const { at: of } = synth((stack) =>
      budget(stack, { config: { impact: { suppressedBy: { alarm: "maintenance" } } } }),
    );
    expect(of("aws_cloudwatch_composite_alarm.budget_impact").actions_suppressor).toEqual({
      alarm: "maintenance",
      wait_period: 120,
      extension_period: 300,
    });
  });

  test("has no alarm on impact where nothing tells of it", () => {
    const { addresses } = synth((stack) => budget(stack, { impactAlarmArns: [] }));
    expect(addresses).not.toContain("aws_cloudwatch_composite_alarm.budget_impact");
  });

  test("keeps its addresses", () => {
    const ours = synth(everyOption).addresses.filter((address) => address.includes("composite"));
    expect(ours).toEqual(
      [
        ...["budget-fast", "budget-slow", "budget-steady", "impact"],
        ...["latency-budget-fast", "latency-budget-slow", "latency-budget-steady"],
      ]
        .map((id) => `aws_cloudwatch_composite_alarm.full_${id}`)
        .concat(["fast", "slow", "steady"].map((id) => `aws_cloudwatch_composite_alarm.least_budget-${id}`)),
    );
  });

  test.each<[string, ErrorBudgetProps["config"], string]>([
    [
      "an objective that the fastest alarm could never see broken",
      { availabilityPercent: 90 },
      "availabilityPercent: is so low that the alarm on the fastest loss could never fire, at 14.4 times what it allows; use at least 95",
    ],
    [
      "a page that is held back for more than a day",
      { impact: { suppressedBy: { alarm: "x", waitSeconds: 86_400, extensionSeconds: 60 } } },
      "impact.suppressedBy.extensionSeconds: holds pages back for more than a day together with waitSeconds; use less",
    ],
    [
      "an unknown field",
      { availablityPercent: 99 } as object,
      'availablityPercent: unknown field; did you mean "availabilityPercent"?',
    ],
  ])("refuses %s", (_, config, message) => {
    expect(() => synth((stack) => budget(stack, { config }))).toThrow(message);
  });

  test("refuses to join more alarms than CloudWatch takes", () => {
    const impactAlarmArns = Array.from({ length: 101 }, (_, index) => `arn:aws:cloudwatch:eu-west-1:1:alarm:a${index}`);
    expect(() => synth((stack) => budget(stack, { impactAlarmArns }))).toThrow(
      'the alarm "test-orders-impact-page" joins 101 alarms, but a rule of CloudWatch has at most 100 alarms and 10240 characters; join some of them in a composite alarm of their own',
    );
  });

  test("is shown in its README by an example that compiles", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/error-budget/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});

describe("An error budget", () => {
  test("is what may fail, and can be overspent", () => {
    expect(percentAt(99.9, 14.4)).toBe(1.44);
    expect(budgetLeftPercent(99.9, 10_000, 5)).toBeCloseTo(50);
    expect(budgetLeftPercent(99.9, 10_000, 20)).toBeCloseTo(-100);
    expect(budgetLeftPercent(99.9, 0, 0)).toBeNull();
  });
});
