import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Token } from "cdktf";
import { DeploymentStack } from "../../../modules/core";
import {
  ServiceDashboard,
  type ServiceDashboardInput,
  type ServiceDashboardProps,
  type ServiceRegion,
} from "../../../modules/service-dashboard";
import { synth, testApp } from "../../support/synth";
import { containerRegion, everyOption } from "./every-option";
import { build as example } from "./example";
import { fullRegion } from "./regions";

interface Placed {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly period?: number;
    readonly markdown?: string;
    readonly query?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: unknown;
  };
}

interface Body {
  readonly start: string;
  readonly variables: readonly Record<string, unknown>[];
  readonly widgets: readonly Placed[];
}

const dashboardsOf = (build: (stack: DeploymentStack) => void) =>
  synth(build).resource.aws_cloudwatch_dashboard as Record<string, Record<string, string>>;

const both = [fullRegion("eu-west-1"), fullRegion("eu-central-1")];
const bare: ServiceRegion = {
  region: "eu-west-1",
  functionName: "test-mailer",
  logGroupName: "/aws/lambda/test-mailer",
};

function dashboard(props: Partial<ServiceDashboardProps> = {}) {
  const made = dashboardsOf((stack) => {
    new ServiceDashboard(stack, "orders", { environment: "test", service: "orders", regions: both, ...props });
  });
  return made.orders_dashboard ?? {};
}

const bodyOf = (props: Partial<ServiceDashboardProps> = {}): Body => JSON.parse(dashboard(props).dashboard_body ?? "");
const titles = (body: Body) => body.widgets.flatMap(({ properties }) => properties.title ?? []);

function widget(title: string, props: Partial<ServiceDashboardProps> = {}): Placed["properties"] {
  const found = bodyOf(props).widgets.find(({ properties }) => properties.title === title);
  if (!found) throw new Error(`no widget "${title}", only ${titles(bodyOf(props)).join(", ")}`);
  return found.properties;
}

/** The metrics of a widget without their options, as `namespace name dimension=value`. */
function metrics(title: string, props: Partial<ServiceDashboardProps> = {}): string[] {
  return (widget(title, props).metrics ?? []).map((metric) =>
    metric
      .filter((part) => typeof part === "string")
      .join(" ")
      .replace(/ (FunctionName|Resource|ApiId|Stage|TableName|ReceivingRegion|QueueName) /g, " $1="),
  );
}

describe("ServiceDashboard", () => {
  test("is one dashboard, made in the home region, whose widgets each name their region", () => {
    expect(dashboard()).toMatchObject({ provider: "aws.eu-west-1", dashboard_name: "test-orders" });
    const shown = bodyOf().widgets.filter(({ type }) => type === "metric" || type === "log");
    expect(shown.length).toBeGreaterThan(20);
    for (const { properties } of shown)
      expect(properties.title).toMatch(new RegExp(` (in|from) ${properties.region}$`));
  });

  test("shows every section for every region", () => {
    const perRegion = (region: string) => [
      `Alarms in ${region}`,
      `Traffic in ${region}`,
      `Errors in ${region}`,
      `API latency in ${region}`,
      `Function duration in ${region}`,
      `Concurrency in ${region}`,
      `Throttles in ${region}`,
      `Consumed capacity in ${region}`,
      `Replication from ${region}`,
      `Dead letters in ${region}`,
      `Recent errors in ${region}`,
      `Lines with the id above, in ${region}`,
    ];
    expect([...titles(bodyOf())].sort()).toEqual([...perRegion("eu-west-1"), ...perRegion("eu-central-1")].sort());
  });

  test("leaves out what a service does not have, with its heading", () => {
    const body = bodyOf({ regions: [bare] });
    expect(titles(body)).toEqual([
      "Traffic in eu-west-1",
      "Errors in eu-west-1",
      "Function duration in eu-west-1",
      "Concurrency in eu-west-1",
      "Throttles in eu-west-1",
      "Recent errors in eu-west-1",
      "Lines with the id above, in eu-west-1",
    ]);
    const headings = body.widgets.flatMap(({ properties }) => properties.markdown?.match(/^## .*/) ?? []);
    expect(headings.map(String)).toEqual([
      "## Traffic",
      "## Errors",
      "## Latency",
      "## Concurrency",
      "## Throttles",
      "## Logs",
    ]);
  });

  test("shows the faults that are injected, where faults can be", () => {
    const body = bodyOf({ regions: [{ ...bare, hasFaults: true }] });
    const shown = body.widgets.find(({ properties }) => properties.title === "Injected faults in eu-west-1");
    expect(shown?.properties.metrics).toEqual([
      [
        "Evenkeel/Functions",
        "FaultsInjected",
        "FunctionName",
        bare.functionName,
        { stat: "Sum", label: "injected faults" },
      ],
    ]);
  });

  test("counts requests of the API and invocations of the alias", () => {
    expect(metrics("Traffic in eu-west-1")).toEqual([
      "AWS/ApiGateway Count ApiId=api-eu-west-1 Stage=$default",
      "AWS/Lambda Invocations FunctionName=test-orders Resource=test-orders:live",
    ]);
    expect(metrics("Traffic in eu-west-1", { regions: [bare] })).toEqual([
      "AWS/Lambda Invocations FunctionName=test-mailer",
    ]);
  });

  test("shows errors of API and function, and the share of failed invocations", () => {
    expect(metrics("Errors in eu-central-1").slice(0, 3)).toEqual([
      "AWS/ApiGateway 5xx ApiId=api-eu-central-1 Stage=$default",
      "AWS/ApiGateway 4xx ApiId=api-eu-central-1 Stage=$default",
      "AWS/Lambda Errors FunctionName=test-orders Resource=test-orders:live",
    ]);
    expect(widget("Errors in eu-west-1").metrics?.at(-1)).toEqual([
      { expression: "100 * errors / invocations", label: "function errors, %", yAxis: "right" },
    ]);
  });

  test.each(["API latency", "Function duration"])("shows %s as p50, p90 and p99", (title) => {
    const stats = widget(`${title} in eu-west-1`).metrics?.map((metric) => (metric.at(-1) as { stat: string }).stat);
    expect(stats).toEqual(["p50", "p90", "p99"]);
  });

  test("shows concurrency against what is reserved, where something is", () => {
    expect(widget("Concurrency in eu-west-1").annotations).toEqual({ horizontal: [{ label: "reserved", value: 50 }] });
    expect(metrics("Concurrency in eu-west-1")[0]).toBe("AWS/Lambda ConcurrentExecutions FunctionName=test-orders");
    for (const reservedConcurrency of [undefined, null]) {
      const regions = [{ ...bare, reservedConcurrency }];
      expect(widget("Concurrency in eu-west-1", { regions }).annotations).toBeUndefined();
    }
    const stopped = { regions: [{ ...bare, reservedConcurrency: 0 }] };
    expect(widget("Concurrency in eu-west-1", stopped).annotations).toBeDefined();
  });

  test("shows the replication of the table to each other region that has it", () => {
    expect(metrics("Replication from eu-west-1")).toEqual([
      "AWS/DynamoDB ReplicationLatency TableName=test-orders ReceivingRegion=eu-central-1",
    ]);
    expect(titles(bodyOf({ regions: [fullRegion("eu-west-1")] }))).not.toContain("Replication from eu-west-1");
  });

  test("shows dead letters by the queue's name, from its ARN, also of another stack", () => {
    expect(metrics("Dead letters in eu-west-1")[0]).toBe(
      "AWS/SQS ApproximateNumberOfMessagesVisible QueueName=test-orders-dead-letters",
    );
    const body = dashboardsOf((stack) => {
      const { arn } = new SqsQueue(stack, "queue", { provider: stack.providers.in("eu-west-1") });
      const regions = [{ ...bare, deadLetterQueueArn: arn }];
      new ServiceDashboard(stack, "orders", { environment: "test", service: "orders", regions });
    }).orders_dashboard?.dashboard_body;
    expect(body).toMatch(/"QueueName","\$\{element\(split\(":", aws_sqs_queue\.queue\.arn\), 5\)\}"/);
  });

  test("takes names from other stacks", () => {
    const functionName = Token.asString({ resolve: () => "name-of-another-stack" });
    expect(metrics("Traffic in eu-west-1", { regions: [{ ...bare, functionName, aliasName: "live" }] })).toEqual([
      "AWS/Lambda Invocations FunctionName=name-of-another-stack Resource=name-of-another-stack:live",
    ]);
  });

  test("follows the id that is typed into the dashboard, in all logs of the service", () => {
    const { variables } = bodyOf();
    expect(variables).toEqual([
      expect.objectContaining({ type: "pattern", inputType: "input", pattern: "PASTE-AN-ID" }),
    ]);
    const { query } = widget("Lines with the id above, in eu-west-1");
    expect(query).toMatch(
      /^SOURCE '\/aws\/lambda\/test-orders' \| SOURCE '\/aws\/vendedlogs\/http-api\/test-orders' \| fields /,
    );
    expect(query).toContain('| filter @message like "PASTE-AN-ID"');
  });

  test("has a header with the runbook, further links and the way to each region", () => {
    const config = {
      runbookUrl: "https://wiki.example.com/orders",
      links: [{ title: "Rota", url: "https://rota.example.com" }],
    };
    const markdown = bodyOf({ config }).widgets[0]?.properties.markdown;
    expect(markdown).toContain(
      "# orders in test\n\n[Runbook](https://wiki.example.com/orders) | [Rota](https://rota.example.com)",
    );
    expect(markdown).toContain(
      "**eu-west-1** (home): [function](https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/test-orders)",
    );
    expect(markdown).toContain("**eu-central-1** (standby): ");
  });

  test("places widgets on the grid without gap or overlap", () => {
    for (const regions of [[bare], both, regionsNamed(3), regionsNamed(5)]) {
      const { widgets } = bodyOf({ regions });
      const taken = new Set<string>();
      for (const { x, y, width, height } of widgets) {
        expect(x + width).toBeLessThanOrEqual(24);
        for (let column = x; column < x + width; column++) {
          for (let row = y; row < y + height; row++) {
            expect(taken).not.toContain(`${column},${row}`);
            taken.add(`${column},${row}`);
          }
        }
      }
      const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
      expect(Array.from({ length: bottom }, (_, row) => taken.has(`0,${row}`))).not.toContain(false);
    }
  });

  test("is the same text for the same input, and uses the period and the time range of the config", () => {
    expect(dashboard()).toEqual(dashboard());
    const config = { periodSeconds: 900, start: "-P7D" } as const;
    expect(widget("Traffic in eu-west-1", { config }).period).toBe(900);
    expect(bodyOf({ config }).start).toBe("-P7D");
  });

  test("knows where a browser opens it, in every partition", () => {
    const urlIn = (region: string) => {
      let url = "";
      const stack = new DeploymentStack(testApp(), "test", {
        regions: [region],
        account: "123456789012",
        tags: {},
      });
      url = new ServiceDashboard(stack, "d", { environment: "test", service: "a", regions: [{ ...bare, region }] }).url;
      return url;
    };
    expect(urlIn("eu-west-1")).toBe(
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/test-a",
    );
    expect(urlIn("cn-north-1")).toMatch(/^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
    expect(urlIn("us-gov-west-1")).toMatch(/^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//);
  });

  test("has these addresses", () => {
    expect(Object.keys(dashboardsOf(everyOption)).sort()).toEqual([
      "container_dashboard",
      "full_dashboard",
      "least_dashboard",
    ]);
  });

  const withConfig = (config: ServiceDashboardInput) => ({ config });

  test.each<[what: string, props: Partial<ServiceDashboardProps>, message: RegExp]>([
    ["no region", { regions: [] }, /test\/orders: has no region to show; pass the regions that run the service/],
    ["a region twice", { regions: [bare, bare] }, /region "eu-west-1" is listed twice; list each region once/],
    [
      "a region without provider",
      { regions: [{ ...bare, region: "us-east-1" }] },
      /no provider for region "us-east-1"/,
    ],
    [
      "a token for a number",
      { regions: [{ ...bare, reservedConcurrency: Token.asNumber({ resolve: () => 1 }) }] },
      /the reservedConcurrency in "eu-west-1" is a token, .*; pass the number from the config/,
    ],
    [
      "a token for a list",
      { regions: [{ ...bare, alarmArns: Token.asList({ resolve: () => [] }) }] },
      /the alarmArns in "eu-west-1" are a single token, .*; pass an array/,
    ],
    [
      "more alarms than a widget takes",
      { regions: [{ ...bare, alarmArns: Array(101).fill("arn") }] },
      /would have 101 alarms in one widget, but CloudWatch allows 100; pass fewer regions or alarms/,
    ],
    [
      "more widgets than a dashboard takes",
      { regions: regionsNamed(60) },
      /would have \d+ widgets, but CloudWatch allows 500/,
    ],
    ["a malformed name", { service: "orders/eu" }, /"test-orders\/eu" is not a valid dashboard name; use letters/],
    ["a name that is too long", { service: "s".repeat(255) }, /but AWS allows at most 255; shorten the name/],
    [
      "a runbook that is no URL",
      withConfig({ runbookUrl: "wiki/orders" }),
      /runbookUrl: is not an https URL, because it does not begin with https:\/\/; write https:/,
    ],
    [
      "what Terraform would evaluate",
      withConfig({ links: [{ title: "a", url: "https://a/%{b}" }] }),
      /links\[0\]\.url: contains a bracket, quote or backslash/,
    ],
    [
      "a title that would break the link",
      withConfig({ links: [{ title: "a](b", url: "https://a/b" }] }),
      /links\[0\]\.title: contains a bracket, quote, backslash or line break/,
    ],
    ["a malformed time range", withConfig({ start: "3h" }), /start: is not a time range; write -PT3H for three hours/],
    [
      "an unknown field",
      withConfig({ runbook: "https://a/b" } as never),
      /runbook: unknown field; did you mean "runbookUrl"\?/,
    ],
  ])("refuses %s", (_, props, message) => {
    expect(() => dashboard(props)).toThrow(message);
  });

  test("shows of a container what its load balancer and its tasks say", () => {
    const body = bodyOf({
      service: "tracking",
      regions: [containerRegion("eu-west-1"), containerRegion("eu-central-1")],
    });
    expect(titles(body).filter((title) => title.endsWith("in eu-west-1"))).toEqual([
      "Alarms in eu-west-1",
      ...["Traffic", "Errors", "Latency", "Tasks", "CPU and memory", "Throttles"].map((what) => `${what} in eu-west-1`),
      ...["Consumed capacity", "Injected faults", "Recent errors"].map((what) => `${what} in eu-west-1`),
      "Lines with the id above, in eu-west-1",
    ]);
    const of = (title: string) => body.widgets.find(({ properties }) => properties.title === title)?.properties;
    const text = JSON.stringify(of("Errors in eu-west-1"));
    for (const metric of ["HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count", "TargetConnectionErrorCount"])
      expect(text).toContain(metric);
    expect(of("Tasks in eu-west-1")?.annotations).toEqual({ horizontal: [{ label: "most", value: 9 }] });
    expect(body.widgets[0]?.properties.markdown).toContain("/ecs/v2/clusters/test-tracking/services/test-tracking");
    expect(JSON.stringify(body)).not.toContain("AWS/Lambda");
  });

  test("is about functions or about containers", () => {
    expect(() => dashboard({ regions: [bare, containerRegion("eu-central-1")] })).toThrow(
      /shows functions and containers; make a dashboard for each/,
    );
  });

  test("has an example that is built as the README shows it", () => {
    expect(Object.keys(dashboardsOf((stack) => example(stack)))).toEqual(["orders-dashboard_dashboard"]);
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/service-dashboard/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")));
  });
});

/** The home region and others that differ by name only. */
function regionsNamed(count: number): ServiceRegion[] {
  return Array.from({ length: count }, (_, index) => fullRegion(index === 0 ? "eu-west-1" : `eu-made-up-${index}`));
}
