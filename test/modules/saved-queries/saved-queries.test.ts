import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Token } from "cdktf";
import type { DeploymentStack } from "../../../modules/core";
import { accessLogFormat } from "../../../modules/http-api/access-log";
import {
  containerQueries,
  idPlaceholder,
  SavedQueries,
  type SavedQueriesProps,
  standardQueries,
} from "../../../modules/saved-queries";
import { type HttpApiHandler, httpApi } from "../../../runtime/http/http-api";
import { createLogger } from "../../../runtime/observability/logger";
import { captureLogs, httpEvent, lambdaContext } from "../../runtime/invocation";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

type Query = {
  readonly provider: string;
  readonly name: string;
  readonly query_string: string;
  readonly log_group_names: readonly string[];
};

const queriesOf = (build: (stack: DeploymentStack) => void) =>
  synth(build).resource.aws_cloudwatch_query_definition as Record<string, Query>;

function queries(props: Partial<SavedQueriesProps> = {}) {
  return queriesOf((stack) => {
    new SavedQueries(stack, "queries", {
      environment: "test",
      service: "orders",
      region: "eu-west-1",
      logGroupNames: ["/aws/lambda/test-orders", "/aws/vendedlogs/http-api/test-orders"],
      ...props,
    });
  });
}

describe("SavedQueries", () => {
  test("are in a folder of the service, each over all of its log groups", () => {
    const made = Object.values(queries());
    expect(made.map(({ name }) => name)).toEqual(
      Object.keys(standardQueries)
        .map((name) => `test/orders/${name}`)
        .sort(),
    );
    for (const query of made) {
      expect(query).toMatchObject({
        provider: "aws.eu-west-1",
        log_group_names: ["/aws/lambda/test-orders", "/aws/vendedlogs/http-api/test-orders"],
      });
    }
  });

  test("leave out what is about invocations for a container", () => {
    const made = Object.values(queries({ runsIn: "container", logGroupNames: ["/aws/ecs/test-tracking"] }));
    expect(made.map(({ name }) => name)).toEqual(
      Object.keys(containerQueries)
        .map((name) => `test/orders/${name}`)
        .sort(),
    );
    expect(made.filter(({ query_string: text }) => text.includes("platform.report"))).toEqual([]);
  });

  test("take the names of log groups from other stacks", () => {
    const logGroupNames = [Token.asString({ resolve: () => "group-of-another-stack" })];
    expect(queries({ logGroupNames })["queries_cold-starts"]?.log_group_names).toEqual(["group-of-another-stack"]);
  });

  test("add the service's own queries, and let one replace a standard query", () => {
    const made = queries({ config: { queries: { "by-state": "stats count(*) by state", "cold-starts": "limit 1" } } });
    expect(made["queries_by-state"]).toMatchObject({
      name: "test/orders/by-state",
      query_string: "stats count(*) by state",
    });
    expect(made["queries_cold-starts"]?.query_string).toBe("limit 1");
  });

  test("ask for one id in one place", () => {
    expect(queries()["queries_follow-an-id"]?.query_string.split(idPlaceholder)).toHaveLength(2);
  });

  test("have these addresses", () => {
    const standard = [
      "follow-an-id",
      "recent-errors",
      "errors-by-type",
      "failed-invocations",
      "slowest-requests",
      "latency-by-route",
      "cold-starts",
      "throttled-calls",
    ];
    expect(Object.keys(queriesOf(everyOption)).sort()).toEqual(
      [
        ...[...standard, "orders-by-state"].map((name) => `full_${name}`),
        ...standard.map((name) => `least_${name}`),
        ...Object.keys(containerQueries).map((name) => `container_${name}`),
      ].sort(),
    );
  });

  test.each<[what: string, props: Partial<SavedQueriesProps>, message: RegExp]>([
    [
      "no log group",
      { logGroupNames: [] },
      /test\/queries: has 0 log groups, but a query takes 1 to 50; pass the log groups of one service/,
    ],
    ["too many log groups", { logGroupNames: Array(51).fill("group") }, /has 51 log groups, but a query takes 1 to 50/],
    [
      "an ARN for a name",
      { logGroupNames: ["arn:aws:logs:eu-west-1:1:log-group:x"] },
      /is not a log group name; pass the name, not the ARN/,
    ],
    ["a name that is too long", { service: "s".repeat(250) }, /but AWS allows at most 255; shorten the name/],
    [
      "a query name that is not kebab-case",
      { config: { queries: { "By State": "limit 1" } } },
      /queries\.By State: this name is not allowed; is not kebab-case/,
    ],
    ["an empty query", { config: { queries: { empty: "" } } }, /queries\.empty: is empty; write a query/],
  ])("refuse %s", (_, props, message) => {
    expect(() => queries(props)).toThrow(message);
  });

  test("have an example that is built as the README shows it", () => {
    expect(Object.keys(queriesOf((stack) => example(stack)))).toContain("queries_orders-by-state");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/saved-queries/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")));
  });
});

/** The dotted names of all fields in a log line, of objects as well as of what is in them. */
function fieldsOf(line: unknown, prefix = ""): string[] {
  if (line === null || typeof line !== "object") return [];
  return Object.entries(line).flatMap(([name, value]) => [`${prefix}${name}`, ...fieldsOf(value, `${prefix}${name}.`)]);
}

/** A line of Lambda's own, as its documentation has it. */
const platformReport = {
  time: "2026-01-01T00:00:00.000Z",
  type: "platform.report",
  record: {
    requestId: "lambda-request-1",
    metrics: { durationMs: 1, billedDurationMs: 1, memorySizeMB: 1, maxMemoryUsedMB: 1, initDurationMs: 1 },
    status: "error",
    errorType: "Runtime.ExitError",
  },
};

async function runtimeLines(): Promise<Record<string, unknown>[]> {
  const logs = captureLogs();
  try {
    const logger = createLogger({ service: "orders", environment: "test", level: "INFO" });
    const fail: HttpApiHandler = httpApi({
      logger,
      routes: {
        "GET /orders": () => {
          throw new TypeError("broken");
        },
      },
    });
    await fail(httpEvent("GET /orders"), lambdaContext());
    return logs.lines();
  } finally {
    logs.restore();
  }
}

describe("The standard queries", () => {
  /** What is no field: commands, functions, operators, and the names that a query gives itself. */
  const words = new Set(
    "fields filter sort stats limit by as asc desc and or like in ispresent coalesce count max pct latest bin m".split(
      " ",
    ),
  );

  test.each(Object.entries(standardQueries))("%s names only fields that the logs have", async (_, text) => {
    const lines = [...(await runtimeLines()), JSON.parse(accessLogFormat), platformReport];
    const known = new Set([...lines.flatMap((line) => fieldsOf(line)), "@timestamp", "@message", "@log"]);
    const given = new Set([...text.matchAll(/ as (\w+)/g)].map(([, name]) => name));
    const names = text.replace(/"[^"]*"/g, "").match(/@?[a-z_][\w.]*/gi) ?? [];
    const used = names.filter((name) => !words.has(name) && !given.has(name));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test("are as long and as named as CloudWatch takes", () => {
    for (const [name, text] of Object.entries(standardQueries)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(text.length).toBeLessThanOrEqual(10_000);
      expect(text.split("\n").every((line) => /^(fields|filter|\|| {4})/.test(line))).toBe(true);
    }
  });
});
