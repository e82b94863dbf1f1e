import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const arnOf = (service: string, resource: string, region = home) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const roleArn = `arn:aws:iam::${account}:role/orders`;
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trust = (...services: string[]) =>
  document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: services } });

const role = (...services: string[]): ObjectValue => ({
  name: "orders",
  arn: roleArn,
  assume_role_policy: trust(...services),
});
const fn = (more: ObjectValue = {}): ObjectValue => ({
  function_name: "orders",
  arn: arnOf("lambda", "function:orders"),
  role: roleArn,
  version: "2",
  timeout: 30,
  ...more,
});
const may = (action: string, resource = "*"): ObjectValue => ({
  id: `orders:${action}`,
  role: "orders",
  name: action,
  policy: document({ Effect: "Allow", Action: action, Resource: resource }),
});
const withRole = () => new TestCloud().has("aws_iam_role", role("lambda.amazonaws.com"));
const withFunction = (more: ObjectValue = {}) => withRole().has("aws_lambda_function", fn(more));
const alias = (more: ObjectValue = {}): ObjectValue => ({
  name: "live",
  arn: arnOf("lambda", "function:orders:live"),
  function_name: "orders",
  function_version: "2",
  ...more,
});

describe("Lambda refuses a function", () => {
  test("whose role does not exist or trusts another service", () => {
    const words =
      /^creating Lambda Function \(orders\): operation error Lambda: CreateFunction, https response error StatusCode: 400, RequestID: …, InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda\.$/;
    expect(new TestCloud().creating("aws_lambda_function", fn())).toMatch(words);
    const edge = new TestCloud().has("aws_iam_role", role("edgelambda.amazonaws.com"));
    expect(edge.creating("aws_lambda_function", fn())).toMatch(words);
    expect(withRole().creating("aws_lambda_function", fn())).toBe("");
    const foreign = fn({ role: "arn:aws:iam::999988887777:role/orders" });
    expect(new TestCloud().creating("aws_lambda_function", foreign)).toBe("");
  });

  test("of a name that is taken in the region", () => {
    expect(withFunction().creating("aws_lambda_function", fn())).toContain(
      "ResourceConflictException: Function already exist: orders",
    );
    expect(withFunction().in(standby).creating("aws_lambda_function", fn())).toBe("");
  });

  test("with layers of another region, or that do not exist", () => {
    const layer = (region: string, owner = account) => `arn:aws:lambda:${region}:${owner}:layer:tools:1`;
    const withLayer = (arn: string) => withRole().creating("aws_lambda_function", fn({ layers: [arn] }));
    expect(withLayer(layer(standby, "999988887777"))).toContain(
      `Layers are not in the same region as the function. Layers are expected to be in region ${home}.`,
    );
    expect(withLayer(layer(home))).toContain(`Layer version ${layer(home)} does not exist.`);
    expect(withLayer(layer(home, "999988887777"))).toBe("");
  });

  test("in a network, or with dead letters, whose role may not use them", () => {
    const networked = fn({ vpc_config: [{ subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] }] });
    expect(withRole().creating("aws_lambda_function", networked)).toContain(
      "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
    );
    const allowed = withRole().has("aws_iam_role_policy", may("ec2:CreateNetworkInterface"));
    expect(allowed.creating("aws_lambda_function", networked)).toBe("");
    const queue = arnOf("sqs", "letters");
    const lettered = fn({ dead_letter_config: [{ target_arn: queue }] });
    expect(withRole().creating("aws_lambda_function", lettered)).toContain("permissions to call SendMessage on SQS");
    const sending = (resource: string) => withRole().has("aws_iam_role_policy", may("sqs:SendMessage", resource));
    expect(sending(queue).creating("aws_lambda_function", lettered)).toBe("");
    expect(sending(arnOf("sqs", "others")).creating("aws_lambda_function", lettered)).toContain("SendMessage on SQS");
  });

  test("in a subnet that was deleted or is of another region, but not in one of the user's", () => {
    const networked = fn({ vpc_config: [{ subnet_ids: ["subnet-1"], security_group_ids: [] }] });
    const cloud = () => withRole().has("aws_iam_role_policy", may("ec2:*"));
    expect(cloud().lost("aws_subnet", { id: "subnet-1" }).creating("aws_lambda_function", networked)).toContain(
      "The subnet ID 'subnet-1' does not exist",
    );
    const elsewhere = cloud();
    elsewhere.in(standby).has("aws_subnet", { id: "subnet-1" });
    expect(elsewhere.creating("aws_lambda_function", networked)).toContain("InvalidSubnetID.NotFound");
    expect(cloud().creating("aws_lambda_function", networked)).toBe("");
  });

  test("with a code signing configuration that does not exist", () => {
    const arn = arnOf("lambda", "code-signing-config:csc-1");
    const signed = fn({ code_signing_config_arn: arn });
    expect(withRole().creating("aws_lambda_function", signed)).toContain("CodeSigningConfigNotFoundException");
    const config = { config_id: "csc-1", arn };
    expect(withRole().has("aws_lambda_code_signing_config", config).creating("aws_lambda_function", signed)).toBe("");
    const used = withRole().has("aws_lambda_code_signing_config", config).has("aws_lambda_function", signed);
    expect(used.deleting("aws_lambda_code_signing_config", config)).toContain("ResourceConflictException");
  });
});

describe("Lambda refuses a package", () => {
  const creating = (more: ObjectValue, cloud = withRole()) => cloud.creating("aws_lambda_function", fn(more));
  const uri = (region: string) => `${account}.dkr.ecr.${region}.amazonaws.com/orders@sha256:${"0".repeat(64)}`;
  const image = { package_type: "Image", image_uri: uri(home) };

  test("that is an image of another region, or has what an image brings", () => {
    expect(creating(image)).toBe("");
    expect(creating({ ...image, image_uri: uri(standby) })).toContain(
      `InvalidParameterValueException: Source image ${uri(standby)} is not valid. Provide a valid source image.`,
    );
    const words = "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.";
    expect(creating({ ...image, runtime: "python3.13" })).toContain(words);
    expect(creating({ ...image, handler: "app.handler" })).toContain(words);
    const layers = [`arn:aws:lambda:${home}:999988887777:layer:tools:1`];
    expect(creating({ ...image, layers })).toContain("Lambda layers are not supported for functions created with");
  });

  test("of a runtime that AWS has given up", () => {
    expect(creating({ runtime: "python3.8" })).toContain("The runtime parameter of python3.8 is no longer supported");
    for (const runtime of ["nodejs20.x", "nodejs22.x", "python3.14", "ruby3.4"]) expect(creating({ runtime })).toBe("");
  });

  test("that is to start from snapshots, where there are none", () => {
    const snapshots = (more: ObjectValue) =>
      creating({ runtime: "python3.13", snap_start: [{ apply_on: "PublishedVersions" }], ...more });
    expect(snapshots({})).toBe("");
    expect(creating({ runtime: "nodejs22.x", snap_start: [{ apply_on: "None" }] })).toBe("");
    for (const runtime of ["nodejs22.x", "provided.al2023", "ruby3.4"]) {
      expect(snapshots({ runtime })).toContain(`${runtime} is not supported for SnapStart enabled functions.`);
    }
    expect(snapshots({ ...image, runtime: "" })).toContain("SnapStart is not supported for functions created with");
    expect(snapshots({ ephemeral_storage: [{ size: 1024 }] })).toContain("ephemeral storage greater than 512 MB");
    expect(snapshots({ file_system_config: [{ arn: "arn" }] })).toContain("Amazon EFS");
    const elsewhere = withRole().in("ap-southeast-6");
    expect(
      elsewhere.creating(
        "aws_lambda_function",
        fn({ runtime: "python3.13", snap_start: [{ apply_on: "PublishedVersions" }] }),
      ),
    ).toContain("python3.13 is not supported for SnapStart enabled functions.");
  });
});

describe("Lambda refuses to delete a function", () => {
  test("that runs at the edge of a distribution", () => {
    const edge = fn({ arn: arnOf("lambda", "function:orders", "us-east-1") });
    const version = `${String(edge.arn)}:2`;
    const cloud = new TestCloud({ region: "us-east-1" }).has("aws_lambda_function", edge);
    expect(cloud.deleting("aws_lambda_function", edge)).toBe("");
    cloud.has("aws_cloudfront_distribution", {
      id: "E1",
      default_cache_behavior: [{ lambda_function_association: [{ lambda_arn: version }] }],
    });
    expect(cloud.deleting("aws_lambda_function", edge)).toMatch(
      /^deleting Lambda Function \(orders\): .* InvalidParameterValueException: Lambda was unable to delete .*:orders:2 because it is a replicated function\./,
    );
  });
});

describe("Lambda refuses an alias", () => {
  test("of a function or of a version that does not exist", () => {
    expect(withRole().creating("aws_lambda_alias", alias())).toMatch(
      /^creating Lambda Alias \(live\): .*404.* ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:111122223333:function:orders$/,
    );
    expect(withFunction().creating("aws_lambda_alias", alias({ function_version: "3" }))).toContain(
      "function:orders:3",
    );
    expect(withFunction().creating("aws_lambda_alias", alias())).toBe("");
    expect(withFunction().creating("aws_lambda_alias", alias({ function_version: "$LATEST" }))).toBe("");
  });
});

describe("Lambda refuses a permission", () => {
  const permission = (more: ObjectValue = {}): ObjectValue => ({
    statement_id: "bus",
    function_name: "orders",
    principal: "events.amazonaws.com",
    qualifier: "live",
    ...more,
  });

  test("for a function or an alias that does not exist yet", () => {
    const words =
      "ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:111122223333:function:orders";
    expect(withRole().creating("aws_lambda_permission", permission({ qualifier: null }))).toContain(words);
    expect(withFunction().creating("aws_lambda_permission", permission())).toContain(`${words}:live`);
    const ready = withFunction().has("aws_lambda_alias", alias());
    expect(ready.creating("aws_lambda_permission", permission())).toBe("");
    const byArn = permission({ qualifier: null, function_name: arnOf("lambda", "function:orders:live") });
    expect(ready.creating("aws_lambda_permission", byArn)).toBe("");
    const inStandby = permission({ function_name: arnOf("lambda", "function:orders", standby) });
    expect(ready.creating("aws_lambda_permission", inStandby)).toContain("Function not found");
  });

  test("of a statement id that is taken", () => {
    const cloud = withFunction().has("aws_lambda_alias", alias()).has("aws_lambda_permission", permission());
    expect(cloud.creating("aws_lambda_permission", permission())).toContain(
      "ResourceConflictException: The statement id (bus) provided already exists.",
    );
  });

  test("in no case for a source that does not exist, but warns of it", () => {
    const source_arn = arnOf("events", "rule/orders/placed");
    const cloud = withFunction().has("aws_lambda_alias", alias());
    expect(cloud.creating("aws_lambda_permission", permission({ source_arn }))).toBe("");
    expect(cloud.warnings("aws_lambda_permission", permission({ source_arn }))).toEqual([
      `lets ${source_arn} call, which does not exist`,
    ]);
    cloud.has("aws_cloudwatch_event_rule", { name: "placed", arn: source_arn });
    expect(cloud.warnings("aws_lambda_permission", permission({ source_arn }))).toEqual([]);
  });
});

describe("Lambda refuses provisioned concurrency", () => {
  const warm = (qualifier: string): ObjectValue => ({ id: `orders,${qualifier}`, function_name: "orders", qualifier });
  const type = "aws_lambda_provisioned_concurrency_config";

  test("of what is not a valid version or alias, and of both an alias and its version", () => {
    const cloud = withFunction().has("aws_lambda_alias", alias());
    expect(cloud.creating(type, warm("$LATEST"))).toContain("InvalidParameterValueException");
    expect(cloud.creating(type, warm("next"))).toContain("Function not found");
    expect(cloud.creating(type, warm("live"))).toBe("");
    cloud.has(type, warm("live"));
    expect(cloud.creating(type, warm("2"))).toContain("InvalidParameterValueException");
    expect(cloud.creating(type, warm("1"))).toBe("");
  });

  test("of a function that starts from snapshots", () => {
    const restored = withFunction({ snap_start: [{ apply_on: "PublishedVersions" }] }).has("aws_lambda_alias", alias());
    expect(restored.creating(type, warm("live"))).toContain("not supported for functions with SnapStart enabled");
  });
});

describe("Lambda refuses settings of asynchronous calls", () => {
  test("whose destination the role may not send to, and warns of one that does not exist", () => {
    const queue = arnOf("sqs", "letters");
    const type = "aws_lambda_function_event_invoke_config";
    const settings = {
      id: "orders",
      function_name: "orders",
      destination_config: [{ on_failure: [{ destination: queue }] }],
    };
    expect(withFunction().creating(type, settings)).toContain(
      `The function's execution role ${roleArn} does not have permissions to call SQS:SendMessage on resource ${queue}`,
    );
    const allowed = withFunction().has("aws_iam_role_policy", may("sqs:SendMessage", queue));
    expect(allowed.creating(type, settings)).toBe("");
    expect(allowed.warnings(type, settings)).toEqual([`sends events to ${queue}, which does not exist`]);
  });

  test.each([
    ["sns", "sns:Publish", "SNS:Publish"],
    ["events", "events:PutEvents", "EventBridge:PutEvents"],
    ["lambda", "lambda:InvokeFunction", "Lambda:InvokeFunction"],
  ])("with a destination in %s that the role may not send to", (service, action, words) => {
    const destination = arnOf(service, "failures");
    const type = "aws_lambda_function_event_invoke_config";
    const settings = { id: "orders", function_name: "orders", destination_config: [{ on_failure: [{ destination }] }] };
    expect(withFunction().creating(type, settings)).toContain(
      `permissions to call ${words} on resource ${destination}`,
    );
    expect(withFunction().has("aws_iam_role_policy", may(action, destination)).creating(type, settings)).toBe("");
  });

  test("of none, but warns of a FIFO queue, where nothing arrives", () => {
    const destination = arnOf("sqs", "letters.fifo");
    const type = "aws_lambda_function_event_invoke_config";
    const settings = { id: "orders", function_name: "orders", destination_config: [{ on_failure: [{ destination }] }] };
    const allowed = withFunction()
      .has("aws_iam_role_policy", may("sqs:SendMessage", destination))
      .has("aws_sqs_queue", { url: "https://sqs/letters", name: "letters.fifo", arn: destination });
    expect(allowed.warnings(type, settings)).toEqual([
      `sends events to ${destination}, which is FIFO: Lambda delivers none there`,
    ]);
  });
});

describe("Lambda refuses an event source mapping", () => {
  const queue = (visibility_timeout_seconds: number): ObjectValue => ({
    url: "https://sqs/orders",
    name: "orders",
    arn: arnOf("sqs", "orders"),
    visibility_timeout_seconds,
  });
  const mapping: ObjectValue = {
    uuid: "u-1",
    event_source_arn: arnOf("sqs", "orders"),
    function_name: "orders",
  };
  const type = "aws_lambda_event_source_mapping";
  const ready = (timeout = 180) =>
    withFunction().has("aws_iam_role_policy", may("sqs:ReceiveMessage")).has("aws_sqs_queue", queue(timeout));

  test("of a function or a queue that does not exist, or that the role may not read", () => {
    expect(ready().creating(type, mapping)).toBe("");
    expect(ready().creating(type, { ...mapping, function_name: "others" })).toContain("Function not found");
    const unread = withFunction().has("aws_sqs_queue", queue(180));
    expect(unread.creating(type, mapping)).toContain("permissions to call ReceiveMessage on SQS");
    const without = withFunction().has("aws_iam_role_policy", may("sqs:*"));
    expect(without.creating(type, mapping)).toContain("AWS.SimpleQueueService.NonExistentQueue");
  });

  test("of a queue whose messages come back before the function has ended", () => {
    expect(ready(20).creating(type, mapping)).toContain(
      "Queue visibility timeout: 20 seconds is less than Function timeout: 30 seconds",
    );
  });

  test("of a source and function that are mapped already, naming the mapping", () => {
    expect(ready().has(type, mapping).creating(type, mapping)).toContain(
      `An event source mapping with SQS arn (" ${arnOf("sqs", "orders")} ") and function (" orders ") already exists. Please update or delete the existing mapping with UUID u-1`,
    );
  });

  test("of a stream of another region", () => {
    const stream = arnOf("dynamodb", "table/orders/stream/2025", standby);
    expect(withFunction().creating(type, { ...mapping, event_source_arn: stream })).toContain("same region");
  });
});

describe("Lambda refuses a mapping of a stream", () => {
  const type = "aws_lambda_event_source_mapping";
  const [stream, failed] = [arnOf("dynamodb", "table/orders/stream/2025"), arnOf("sqs", "failed")];
  const to = (destination_arn: string): ObjectValue => ({
    destination_config: [{ on_failure: [{ destination_arn }] }],
  });
  const mapping: ObjectValue = {
    uuid: "u-1",
    event_source_arn: stream,
    function_name: "orders",
    starting_position: "TRIM_HORIZON",
    ...to(failed),
  };
  const ready = (...actions: string[]) => {
    const cloud = withFunction().has("aws_dynamodb_table", {
      name: "orders",
      arn: arnOf("dynamodb", "table/orders"),
      stream_arn: stream,
    });
    for (const action of actions) cloud.has("aws_iam_role_policy", may(action));
    return cloud.has("aws_sqs_queue", { name: "failed", arn: failed, url: "https://sqs/failed" });
  };
  const all = ["dynamodb:GetRecords", "sqs:SendMessage"];

  test("that is not there, or that the role may not read", () => {
    expect(ready(...all).creating(type, mapping)).toBe("");
    expect(ready("sqs:SendMessage").creating(type, mapping)).toContain(`Cannot access stream ${stream}`);
    const other = arnOf("dynamodb", "table/orders/stream/2024");
    const gone = withFunction().has("aws_iam_role_policy", may("dynamodb:*"));
    expect(gone.creating(type, { ...mapping, event_source_arn: other })).toContain("Stream not found");
  });

  test("from no position, or from a time", () => {
    for (const starting_position of ["", "AT_TIMESTAMP"]) {
      expect(ready(...all).creating(type, { ...mapping, starting_position })).toContain("TRIM_HORIZON or LATEST");
    }
  });

  test("whose failed changes go where the role may not send, or into a FIFO queue", () => {
    expect(ready("dynamodb:GetRecords").creating(type, mapping)).toContain("permissions to call SendMessage on SQS");
    expect(ready(...all).creating(type, { ...mapping, ...to(`${failed}.fifo`) })).toContain("is invalid");
    const elsewhere = { ...mapping, ...to(arnOf("sqs", "other")) };
    expect(ready(...all).warnings(type, elsewhere)).toEqual([
      `sends events to ${arnOf("sqs", "other")}, which does not exist`,
    ]);
  });
});

describe("Lambda refuses a reservation", () => {
  const reserving = (count: number, more: ObjectValue = {}) =>
    fn({ function_name: "more", reserved_concurrent_executions: count, ...more });
  const withReserved = (count: number) => withFunction({ reserved_concurrent_executions: count });

  test("that leaves fewer than 100 of the account's executions in the region", () => {
    const cloud = withReserved(600);
    expect(cloud.creating("aws_lambda_function", reserving(301))).toMatch(
      /^setting Lambda Function \(more\) concurrency: .*InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of \[100\]\.$/,
    );
    expect(cloud.creating("aws_lambda_function", reserving(300))).toBe("");
    expect(cloud.creating("aws_lambda_function", reserving(-1))).toBe("");
    expect(cloud.creating("aws_lambda_function", reserving(0))).toBe("");
  });

  test("by the sum of one region, the changed function's former reservation left out", () => {
    const cloud = withReserved(600);
    cloud.in(standby).has("aws_iam_role", role("lambda.amazonaws.com"));
    expect(cloud.in(standby).creating("aws_lambda_function", reserving(900))).toBe("");
    const prior = fn({ reserved_concurrent_executions: 600 });
    expect(cloud.changing("aws_lambda_function", prior, { reserved_concurrent_executions: 900 })).toBe("");
    expect(cloud.changing("aws_lambda_function", prior, { reserved_concurrent_executions: 901 })).toContain("[100]");
  });

  test("of any size in a new account, which may have 10 executions", () => {
    const cloud = withFunction().withLambdaConcurrency(10);
    expect(cloud.creating("aws_lambda_function", reserving(1))).toContain("below its minimum value of [10].");
    expect(cloud.withLambdaConcurrency(101).creating("aws_lambda_function", reserving(1))).toBe("");
  });
});

describe("Lambda refuses an invocation", () => {
  const invocation = (more: ObjectValue = {}): ObjectValue => ({
    function_name: "orders",
    qualifier: "$LATEST",
    input: "{}",
    lifecycle_scope: "CREATE_ONLY",
    ...more,
  });

  test("of a function or an alias that does not exist, or is in another region", () => {
    const missing = `invoking Lambda Function (orders): operation error Lambda: Invoke, https response error StatusCode: 404, RequestID: …, ResourceNotFoundException: Function not found: ${arnOf("lambda", "function:orders:live")}`;
    const live = invocation({ qualifier: "live" });
    expect(withRole().creating("aws_lambda_invocation", live)).toBe(missing);
    expect(withFunction().creating("aws_lambda_invocation", live)).toBe(missing);
    const whole = withFunction().has("aws_lambda_alias", alias());
    expect(whole.creating("aws_lambda_invocation", live)).toBe("");
    expect(whole.in(standby).creating("aws_lambda_invocation", live)).toContain("Function not found");
    expect(withFunction().creating("aws_lambda_invocation", invocation())).toBe("");
  });

  test("with more than 6 MB", () => {
    const input = JSON.stringify("x".repeat(6 * 1024 * 1024));
    expect(withFunction().creating("aws_lambda_invocation", invocation({ input }))).toContain(
      "StatusCode: 413, RequestID: …, RequestTooLargeException: 6291458 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
    );
  });

  test("of a function that may not run at all", () => {
    const stopped = withFunction({ reserved_concurrent_executions: 0 });
    expect(stopped.creating("aws_lambda_invocation", invocation())).toContain(
      "TooManyRequestsException: Rate Exceeded.",
    );
  });
});
