import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { mistakesOf, serviceOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

/** All resources of prod at a stage, by `<stack> <address>`. */
function resourcesAt(stage: "foundation" | "hardening" | "optimization") {
  const stacks = stacksOf(defineEnvironment(prod.input), { stage });
  return new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(
        ([address, body]) => [`${stack.name.replace(/^prod-/, "")} ${address}`, body] as const,
      ),
    ),
  );
}

describe("Signals", () => {
  const foundation = resourcesAt("foundation");
  const all = resourcesAt("optimization");
  const like = (resources: typeof all, pattern: RegExp) =>
    [...resources.keys()].filter((key) => pattern.test(key)).sort();

  test("of the business come with foundation: names for the function, an alarm, graphs on the dashboard", () => {
    expect(foundation.get("services-eu-west-1 aws_lambda_function.orders_function_function")).toMatchObject({
      environment: {
        variables: {
          BUSINESS_METRICS: '{"OrdersPlaced":["Count"],"OrderValue":["None",{"Currency":["EUR","GBP"]}]}',
        },
      },
    });
    expect(
      foundation.get("services-eu-west-1 aws_cloudwatch_metric_alarm.orders_metrics_orders-placed-alarm"),
    ).toMatchObject({
      alarm_name: "prod-orders-OrdersPlaced-ticket",
      threshold: 1,
    });
    const body = String(foundation.get("operations aws_cloudwatch_dashboard.orders_dashboard")?.dashboard_body);
    expect(body).toContain("Orders placed in eu-west-1");
    expect(body).toContain('Evenkeel/Business,Environment,Service,Currency} MetricName=\\"OrderValue\\"');
    // Frankfurt takes over, and has no orders to miss.
    const missing = ["eu-west-1", "eu-central-1"].map(
      (region) =>
        all.get(`services-${region} aws_cloudwatch_metric_alarm.orders_metrics_orders-placed-alarm`)
          ?.treat_missing_data,
    );
    expect(missing).toEqual(["breaching", "notBreaching"]);
    // The storefront has the same code, and writes none.
    expect(
      JSON.stringify(foundation.get("services-eu-west-1 aws_lambda_function.storefront_function_function")),
    ).not.toContain("BUSINESS_METRICS");
  });

  test("on budgets come with hardening, in each region that the service is in", () => {
    expect(like(foundation, /composite_alarm/)).toEqual([]);
    expect(like(all, /composite_alarm\..*_impact$/)).toEqual(
      ["eu-central-1", "eu-west-1"].flatMap((region) =>
        ["orders", "shipments", "storefront", "tracking"].map(
          (service) => `services-${region} aws_cloudwatch_composite_alarm.${service}_error-budget_impact`,
        ),
      ),
    );
    expect(all.get("services-eu-west-1 aws_cloudwatch_composite_alarm.orders_error-budget_impact")?.alarm_rule).toMatch(
      /^ALARM\("\$\{aws_cloudwatch_metric_alarm\.orders_api_server-errors-alarm\.arn\}"\) OR ALARM\("\$\{.*latency-alarm\.arn\}"\)$/,
    );
    for (const key of like(all, /composite_alarm/)) expect(all.get(key)).not.toHaveProperty("actions_enabled");
  });

  test("of all services are on one dashboard, with a count of cold starts for each function of theirs", () => {
    const body = String(foundation.get("operations aws_cloudwatch_dashboard.kpis_dashboard")?.dashboard_body);
    for (const service of ["orders", "ledger", "storefront", "shipments", "picking", "stock"]) {
      expect(body).toContain(`${service}: availability, %`);
      expect(foundation.has(`services-eu-west-1 aws_cloudwatch_log_metric_filter.${service}_cold-starts_filter`)).toBe(
        true,
      );
    }
  });

  test("reach other tools from each region that has an alert topic", () => {
    const regionsOf = (resources: typeof all) =>
      like(resources, /event_connection\..*_on-call-connection$/).map(
        (key) => /alert-channels_(.*)_on-call/.exec(key)?.[1],
      );
    const topics = (resources: typeof all) =>
      like(resources, /^keys aws_sns_topic\./).map((key) => String(resources.get(key)?.provider).replace("aws.", ""));
    expect(regionsOf(foundation).sort()).toEqual(topics(foundation).sort());
    expect(regionsOf(all).sort()).toEqual(["eu-central-1", "eu-west-1", "us-east-1"]);
    expect(topics(all).sort()).toEqual(regionsOf(all).sort());
  });

  test("are refused where they promise nothing, or are named twice", () => {
    expect(
      mistakesOf((input) => {
        serviceOf(input, "orders").errorBudget = { latency: { withinMs: 10_000 } };
        const placed = { name: "OrdersPlaced", description: "Orders placed" };
        serviceOf(input, "orders").metrics = [placed, placed];
      }, prod),
    ).toEqual([
      "services[0].metrics[1].name: is the name of another metric; choose another one",
      "services[0].errorBudget.latency.withinMs: is as long as a call can take, 10000 ms, so that it is always kept; use less",
    ]);
  });
});
