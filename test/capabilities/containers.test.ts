import { defineEnvironment, type EnvironmentInput } from "../../config";
import { readHypothesis } from "../../modules/fault-experiments";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import {
  collectorImage,
  containersEnvironment,
  fullContainer,
  plainContainer,
} from "../support/containers-environment";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();
const { input } = containersEnvironment([plainContainer, fullContainer]);
type Stage = "foundation" | "hardening" | "optimization";
type Body = Readonly<Record<string, unknown>>;

type Resources = ReadonlyMap<string, Body>;

/** All resources at a stage, by `<stack> <address>`. */
function resourcesAt(stage: Stage, change: Partial<EnvironmentInput> = {}): Resources {
  const stacks = synthesizedStacks(defineEnvironment({ ...input, ...change }), { stage }, outdir);
  return new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(
        ([address, body]) => [`${stack.name.replace(/^prod-/, "")} ${address}`, body as Body] as const,
      ),
    ),
  );
}

interface Definition {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

const definitionsOf = (resources: Resources, container: string): Definition[] =>
  JSON.parse(
    String(
      resources.get(`services-eu-west-1 aws_ecs_task_definition.${container}_container_task_definition`)
        ?.container_definitions,
    ),
  );

const variablesOf = (resources: Resources, container: string) =>
  Object.fromEntries(
    (definitionsOf(resources, container)[0]?.environment ?? []).map(({ name, value }) => [name, value]),
  );

describe("Capabilities of containers", () => {
  const foundation = resourcesAt("foundation");
  const hardening = resourcesAt("hardening");
  const all = resourcesAt("optimization");

  test("come with the stage that brings them to functions", () => {
    const addresses = [
      "operations aws_cloudwatch_dashboard.exports_dashboard",
      "services-eu-west-1 aws_cloudwatch_query_definition.exports_queries_exports-by-partner",
      "services-eu-west-1 aws_cloudwatch_metric_alarm.exports_metrics_exports-made-alarm",
      "services-eu-west-1 aws_ssm_parameter.exports_faults_switch",
      "operations aws_fis_experiment_template.experiments_eu-west-1_exports-tasks_template",
    ];
    expect(addresses.map((address) => [foundation, hardening, all].map((stage) => stage.has(address)))).toEqual([
      [true, true, true],
      [true, true, true],
      [true, true, true],
      [false, true, true],
      [false, false, true],
    ]);
    const kpis = String(foundation.get("operations aws_cloudwatch_dashboard.kpis_dashboard")?.dashboard_body);
    expect(kpis).toContain("exports: 99th percentile, ms");
  });

  test("leave nothing behind where exceptions leave them out", () => {
    const except = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { enabled: false, reason: "nobody looks at it here" }]));
    const without = resourcesAt("hardening", {
      tracing: undefined,
      exceptions: except("businessMetrics", "dashboards", "savedQueries", "kpis", "faultInjection", "tracing"),
    });
    expect([...without.keys()].filter((key) => /dashboard|query_definition|_faults_|_metrics_/.test(key))).toEqual([]);
    expect(definitionsOf(without, "exports")).toHaveLength(1);
    const names = Object.keys(variablesOf(without, "exports"));
    expect(names.filter((name) => /^(OTEL_|CHAOS_|BUSINESS_)/.test(name))).toEqual([]);
  });

  test("tell the code of its metrics, its faults and its collector", () => {
    expect(variablesOf(hardening, "exports")).toMatchObject({
      BUSINESS_METRICS: '{"ExportsMade":["Count",{"Partner":["north","south"]}]}',
      CHAOS_SETTINGS_PATH: "/prod/exports/chaos",
      CHAOS_LONGEST_MINUTES: "30",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:4318/v1/traces",
      OTEL_TRACES_SAMPLER_ARG: "0.5",
    });
    expect(variablesOf(hardening, "tracking")).not.toHaveProperty("CHAOS_SETTINGS_PATH");
    const policy = JSON.stringify(
      hardening.get("services-eu-west-1 aws_iam_role_policy.exports_container_task_role_policy"),
    );
    for (const action of ["ssm:GetParametersByPath", "xray:PutTraceSegments"]) expect(policy).toContain(action);
  });

  test("trace by X-Ray through a collector that may fail, pulled from the region and without root", () => {
    const collectorIn = (region: string) => {
      const key = `services-${region} aws_ecs_task_definition.tracking_container_task_definition`;
      return (JSON.parse(String(all.get(key)?.container_definitions)) as Definition[])[1];
    };
    expect(collectorIn("eu-central-1")).toMatchObject({
      name: "collector",
      image: collectorImage.replace("eu-west-1", "eu-central-1"),
      essential: false,
      user: "65532:65532",
      readonlyRootFilesystem: true,
      memory: 128,
    });
    const [{ value = "" } = {}] = collectorIn("eu-central-1")?.environment ?? [];
    expect(JSON.parse(value)).toMatchObject({ exporters: { awsxray: { region: "eu-central-1" } } });
    const start = JSON.stringify(
      all.get("services-eu-west-1 aws_iam_role_policy.tracking_container_task_execution_policy"),
    );
    expect(start).toContain("repository/aws-otel-collector");
    expect([...all.keys()].filter((key) => /aws_vpc_endpoint\..*xray/.test(key)).length).toBeGreaterThan(0);
    // Functions go on to be traced by X-Ray themselves.
    expect(all.get("services-eu-west-1 aws_lambda_function.orders_function_function")).toMatchObject({
      tracing_config: { mode: "Active" },
    });
  });

  test("send traces by OTLP where the environment says so, by a private connection and with its headers", () => {
    const both = <T>(of: (region: string) => T) => ({
      "eu-west-1": of("eu-west-1"),
      "eu-central-1": of("eu-central-1"),
    });
    const secret = (region: string) => `arn:aws:secretsmanager:${region}:444444444444:secret:otlp-headers-AbCdEf`;
    const resources = resourcesAt("foundation", {
      tracing: {
        openTelemetry: {
          endpoints: both((region) => `https://otlp.${region}.example.com:4318/v1/traces`),
          headersSecretArns: both(secret),
          privateAccess: { cidrBlocks: ["10.9.0.0/16"] },
        },
      },
    });
    expect(definitionsOf(resources, "tracking")).toHaveLength(1);
    expect(variablesOf(resources, "tracking")).toMatchObject({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://otlp.eu-west-1.example.com:4318/v1/traces",
      TRACE_HEADERS_SECRET_ARN: secret("eu-west-1"),
    });
    const text = JSON.stringify([...resources]);
    expect(text).toContain("ReadHeadersOfTraces");
    const rules = [...resources].filter(([key]) => key.includes("aws_vpc_security_group_egress_rule"));
    expect(rules.map(([, body]) => body)).toContainEqual(
      expect.objectContaining({ cidr_ipv4: "10.9.0.0/16", from_port: 4318 }),
    );
    expect(
      [...resources.keys()].filter((key) => /aws_vpc_endpoint\..*secretsmanager/.test(key)).length,
    ).toBeGreaterThan(0);
  });

  test("stop a share of the tasks of each container, held against its load balancer and ended by its alarms", () => {
    const address = "operations aws_fis_experiment_template.experiments_eu-west-1_exports-tasks_template";
    const template = all.get(address) ?? {};
    expect(template).toMatchObject({
      action: [{ action_id: "aws:ecs:stop-task", target: { key: "Tasks", value: "touched" } }],
      target: [
        {
          resource_type: "aws:ecs:task",
          selection_mode: "PERCENT(50)",
          parameters: { cluster: "prod-exports", service: "prod-exports" },
        },
      ],
    });
    expect(readHypothesis(String(template.description))).toMatchObject({
      holds: "clients of exports are answered by its other tasks",
      // Two intervals of 15 s, and 6 s for the last answer.
      seconds: 36,
      objective: "tasks exports",
      promisedSeconds: 420,
    });
    expect(template.stop_condition).toHaveLength(2);
    const policy = JSON.stringify(
      all.get("operations aws_iam_role_policy.experiments_eu-west-1_exports-tasks_experiment_policy"),
    );
    expect(policy).toContain("task/prod-exports/*");
    expect(policy).not.toContain("prod-tracking");
  });

  test("switch faults of a container on as those of a function", () => {
    const template = all.get(
      "operations aws_fis_experiment_template.experiments_eu-west-1_exports-slow-partner_template",
    );
    expect(String(template?.description)).toContain("prod-exports");
    const runbook = all.get("operations aws_ssm_document.experiments_eu-west-1_exports-slow-partner-switch_runbook");
    expect(String(runbook?.content)).toContain("/prod/exports/chaos/faults");
  });
});
