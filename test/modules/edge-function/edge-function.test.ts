import { readFileSync } from "node:fs";
import path from "node:path";
import { parseConfig } from "../../../modules/core";
import {
  EdgeFunction,
  type EdgeFunctionInput,
  type EdgeFunctionProps,
  edgeCacheRegions,
  edgeFunctionConfig,
  edgeLimits,
} from "../../../modules/edge-function";
import { checkEdgeSize } from "../../../modules/edge-function/edge-bundle";
import { ref, resolve, type Synthesized, synthGlobal } from "../../support/synth";
import { alarms, key } from "../service-function/fixtures/references";
import { entry, everyOption, fullProps, minimalProps } from "./every-option";
import { build as example } from "./example";

const build = (props: EdgeFunctionProps) => synthGlobal((stack) => void new EdgeFunction(stack, "fn", props));
const minimal = (changes: Partial<EdgeFunctionProps> = {}) => build({ ...minimalProps, ...changes });
const full = (changes: Partial<EdgeFunctionProps> = {}) => build({ ...fullProps, ...changes });
const statements = ({ at }: Synthesized) =>
  JSON.parse(String(at("aws_iam_role_policy.fn_execution_policy").policy)).Statement;

describe("EdgeFunction", () => {
  test("has these addresses with every option, which are frozen", () => {
    expect(synthGlobal(everyOption).addresses).toEqual([
      "aws_cloudwatch_log_group.full_log-group-eu-central-1",
      "aws_cloudwatch_log_group.full_log-group-eu-west-1",
      "aws_cloudwatch_log_group.full_log-group-us-east-1",
      "aws_cloudwatch_log_group.minimal_log-group-us-east-1",
      "aws_cloudwatch_metric_alarm.full_errors-eu-west-1-alarm",
      "aws_cloudwatch_metric_alarm.full_errors-us-east-1-alarm",
      "aws_cloudwatch_metric_alarm.full_throttles-eu-west-1-alarm",
      "aws_cloudwatch_metric_alarm.full_throttles-us-east-1-alarm",
      "aws_iam_role.full_execution_role",
      "aws_iam_role.minimal_execution_role",
      "aws_iam_role_policy.full_execution_policy",
      "aws_iam_role_policy.minimal_execution_policy",
      "aws_lambda_function.full_function",
      "aws_lambda_function.minimal_function",
    ]);
  });

  test("is created in us-east-1 on x86_64 and published, with nothing that the edge does not take", () => {
    const fn = full().at("aws_lambda_function.fn_function");
    expect(fn).toMatchObject({
      provider: "aws.us-east-1",
      publish: true,
      architectures: ["x86_64"],
      runtime: "nodejs20.x",
      memory_size: 512,
      timeout: 20,
    });
    const foreign = [
      "environment",
      "vpc_config",
      "layers",
      "reserved_concurrent_executions",
      "ephemeral_storage",
      "tracing_config",
      "dead_letter_config",
      "kms_key_arn",
      "image_uri",
      "snap_start",
    ];
    expect(foreign.filter((name) => name in fn)).toEqual([]);
  });

  test("gives out the numbered version, and not an alias", () => {
    let arn = "";
    synthGlobal((stack) => {
      const fn = new EdgeFunction(stack, "fn", minimalProps);
      arn = resolve(stack, fn.qualifiedArn);
    });
    expect(arn).toBe(ref("aws_lambda_function.fn_function.qualified_arn"));
    expect(Object.keys(minimal().resource)).not.toContain("aws_lambda_alias");
  });

  test("has a role that Lambda and its replicator assume", () => {
    const { assume_role_policy } = minimal().at("aws_iam_role.fn_execution_role");
    expect(JSON.parse(String(assume_role_policy)).Statement[0].Principal).toEqual({
      Service: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"],
    });
  });

  test("keeps its logs in each region under the one name that Lambda@Edge uses, with retention and key", () => {
    const result = full();
    for (const region of ["us-east-1", "eu-west-1", "eu-central-1"]) {
      expect(result.at(`aws_cloudwatch_log_group.fn_log-group-${region}`)).toMatchObject({
        provider: `aws.${region}`,
        name: "/aws/lambda/us-east-1.test-full",
        retention_in_days: 90,
      });
    }
    expect(result.at("aws_cloudwatch_log_group.fn_log-group-eu-west-1").kms_key_id).toBe(key.arnIn("eu-west-1"));
    expect(result.at("aws_cloudwatch_log_group.fn_log-group-us-east-1")).not.toHaveProperty("kms_key_id");
    expect(result.at("aws_lambda_function.fn_function").logging_config).toMatchObject({
      log_format: "JSON",
      log_group: "/aws/lambda/test-full",
    });
  });

  test("may write logs in every region, but create groups only where it has none", () => {
    const group = "arn:aws:logs:*:111122223333:log-group:/aws/lambda/us-east-1.test-full:*";
    expect(statements(full())).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: group,
      },
      {
        Sid: "KeepLogsElsewhere",
        Effect: "Allow",
        Action: "logs:CreateLogGroup",
        Resource: group,
        Condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1", "eu-central-1"] } },
      },
    ]);
  });

  test("only adds a log group when a region is added", () => {
    const before = full({ logRegions: ["us-east-1", "eu-west-1"] }).addresses;
    const added = full().addresses.filter((address) => !before.includes(address));
    expect(added).toEqual(["aws_cloudwatch_log_group.fn_log-group-eu-central-1"]);
  });

  test("stays in AWS when it is destroyed, unless told to wait for its replicas", () => {
    expect(minimal().at("aws_lambda_function.fn_function").skip_destroy).toBe(true);
    expect(full().at("aws_lambda_function.fn_function")).toMatchObject({
      skip_destroy: false,
      timeouts: { delete: "6h" },
    });
  });

  test("has its constants in the code: another value is other code", () => {
    const hash = (word: string) =>
      minimal({ config: { entry, eventTypes: ["viewer-request"], constants: { GREETING: { word } } } }).at(
        "aws_lambda_function.fn_function",
      ).source_code_hash;
    expect(hash("hello")).toBe(hash("hello"));
    expect(hash("hello")).not.toBe(hash("hei"));
  });

  test("alarms on its replicas where they run, under the name that they report", () => {
    const { at, resource } = full();
    expect(at("aws_cloudwatch_metric_alarm.fn_throttles-eu-west-1-alarm")).toMatchObject({
      provider: "aws.eu-west-1",
      dimensions: { FunctionName: "us-east-1.test-full" },
      alarm_actions: [alarms.topicArn("eu-west-1")],
    });
    expect(at("aws_cloudwatch_metric_alarm.fn_errors-us-east-1-alarm")).toMatchObject({ threshold: 2 });
    expect(Object.keys(resource.aws_cloudwatch_metric_alarm ?? {})).toHaveLength(4);
    expect(minimal().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("is documented with an example that builds", () => {
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.resolve(__dirname, "../../../modules/edge-function/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function build")).trim());
    expect(synthGlobal((stack) => void example(stack, key, alarms)).addresses).toContain(
      "aws_lambda_function.router_function",
    );
  });

  test("knows the regions of the edge caches, each once", () => {
    expect(new Set(edgeCacheRegions).size).toBe(edgeCacheRegions.length);
    expect(edgeCacheRegions).toContain("us-east-1");
  });
});

describe("EdgeFunction refuses", () => {
  const refused: [string, () => unknown, RegExp][] = [
    [
      "log regions without us-east-1",
      () => minimal({ logRegions: ["eu-west-1"] }),
      /test\/fn: logRegions is missing us-east-1, where the function also runs; add it/,
    ],
    [
      "a log region twice",
      () => minimal({ logRegions: ["us-east-1", "us-east-1"] }),
      /logRegions lists "us-east-1" twice; list each region once/,
    ],
    [
      "a region of another partition",
      () => minimal({ logRegions: ["us-east-1", "cn-north-1"] }),
      /logRegions lists "cn-north-1", where Lambda@Edge never runs; remove it/,
    ],
    ["a key without regions", () => minimal({ key }), /has a key but no keyRegions/],
    [
      "a name that is too long",
      () => minimal({ name: "a".repeat(65) }),
      /has 65 characters, but AWS allows at most 64/,
    ],
    [
      "a role name that is too long",
      () => minimal({ name: "a".repeat(62) }),
      /has 67 characters, but AWS allows at most 64/,
    ],
    [
      "a handler that does not exist",
      () => minimal({ config: { entry: "handlers/none.ts", eventTypes: ["origin-request"] } }),
      /there is no file handlers\/none\.ts/,
    ],
  ];

  test.each(refused)("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  test("code above the size of its events", () => {
    synthGlobal((stack) => {
      const check = (eventTypes: EdgeFunctionInput["eventTypes"], bytes: number) => () =>
        checkEdgeSize(stack, { entry: "a.ts", eventTypes }, bytes);
      expect(check(["viewer-request"], 1024 * 1024)).not.toThrow();
      expect(check(["viewer-request"], 1024 * 1024 + 1)).toThrow(
        /the code of a\.ts has 1048577 bytes when zipped, but CloudFront allows 1048576 bytes for viewer-request; import less, or serve only origin events/,
      );
      expect(check(["origin-request"], 50 * 1024 * 1024)).not.toThrow();
      expect(check(["origin-request", "viewer-response"], 2 * 1024 * 1024)).toThrow(
        /for origin-request, viewer-response/,
      );
      expect(check(["origin-request"], 50 * 1024 * 1024 + 1)).toThrow(/CloudFront allows 52428800/);
    });
  });
});

describe("edgeLimits", () => {
  test("are those of viewer events as soon as one is served", () => {
    expect(edgeLimits(["origin-request", "viewer-request"])).toEqual({
      memoryMb: 128,
      timeoutSeconds: 5,
      zippedBytes: 1024 * 1024,
      responseBytes: 40 * 1024,
    });
    expect(edgeLimits(["origin-response"])).toEqual({
      memoryMb: 10_240,
      timeoutSeconds: 30,
      zippedBytes: 50 * 1024 * 1024,
      responseBytes: 1024 * 1024,
    });
  });
});

describe("edgeFunctionConfig", () => {
  const parse = (changes: object) =>
    parseConfig(edgeFunctionConfig, { entry, eventTypes: ["viewer-request"], ...changes }, "edge");
  const atOrigin = { eventTypes: ["origin-request"] };

  test("fills in defaults that suit every event", () => {
    expect(parse({})).toMatchObject({
      handler: "handler",
      runtime: "nodejs22.x",
      memoryMb: 128,
      timeoutSeconds: 3,
      constants: {},
      skipDestroy: true,
      logRetentionDays: 30,
    });
  });

  test("takes more at origin events", () => {
    expect(parse({ ...atOrigin, memoryMb: 1024, timeoutSeconds: 30 })).toMatchObject({ memoryMb: 1024 });
  });

  const refused: [string, object, RegExp][] = [
    [
      "memory above 128 MB at viewer events",
      { memoryMb: 256 },
      /memoryMb: is above the 128 MB limit of viewer events; use 128, or serve origin events only \(received 256\)/,
    ],
    [
      "a timeout above 5 s at viewer events",
      { timeoutSeconds: 6 },
      /timeoutSeconds: is above the 5 s limit of viewer events; use at most 5/,
    ],
    [
      "a viewer's limit although it serves origin events too",
      { eventTypes: ["origin-request", "viewer-response"], timeoutSeconds: 6 },
      /timeoutSeconds: is above the 5 s/,
    ],
    ["a timeout above 30 s", { ...atOrigin, timeoutSeconds: 31 }, /timeoutSeconds: is too large; use at most 30/],
    ["memory above 10240 MB", { ...atOrigin, memoryMb: 10241 }, /memoryMb: is too large; use at most 10240/],
    ["no event", { eventTypes: [] }, /eventTypes: is too small; use at least 1 entry/],
    ["an unknown event", { eventTypes: ["viewer"] }, /eventTypes\[0\]: is not one of the allowed values/],
    ["an event twice", { eventTypes: ["origin-request", "origin-request"] }, /eventTypes\[1\]: is listed twice/],
    ["an unsupported runtime", { runtime: "nodejs24.x" }, /runtime: is not one of the allowed values/],
    [
      "a constant in lower case",
      { constants: { routing: 1 } },
      /constants\.routing: .*is not a valid constant name; use capital letters/,
    ],
    [
      "a secret among the constants",
      { constants: { API_KEY: "abc" } },
      /constants\.API_KEY: looks like a secret, which must not be in code; let the origin read it/,
    ],
    [
      "a secret inside a constant",
      { constants: { BACKEND: { url: "https://user:pass@example.com" } } },
      /constants\.BACKEND: looks like a secret/,
    ],
    ["a misspelt field", { memoryMB: 128 }, /memoryMB: unknown field; did you mean "memoryMb"\?/],
    [
      "environment variables",
      { environment: { A: "b" } },
      /environment: is not supported at the edge: Lambda@Edge has no environment variables; pass the values as constants/,
    ],
    ["a VPC", { vpc: {} }, /vpc: is not supported at the edge: Lambda@Edge cannot reach a VPC/],
    ["layers", { layerArns: [] }, /layerArns: is not supported at the edge: Lambda@Edge does not support layers/],
    [
      "reserved concurrency",
      { reservedConcurrency: 5 },
      /reservedConcurrency: .* has no reserved concurrency; remove the field, and raise the account's concurrency quota/,
    ],
    [
      "provisioned concurrency",
      { provisionedConcurrency: { min: 1, max: 2 } },
      /provisionedConcurrency: .* has no provisioned concurrency/,
    ],
    ["arm64", { architectures: ["arm64"] }, /architectures: .* runs on x86_64 only; remove the field/],
    ["more ephemeral storage", { ephemeralStorageMb: 1024 }, /ephemeralStorageMb: .* always has 512 MB of \/tmp/],
    ["tracing", { tracing: true }, /tracing: .* has no active tracing/],
    ["dead letters", { deadLetters: true }, /deadLetters: .* is invoked synchronously, so it has no dead-letter queue/],
    ["a container image", { imageUri: "x" }, /imageUri: .* does not support container images/],
    [
      "a choice of runtime updates",
      { updateRuntimeOn: "FunctionUpdate" },
      /updateRuntimeOn: .* only gets automatic runtime updates/,
    ],
    ["another region", { region: "eu-west-1" }, /region: .* is always created in us-east-1/],
    ["an alias", { alias: "live" }, /alias: .* is always associated by its published version/],
  ];

  test.each(refused)("refuses %s", (_, changes, message) => {
    expect(() => parse(changes)).toThrow(message);
  });

  test("reports mistakes in several places at once", () => {
    expect(() => parse({ vpc: {}, layers: [], memoryMb: 256, timeoutSeconds: 0 })).toThrow("4 mistakes");
  });

  test("hides the value of what looks like a secret", () => {
    expect(() => parse({ constants: { API_KEY: "very-hidden" } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("very-hidden") }),
    );
  });
});
