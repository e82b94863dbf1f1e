import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KpiDashboard, type KpiService } from "../../../modules/kpi-dashboard";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly type: string;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: readonly unknown[][] };
}

describe("KpiDashboard", () => {
  const { at } = synth(everyOption);
  const { dashboard_name: name, dashboard_body: body } = at("aws_cloudwatch_dashboard.full_dashboard");
  const { widgets, start } = JSON.parse(String(body)) as { widgets: Widget[]; start: string };
  const widget = (title: string) => widgets.find(({ properties }) => properties.title === title);
  const expressionOf = (title: string) =>
    (widget(title)?.properties.metrics?.[0]?.[0] as { expression?: string } | undefined)?.expression;

  test("has a number for each figure of a service, over all of its regions", () => {
    expect([name, start]).toEqual(["test-kpis", "-P7D"]);
    expect(expressionOf("orders: availability, %")).toBe("100 * (1 - SUM([f0,f1]) / SUM([r0,r1]))");
    expect(expressionOf("orders: error budget left, %")).toBe("100 * (1 - SUM([f0,f1]) / (SUM([r0,r1]) * 0.001))");
    expect(expressionOf("orders: failed invocations, %")).toBe("100 * SUM([e0,e1]) / SUM([i0,i1])");
    expect(expressionOf("orders: cold starts, %")).toBe("100 * SUM([c0,c1]) / SUM([i0,i1])");
    expect(expressionOf("mailer: error budget left, %")).toBeUndefined();
  });

  test("reckons what a thousand requests cost from calls, their duration, the API and tables of its own", () => {
    expect(expressionOf("mailer: USD per 1,000 requests")).toBe(
      "1000 * (FILL(i0, 0) * 0.0000002 + FILL(d0, 0) * 0.0000000133334) / (SUM([r0]) - SUM([f0]))",
    );
    const cost = expressionOf("orders: USD per 1,000 requests");
    for (const part of ["FILL(r0, 0) * 0.00000111", "FILL(q0, 0) * 0.0000001415", "FILL(w1t1, 0) * 0.0000007625"]) {
      expect(cost).toContain(part);
    }
  });

  test("has the requests of the load balancer and the tasks of a container, with failures that have no metric yet", () => {
    expect(expressionOf("tracking: availability, %")).toBe(
      "100 * (1 - (FILL(f0, 0) + FILL(f0t1, 0) + FILL(f1, 0) + FILL(f1t1, 0)) / SUM([r0,r1]))",
    );
    expect(expressionOf("tracking: 99th percentile, ms")).toBe("1000 * MAX([l0,l1])");
    expect(expressionOf("tracking: tasks")).toBe("SUM([h0,h1])");
    // A quarter of a vCPU and half a GB, by the second.
    expect(expressionOf("tracking: USD per 1,000 requests")).toContain("FILL(PERIOD(h0) * h0, 0) * 0.000002743055556");
    expect(expressionOf("tracking: cold starts, %")).toBeUndefined();
    expect(JSON.stringify(widget("tracking: availability, %")?.properties.metrics)).toContain(
      JSON.stringify(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "LoadBalancer", "app/tracking/0a1b2c3d"]).slice(
        0,
        -1,
      ),
    );
  });

  test("gives each series an id once in a widget, each of which the formula knows", () => {
    for (const { properties } of widgets) {
      const options = (properties.metrics ?? []).map((metric) => metric.at(-1) as { id?: string; expression?: string });
      const ids = options.flatMap(({ id }) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const used = options.flatMap(({ expression = "" }) => expression.match(/\b[a-z]\d+(t\d+)?\b/g) ?? []);
      expect([...new Set(used)].filter((id) => !ids.includes(id))).toEqual([]);
    }
  });

  test("takes the time to recovery from metrics, and says where the last drills are", () => {
    expect(JSON.stringify(widget("orders: mean minutes to recovery")?.properties.metrics)).toContain(
      "IF(100 * SUM([f0,f1]) / SUM([r0,r1]) > 1, 1, 0)",
    );
    const promises = widgets.at(-1)?.properties.markdown;
    expect(promises).toContain("| orders | 99.9 % | 420 s | `evenkeel kpi test` |");
    expect(promises).toContain("| mailer | none | none | `evenkeel kpi test` |");
  });

  test("lays widgets out side by side within 24 columns", () => {
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    expect(new Set(widgets.map(({ x, y }) => `${x} ${y}`)).size).toBe(widgets.length);
  });

  test("counts cold starts by the reports of invocations", () => {
    expect(at("aws_cloudwatch_log_metric_filter.cold-starts_filter")).toMatchObject({
      pattern: '{ ($.type = "platform.report") && ($.record.metrics.initDurationMs > 0) }',
      metric_transformation: {
        name: "test-orders-cold-starts",
        namespace: "Evenkeel/Kpis",
        value: "1",
        default_value: "0",
      },
    });
  });

  test.each<[string, KpiService[], string]>([
    ["no service", [], "has no service to show; pass at least one"],
    [
      "more services than fit",
      Array.from({ length: 61 }, (_, index) => ({ name: `s${index}`, failingPercent: 1, regions: [] })),
      "shows 61 services, but CloudWatch takes 500 widgets, which are enough for 60; make several dashboards",
    ],
  ])("refuses %s", (_, services, message) => {
    expect(() =>
      synth((stack) => new KpiDashboard(stack, "kpis", { environment: "prod", homeRegion: "eu-west-1", services })),
    ).toThrow(message);
  });

  test("is shown in its README by an example that compiles", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/kpi-dashboard/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
