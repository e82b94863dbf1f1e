import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BusinessMetrics, type BusinessMetricsInput } from "../../../modules/business-metrics";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";

const build = (config: BusinessMetricsInput, attach: (metrics: BusinessMetrics) => void = () => undefined) =>
  synth((stack) =>
    attach(
      new BusinessMetrics(stack, "metrics", {
        config,
        environment: "prod",
        service: "orders",
        region: "eu-west-1",
        alarms: { topicArn: (region) => `arn:aws:sns:${region}:123456789012:alerts` },
      }),
    ),
  );

const placed = { name: "OrdersPlaced", description: "Orders placed" };
const metric = (more: object) => ({ metrics: [{ ...placed, ...more }] }) as BusinessMetricsInput;

describe("BusinessMetrics", () => {
  test("alarm on the whole metric, with the last word of the name as its severity", () => {
    const { at } = synth(everyOption);
    expect(at("aws_cloudwatch_metric_alarm.full_orders-placed-alarm")).toMatchObject({
      alarm_name: "test-orders-OrdersPlaced-page",
      namespace: "Evenkeel/Business",
      metric_name: "OrdersPlaced",
      dimensions: { Environment: "test", Service: "orders" },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 3600,
      evaluation_periods: 6,
      datapoints_to_alarm: 5,
      treat_missing_data: "breaching",
    });
    expect(at("aws_cloudwatch_metric_alarm.full_pick-minutes-alarm")).toMatchObject({
      alarm_name: "test-orders-PickMinutes-ticket",
      extended_statistic: "p90",
      comparison_operator: "GreaterThanThreshold",
      threshold: 30,
    });
  });

  test("tell a function of their names, units and dimensions", () => {
    const told: unknown[] = [];
    const fn = {
      region: "eu-west-1",
      addToRolePolicy: () => undefined,
      addEnvironmentVariables: (variables: object) => told.push(variables),
    };
    const config: BusinessMetricsInput = {
      metrics: [placed, { ...placed, name: "OrderValue", unit: "None", dimensions: { Currency: ["EUR"] } }],
    };
    build(config, (metrics) => metrics.attach(fn));
    expect(told).toEqual([
      { BUSINESS_METRICS: '{"OrdersPlaced":["Count"],"OrderValue":["None",{"Currency":["EUR"]}]}' },
    ]);
    expect(() => build(config, (metrics) => metrics.attach({ ...fn, region: "eu-central-1" }))).toThrow(
      'has alarms in "eu-west-1", which see nothing of a function in "eu-central-1"; create BusinessMetrics for each region',
    );
  });

  test.each<[string, BusinessMetricsInput, string]>([
    [
      "more metrics than a line of the embedded metric format holds",
      { metrics: Array.from({ length: 101 }, (_, index) => ({ ...placed, name: `M${index}` })) },
      "metrics: are more than a line of the embedded metric format holds; use at most 100",
    ],
    [
      "more dimensions than a metric can have",
      metric({ dimensions: Object.fromEntries(Array.from({ length: 29 }, (_, index) => [`D${index}`, ["x"]])) }),
      "metrics[0].dimensions: are 29, but a metric has at most 28 besides those that all have",
    ],
    [
      "more combinations than anybody wants to pay for",
      metric({
        dimensions: {
          A: Array.from({ length: 11 }, (_, i) => `a${i}`),
          B: Array.from({ length: 11 }, (_, i) => `b${i}`),
        },
      }),
      "metrics[0].dimensions: make 144 metrics of it, each of which is billed; use fewer values, at most 100 combinations",
    ],
    [
      "a name twice",
      { metrics: [placed, placed] },
      "metrics[1].name: is the name of another metric; choose another one",
    ],
    [
      "a dimension that all have",
      metric({ dimensions: { Service: ["x"] } }),
      "metrics[0].dimensions.Service: is a dimension that every metric has; leave it out",
    ],
    [
      "an alarm in both directions",
      metric({ alarm: { above: 1, below: 1, description: "Something is wrong." } }),
      "metrics[0].alarm.below: is needed once: give either above or below",
    ],
    [
      "an alarm that looks back further than CloudWatch",
      metric({ alarm: { above: 1, periods: 300, description: "Something is wrong." } }),
      "metrics[0].alarm.periods: makes the alarm look back 90000 s, which is longer than CloudWatch allows; use at most 288",
    ],
    [
      "a period that is no minute",
      metric({ alarm: { above: 1, periodSeconds: 90, description: "Something is wrong." } }),
      "metrics[0].alarm.periodSeconds: is not a whole number of minutes; use a multiple of 60",
    ],
  ])("refuse %s", (_, config, message) => {
    expect(() => build(config)).toThrow(message);
  });

  test("are shown in their README by an example that compiles", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/business-metrics/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
