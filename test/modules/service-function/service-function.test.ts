import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App } from "cdktf";
import { DeploymentStack, parseConfig } from "../../../modules/core";
import {
  handlerFileProblem,
  ServiceFunction,
  type ServiceFunctionInput,
  type ServiceFunctionProps,
  serviceFunctionConfig,
} from "../../../modules/service-function";
import { checkSize, codeSizeLimits } from "../../../modules/service-function/handler-bundle";
import { writeLimitMetric } from "../../../runtime/invocation/limit-metric";
import { captureLogs } from "../../runtime/invocation";
import { type Synthesized, synth } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { entry, everyOption, failureDestinations, fullProps, minimalProps, projectRoot } from "./every-option";
import { build as example } from "./example";
import { account, key } from "./fixtures/references";

interface Statement {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

/** A line in the embedded metric format. */
interface EmbeddedMetric {
  readonly [dimension: string]: unknown;
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

const notWritten = { Namespace: "", Dimensions: [], Metrics: [] };

const region = "eu-west-1";
const build = (props: ServiceFunctionProps, more?: (fn: ServiceFunction) => void) =>
  synth((stack) => {
    const fn = new ServiceFunction(stack, "fn", props);
    more?.(fn);
  });
const minimal = (changes: Partial<ServiceFunctionProps> = {}) => build({ ...minimalProps(region), ...changes });
const full = (changes: Partial<ServiceFunctionProps> = {}) => build({ ...fullProps(region), ...changes });
const statements = ({ at }: Synthesized): Statement[] =>
  JSON.parse(String(at("aws_iam_role_policy.fn_execution_policy").policy)).Statement;
const withSid = (result: Synthesized, sid: string) => statements(result).find((statement) => statement.Sid === sid);

/** The message of what a call throws, or nothing. */
function messageOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("ServiceFunction", () => {
  test("has these addresses with every option, which are frozen", () => {
    const { addresses } = synth(everyOption);
    expect(addresses.filter((address) => /\.to-queue_.*-events/.test(address))).toEqual([
      "aws_cloudwatch_metric_alarm.to-queue_failed-events-alarm",
      "aws_cloudwatch_metric_alarm.to-queue_lost-events-alarm",
    ]);
    expect(addresses.filter((address) => !address.includes(".to-"))).toEqual([
      "aws_appautoscaling_policy.full_provisioned-concurrency_utilization",
      "aws_appautoscaling_scheduled_action.full_provisioned-concurrency_schedule-evening",
      "aws_appautoscaling_scheduled_action.full_provisioned-concurrency_schedule-morning",
      "aws_appautoscaling_target.full_provisioned-concurrency_target",
      "aws_cloudwatch_log_group.full_log-group",
      "aws_cloudwatch_log_group.minimal_log-group",
      "aws_cloudwatch_log_group.open-telemetry_log-group",
      "aws_cloudwatch_metric_alarm.full_answers-too-large-alarm",
      "aws_cloudwatch_metric_alarm.full_concurrency-alarm",
      "aws_cloudwatch_metric_alarm.full_dead-letters_age-alarm",
      "aws_cloudwatch_metric_alarm.full_dead-letters_visible-alarm",
      "aws_cloudwatch_metric_alarm.full_duration-alarm",
      "aws_cloudwatch_metric_alarm.full_errors-alarm",
      "aws_cloudwatch_metric_alarm.full_out-of-time-alarm",
      "aws_cloudwatch_metric_alarm.full_provisioned-concurrency_spillover-alarm",
      "aws_cloudwatch_metric_alarm.full_throttles-alarm",
      "aws_iam_role.full_execution_role",
      "aws_iam_role.minimal_execution_role",
      "aws_iam_role.open-telemetry_execution_role",
      "aws_iam_role_policy.full_execution_policy",
      "aws_iam_role_policy.minimal_execution_policy",
      "aws_iam_role_policy.open-telemetry_execution_policy",
      "aws_lambda_alias.full_alias",
      "aws_lambda_alias.minimal_alias",
      "aws_lambda_alias.open-telemetry_alias",
      "aws_lambda_function.full_function",
      "aws_lambda_function.minimal_function",
      "aws_lambda_function.open-telemetry_function",
      "aws_lambda_function_event_invoke_config.full_async-invoke",
      "aws_lambda_function_event_invoke_config.minimal_async-invoke",
      "aws_lambda_function_event_invoke_config.open-telemetry_async-invoke",
      "aws_lambda_function_recursion_config.full_recursion",
      "aws_lambda_permission.full_invoke-events",
      "aws_lambda_provisioned_concurrency_config.full_provisioned-concurrency_config",
      "aws_lambda_runtime_management_config.full_runtime-management",
      "aws_sqs_queue.full_dead-letters_failed-events",
      "aws_sqs_queue_policy.full_dead-letters_queue-policy",
    ]);
  });

  test("keeps the addresses of the first stage when all capabilities come, so that promotion only adds", () => {
    const before = minimal().addresses;
    expect(full().addresses).toEqual(expect.arrayContaining([...before]));
  });

  test("runs on arm64 with a published version behind the alias from the first deployment on", () => {
    const { at } = minimal();
    expect(at("aws_lambda_function.fn_function")).toMatchObject({
      architectures: ["arm64"],
      publish: true,
      runtime: "nodejs22.x",
      handler: "index.handler",
      function_name: "test-minimal",
      reserved_concurrent_executions: -1,
      tracing_config: { mode: "PassThrough" },
    });
    expect(at("aws_lambda_alias.fn_alias")).toMatchObject({
      name: "live",
      function_version: expect.stringContaining("aws_lambda_function.fn_function.version"),
    });
  });

  test("logs JSON to an encrypted group with retention, made before the function", () => {
    const { at } = full();
    expect(at("aws_cloudwatch_log_group.fn_log-group")).toMatchObject({
      name: "/aws/lambda/test-full",
      retention_in_days: 90,
      kms_key_id: key.arnIn(region),
    });
    expect(at("aws_lambda_function.fn_function")).toMatchObject({
      logging_config: { log_format: "JSON", application_log_level: "DEBUG", system_log_level: "WARN" },
      depends_on: ["aws_iam_role_policy.fn_execution_policy", "aws_cloudwatch_log_group.fn_log-group"],
    });
  });

  test("encrypts its variables with the key, and names no key without variables, which would never settle", () => {
    expect(full().at("aws_lambda_function.fn_function")).toMatchObject({
      kms_key_arn: key.arnIn(region),
      environment: {
        variables: { DEFAULT_NAME: "world", TABLE_NAME: "test-orders", NODE_OPTIONS: "--enable-source-maps" },
      },
    });
    expect(minimal().at("aws_lambda_function.fn_function")).not.toHaveProperty("kms_key_arn");
    expect(minimal().at("aws_lambda_function.fn_function")).not.toHaveProperty("environment");
  });

  test("invokes and scales through the alias only", () => {
    const result = build(fullProps(region), (fn) => fn.allowInvoke("api", "apigateway.amazonaws.com", "arn:source"));
    for (const address of [
      "aws_lambda_permission.fn_invoke-api",
      "aws_lambda_function_event_invoke_config.fn_async-invoke",
      "aws_lambda_provisioned_concurrency_config.fn_provisioned-concurrency_config",
    ]) {
      expect(result.at(address).qualifier).toMatch(/^live$|aws_lambda_alias\.fn_alias\.name/);
    }
    expect(result.at("aws_appautoscaling_target.fn_provisioned-concurrency_target").resource_id).toMatch(
      /^function:.*aws_lambda_alias\.fn_alias\.name/,
    );
  });

  test("names the role after the region too, as IAM is global", () => {
    const { at } = full();
    expect(at("aws_iam_role.fn_execution_role")).toMatchObject({
      name: "test-full-eu-west-1",
      path: "/services/",
      permissions_boundary: `arn:aws:iam::${account}:policy/boundary`,
    });
  });

  test("has a role that only Lambda of its own account assumes", () => {
    expect(JSON.parse(String(minimal().at("aws_iam_role.fn_execution_role").assume_role_policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ]);
  });

  test("may by itself write to its own log group and do nothing else", () => {
    expect(statements(minimal())).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/test-minimal:*`,
      },
    ]);
  });

  test("may send traces exactly when tracing is on", () => {
    expect(withSid(minimal({ tracing: true }), "WriteTraces")).toBeDefined();
    expect(withSid(minimal(), "WriteTraces")).toBeUndefined();
    expect(minimal({ tracing: true }).at("aws_lambda_function.fn_function").tracing_config).toEqual({ mode: "Active" });
  });

  test("manages network interfaces in a VPC, and keeps its own code from doing so", () => {
    const result = full();
    const deny = withSid(result, "KeepNetworkInterfacesFromCode");
    expect(deny).toMatchObject({
      Effect: "Deny",
      Condition: {
        ArnEquals: { "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:test-full` },
      },
    });
    expect(deny?.Action).toEqual(
      expect.arrayContaining(withSid(result, "ManageNetworkInterfaces")?.Action as string[]),
    );
  });

  test("adds equal grants once, even when their references are different tokens", () => {
    const result = synth((stack) => {
      const fn = new ServiceFunction(stack, "fn", minimalProps(region));
      const queue = new SqsQueue(stack, "queue", { provider: stack.providers.in(region) });
      fn.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
      fn.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
    });
    expect(statements(result).map(({ Action }) => Action)).toEqual([expect.anything(), "sqs:SendMessage"]);
  });

  test("keeps dead letters 14 days, encrypted, refuses plain HTTP, and may send to that queue", () => {
    const result = full();
    expect(result.at("aws_sqs_queue.fn_dead-letters_failed-events")).toMatchObject({
      name: "test-full-failed-events",
      message_retention_seconds: 1209600,
      kms_master_key_id: key.arnIn(region),
    });
    expect(result.at("aws_sqs_queue_policy.fn_dead-letters_queue-policy").policy).toContain("aws:SecureTransport");
    expect(withSid(result, "SendDeadLetters")?.Resource).toContain("aws_sqs_queue.fn_dead-letters_failed-events.arn");
    expect(result.at("aws_lambda_function_event_invoke_config.fn_async-invoke")).toMatchObject({
      maximum_retry_attempts: 1,
      maximum_event_age_in_seconds: 3600,
      destination_config: { on_failure: { destination: expect.stringContaining("aws_sqs_queue") } },
      depends_on: ["aws_iam_role_policy.fn_execution_policy"],
    });
  });

  test("leaves the number of warm environments to scaling, and the limits to the schedules", () => {
    const { at } = full();
    expect(at("aws_lambda_provisioned_concurrency_config.fn_provisioned-concurrency_config").lifecycle).toEqual({
      ignore_changes: ["provisioned_concurrent_executions"],
    });
    expect(at("aws_appautoscaling_target.fn_provisioned-concurrency_target").lifecycle).toEqual({
      ignore_changes: ["min_capacity", "max_capacity"],
    });
  });

  test("builds provisioned concurrency only where it is switched on and described", () => {
    expect(full({ provisionedConcurrency: false }).resource.aws_appautoscaling_target).toBeUndefined();
    expect(minimal({ provisionedConcurrency: true }).resource.aws_appautoscaling_target).toBeUndefined();
  });

  test("reports alarms to the topic of its region, with thresholds of its config", () => {
    const alarms = full().resource.aws_cloudwatch_metric_alarm ?? {};
    for (const alarm of Object.values(alarms)) {
      expect(alarm.alarm_actions).toEqual([`arn:aws:sns:eu-west-1:${account}:alarms`]);
    }
    expect(alarms).toMatchObject({
      "fn_duration-alarm": { threshold: 16_000 },
      "fn_concurrency-alarm": { threshold: 35 },
      "fn_errors-alarm": { threshold: 2 },
      "fn_dead-letters_age-alarm": { threshold: 600 },
    });
  });

  test("has an alarm on each metric that the runtime writes about limits, which takes no data for no failure", () => {
    const alarms = Object.values(full().resource.aws_cloudwatch_metric_alarm ?? {});
    const logs = captureLogs();
    const name = String(full().at("aws_lambda_function.fn_function").function_name);
    for (const metric of ["OutOfTime", "AnswersTooLarge"] as const) writeLimitMetric(name, metric);
    const lines = logs.lines() as unknown as readonly EmbeddedMetric[];
    logs.restore();
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const [{ Namespace: namespace, Dimensions, Metrics } = notWritten] = line._aws.CloudWatchMetrics;
      const dimensions = Object.fromEntries((Dimensions[0] ?? []).map((dimension) => [dimension, line[dimension]]));
      const metric_name = Metrics[0]?.Name;
      expect(alarms.filter((alarm) => alarm.metric_name === metric_name)).toEqual([
        expect.objectContaining({ namespace, dimensions, statistic: "Sum", treat_missing_data: "notBreaching" }),
      ]);
    }
  });

  test("has no alarm without a target, and none on concurrency without a reservation", () => {
    expect(full({ alarms: undefined }).resource.aws_cloudwatch_metric_alarm).toBeUndefined();
    const { config: _, ...rest } = fullProps(region);
    const result = build({ ...rest, config: { entry, reservedConcurrency: null } });
    expect(Object.keys(result.resource.aws_cloudwatch_metric_alarm ?? {})).not.toContain("fn_concurrency-alarm");
  });

  test("copies a shared handler once into the stack, under a name made of its content", () => {
    const result = synth((stack) => {
      new ServiceFunction(stack, "one", minimalProps(region));
      new ServiceFunction(stack, "two", { ...minimalProps(region), name: "test-two" });
    });
    const files = Object.values(result.resource.aws_lambda_function ?? {}).map(({ filename }) => filename);
    expect(files).toEqual([files[0], files[0]]);
    const { source_code_hash } = result.at("aws_lambda_function.one_function");
    const hex = Buffer.from(String(source_code_hash), "base64").toString("hex");
    expect(files[0]).toMatch(new RegExp(`^assets/code-[a-z0-9-]+/${hex.slice(0, 32)}/handler\\.zip$`));
  });

  test("is built by the README's example, which is this compiled one", () => {
    const { at } = synth((stack) => void example(stack, key));
    expect(at("aws_lambda_function.orders_function")).toMatchObject({ reserved_concurrent_executions: 50 });
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.join(projectRoot, "modules", "service-function", "README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });

  test("puts the zip where Terraform looks for it", () => {
    const outdir = temporaryFolder();
    const app = new App({ outdir });
    const stack = new DeploymentStack(app, "test", { regions: [region], account, tags: {} });
    new ServiceFunction(stack, "fn", minimalProps(region));
    app.synth();
    const folder = path.join(outdir, "stacks", "test");
    const { resource } = require(path.join(folder, "cdk.tf.json"));
    expect(existsSync(path.join(folder, resource.aws_lambda_function.fn_function.filename))).toBe(true);
  });
});

describe("ServiceFunction refuses", () => {
  const props = minimalProps(region);
  const refused: [string, Partial<ServiceFunctionProps>, RegExp][] = [
    [
      "a name that is too long for its role",
      { name: "a".repeat(60) },
      /test\/fn\/execution: the name ".*" has 70 characters, but AWS allows at most 64; shorten/,
    ],
    [
      "a handler file that does not exist",
      { config: { ...props.config, entry: "services/none.ts" } },
      /test\/fn: there is no file services\/none\.ts in .*; create the handler or correct its path/,
    ],
    [
      "a handler that is not exported",
      { config: { ...props.config, handler: "main" } },
      /test\/fn: .*greet\.ts has no export "main", only handler; write "export const main = \.\.\." there/,
    ],
    [
      "a variable set twice",
      { config: { ...props.config, environment: { TABLE: "a" } }, environmentVariables: { TABLE: "b" } },
      /"TABLE" is set by both the config and the stack; remove it from the config/,
    ],
    [
      "a reserved variable from the stack",
      { environmentVariables: { AWS_REGION: "eu-west-1" } },
      /"AWS_REGION" is reserved by the Lambda runtime; choose another name/,
    ],
    [
      "a secret from the stack",
      { environmentVariables: { DB_PASSWORD: "hunter2" } },
      /"DB_PASSWORD" looks like a secret; keep it in Secrets Manager/,
    ],
    [
      "variables over 4 KB",
      { environmentVariables: { LARGE: "x".repeat(4092) } },
      /variables take 4097 bytes, but Lambda allows 4096 bytes; keep large values/,
    ],
    [
      "a sixth layer",
      { layerArns: Array.from({ length: 6 }, () => "arn:aws:lambda:eu-west-1:111122223333:layer:a:1") },
      /has 6 layers, but Lambda allows 5; combine/,
    ],
    [
      "a layer without a version",
      { layerArns: ["arn:aws:lambda:eu-west-1:111122223333:layer:a"] },
      /is not a layer version; use an ARN that ends in layer/,
    ],
    [
      "a layer of another region",
      { layerArns: ["arn:aws:lambda:us-east-1:111122223333:layer:a:1"] },
      /is not in eu-west-1; use the layer in the same region/,
    ],
    ["a region that the stack was not made for", { region: "us-east-1" }, /no provider for region "us-east-1"/],
  ];

  test.each(refused)("%s", (_, changes, message) => {
    expect(() => build({ ...props, ...changes })).toThrow(message);
  });

  test("a secret from the stack without showing it", () => {
    expect(messageOf(() => minimal({ environmentVariables: { DB_PASSWORD: "hunter2" } }))).not.toContain("hunter2");
  });

  test("code that is larger than Lambda takes", () => {
    synth((stack) => {
      const size = { zippedBytes: 1, unzippedBytes: codeSizeLimits.unzippedBytes + 1 };
      expect(() => checkSize(stack, "big.ts", size)).toThrow(
        /the code of big\.ts has 251 MB unzipped, but Lambda allows 250 MB; import less/,
      );
      expect(() =>
        checkSize(stack, "big.ts", { zippedBytes: codeSizeLimits.zippedBytes, unzippedBytes: 1 }),
      ).not.toThrow();
    });
  });

  test("a missing handler file in a way that a schema can use", () => {
    expect(handlerFileProblem(projectRoot, "services")).toMatch(/^there is no file services in .*; create the handler/);
    expect(handlerFileProblem(projectRoot, entry)).toBeUndefined();
  });
});

describe("serviceFunctionConfig", () => {
  const valid: ServiceFunctionInput = { entry, reservedConcurrency: 10 };
  const check = (changes: object) => () => parseConfig(serviceFunctionConfig, { ...valid, ...changes }, "fn");

  test("fills in defaults", () => {
    expect(check({})()).toMatchObject({
      architecture: "arm64",
      snapStart: false,
      memoryMb: 512,
      timeoutSeconds: 10,
      logLevel: "INFO",
      logRetentionDays: 30,
      asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21600 },
      alarms: { errorPercent: 1 },
    });
  });

  const provisioned = { min: 1, max: 5 };
  const schedule = { name: "peak", schedule: "cron(0 7 * * ? *)", min: 1, max: 5 };
  const refused: [string, object, RegExp][] = [
    [
      "no decision on concurrency",
      { reservedConcurrency: undefined },
      /reservedConcurrency: is required; add a number/,
    ],
    [
      "an absolute entry",
      { entry: "/srv/handler.ts" },
      /entry: is not a handler file; write its path relative to the project folder/,
    ],
    ["an entry outside the project", { entry: "../handler.ts" }, /entry: is not a handler file/],
    ["an entry that is no source", { entry: "services/orders" }, /entry: is not a handler file/],
    ["a handler that is no identifier", { handler: "index.handler" }, /handler: is not a valid export name/],
    [
      "an unknown runtime",
      { runtime: "nodejs2.x" },
      /runtime: is not one of the allowed values; did you mean "nodejs2[02]\.x"\?/,
    ],
    ["too little memory", { memoryMb: 64 }, /memoryMb: is too small; use at least 128 \(received 64\)/],
    ["too much memory", { memoryMb: 20480 }, /memoryMb: is too large; use at most 10240/],
    ["a timeout over 15 minutes", { timeoutSeconds: 901 }, /timeoutSeconds: is too large; use at most 900/],
    ["too little ephemeral storage", { ephemeralStorageMb: 256 }, /ephemeralStorageMb: is too small; use at least 512/],
    [
      "a retention that CloudWatch does not know",
      { logRetentionDays: 31 },
      /logRetentionDays: is not one of the allowed values/,
    ],
    [
      "a third retry",
      { asyncInvoke: { maximumRetryAttempts: 3 } },
      /asyncInvoke\.maximumRetryAttempts: is too large; use at most 2/,
    ],
    [
      "an event age below a minute",
      { asyncInvoke: { maximumEventAgeSeconds: 30 } },
      /maximumEventAgeSeconds: is too small; use at least 60/,
    ],
    [
      "a reserved variable",
      { environment: { AWS_LAMBDA_FUNCTION_NAME: "x" } },
      /environment\.AWS_LAMBDA_FUNCTION_NAME: is reserved by the Lambda runtime/,
    ],
    [
      "a malformed variable",
      { environment: { "table-name": "x" } },
      /environment\.table-name: is not a valid environment variable name/,
    ],
    ["variables over 4 KB", { environment: { LARGE: "x".repeat(5000) } }, /takes 5005 bytes, but Lambda allows 4096/],
    [
      "a secret by name",
      { environment: { STRIPE_API_KEY: "sk" } },
      /STRIPE_API_KEY.*: looks like a secret; keep it in Secrets Manager/,
    ],
    [
      "a secret by value",
      { environment: { DATABASE_URL: "postgres://app:hunter2@db/orders" } },
      /DATABASE_URL.*: looks like a secret/,
    ],
    [
      "provisioned min above max",
      { provisionedConcurrency: { min: 6, max: 5 } },
      /provisionedConcurrency\.min: is above max, 5; use at most max \(received 6\)/,
    ],
    [
      "more provisioned than reserved",
      { provisionedConcurrency: { min: 1, max: 11 } },
      /provisionedConcurrency\.max: is above reservedConcurrency, 10/,
    ],
    [
      "more scheduled than reserved",
      { provisionedConcurrency: { ...provisioned, schedules: [{ ...schedule, max: 20 }] } },
      /schedules\[0\]\.max: is above reservedConcurrency, 10/,
    ],
    [
      "a malformed schedule",
      { provisionedConcurrency: { ...provisioned, schedules: [{ ...schedule, schedule: "0 7 * * *" }] } },
      /schedules\[0\]\.schedule: is not a schedule expression/,
    ],
    [
      "two schedules of one name",
      { provisionedConcurrency: { ...provisioned, schedules: [schedule, schedule] } },
      /schedules\[1\]\.name: is used twice/,
    ],
    [
      "a schedule that raises the minimum for good",
      { provisionedConcurrency: { ...provisioned, schedules: [{ ...schedule, min: 2 }] } },
      /schedules\[0\]\.min: is 2 in every schedule, so that after the first one it never is 1 again; add a schedule that sets it back, or write 2 in place of 1 \(received 2\)/,
    ],
    [
      "schedules that both lower the maximum",
      {
        provisionedConcurrency: {
          ...provisioned,
          schedules: [
            { ...schedule, max: 4 },
            { ...schedule, name: "evening", max: 4 },
          ],
        },
      },
      /schedules\[0\]\.max: is 4 in every schedule, so that after the first one it never is 5 again/,
    ],
    [
      "a utilization that leaves no room",
      { provisionedConcurrency: { ...provisioned, targetUtilization: 1 } },
      /targetUtilization: is too large; use at most 0\.9/,
    ],
    ["to be without versions", { publish: false }, /publish: unknown field/],
    ["another alias", { alias: "blue" }, /alias: unknown field/],
    ["a network of its own", { vpc: { subnetIds: ["subnet-1"] } }, /vpc: unknown field/],
    ["a misspelt field", { memoryMB: 128 }, /memoryMB: unknown field; did you mean "memoryMb"\?/],
  ];

  test.each(refused)("refuses %s", (_, changes, message) => {
    expect(check(changes)).toThrow(message);
  });

  test.each([
    { STRIPE_API_KEY: "hunter2" },
    { DB_PASSWORD: "hunter2" },
    { DATABASE_URL: "postgres://app:hunter2@db/orders" },
    { LARGE: `hunter2${"x".repeat(5000)}` },
  ])("never shows a secret: %p", (environment) => {
    expect(messageOf(check({ environment }))).toBeDefined();
    expect(messageOf(check({ environment }))).not.toContain("hunter2");
  });

  test.each(["DB_SECRET_ARN", "TOKEN_TTL", "PASSWORD_PARAMETER_NAME"])("allows %s, a reference", (name) => {
    expect(check({ environment: { [name]: "/orders/db" } })).not.toThrow();
  });

  test("reports several mistakes at once", () => {
    const message = messageOf(
      check({ memoryMb: 1, provisionedConcurrency: { min: 6, max: 5 }, environment: { TZ: "UTC" } }),
    );
    expect(message).toContain("3 mistakes");
  });
});

describe("ServiceFunction.sendFailuresTo", () => {
  const [, , , queue] = failureDestinations(region);
  if (!queue) throw new Error("there is no queue among the destinations");

  test.each(failureDestinations(region))("lets its role send to one $kind, and Lambda know of it after that", (to) => {
    const result = build(minimalProps(region), (fn) => fn.sendFailuresTo(to));
    expect(result.at("aws_lambda_function_event_invoke_config.fn_async-invoke")).toMatchObject({
      destination_config: { on_failure: { destination: to.arn } },
      depends_on: expect.arrayContaining(["aws_iam_role_policy.fn_execution_policy"]),
      maximum_retry_attempts: 2,
    });
    expect(withSid(result, "SendFailedEvents")?.Resource).toBe(to.kind === "bucket" ? `${to.arn}/*` : to.arn);
    expect(result.addresses.filter((address) => address.startsWith("aws_sqs_queue"))).toEqual([]);
  });

  test("alarms on what arrives and on what is lost, from the first event, where the alarms go", () => {
    const alarmsOf = (props: Partial<ServiceFunctionProps>) =>
      Object.entries(
        build({ ...minimalProps(region), ...props }, (fn) => fn.sendFailuresTo(queue)).resource
          .aws_cloudwatch_metric_alarm ?? {},
      ).filter(([address]) => /_(failed|lost)-events-alarm$/.test(address));
    expect(alarmsOf({ alarms: fullProps(region).alarms })).toEqual([
      [
        "fn_failed-events-alarm",
        expect.objectContaining({ metric_name: "AsyncEventsDropped", threshold: 0, evaluation_periods: 1 }),
      ],
      [
        "fn_lost-events-alarm",
        expect.objectContaining({ metric_name: "DestinationDeliveryFailures", threshold: 0, evaluation_periods: 1 }),
      ],
    ]);
    expect(alarmsOf({})).toEqual([]);
  });

  test("is one place: a queue of dead letters that comes later changes nothing, and a second destination is refused", () => {
    const result = build(minimalProps(region), (fn) => {
      fn.sendFailuresTo(queue);
      fn.addDeadLetters();
      expect(() => fn.sendFailuresTo(queue)).toThrow("sends failed events somewhere already; name one destination");
    });
    expect(result.addresses.filter((address) => address.startsWith("aws_sqs_queue"))).toEqual([]);
    expect(() => build({ ...minimalProps(region), deadLetters: true }, (fn) => fn.sendFailuresTo(queue))).toThrow(
      "sends failed events somewhere already",
    );
  });

  test.each([
    [{ ...queue, arn: `${queue.arn}.fifo` }, "but Lambda sends none to FIFO queues and topics; use a standard one"],
    [{ ...queue, arn: queue.arn.replace(region, "eu-central-1") }, "use one in the function's own region"],
    [{ ...queue, kind: "topic" as const }, "which is no topic; use the ARN of a topic"],
    [{ ...queue, kind: "bus" as const, keyArn: key.arnIn(region) }, "has a key for a bus; leave it out"],
  ])("refuses what would lose them: %j", (to, message) => {
    expect(() => build(minimalProps(region), (fn) => fn.sendFailuresTo(to))).toThrow(message);
  });
});
