import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { isOwn, parseArn } from "../demands/arns";
import { existingFunction, functionArn, functionName, functionOf, namedFunction } from "../demands/functions";
import { noSnapshots } from "../demands/packages";
import { roleMay, roleOf } from "../demands/roles";
import { missingTarget } from "../demands/targets";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, type Warning } from "../refusal";

const invalid = (message: string): Answer => answer(400, "InvalidParameterValueException", message);

const qualified: Demand = ({ values }) => {
  const { qualifier = "$LATEST" } = namedFunction(values);
  return qualifier === "$LATEST"
    ? invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
    : undefined;
};

/** An alias and the version that it names cannot both have it. */
const notTwice: Demand = ({ values, cloud }) => {
  const { name, qualifier } = namedFunction(values);
  const versionOf = (at: string | undefined): string =>
    text(aliasState(cloud.all("aws_lambda_alias"), name, at) ?? {}, "function_version") || (at ?? "");
  const others = cloud
    .all(
      "aws_lambda_provisioned_concurrency_config",
      (state) => functionName(text(state, "function_name")).name === name,
    )
    .map(({ state }) => namedFunction(state).qualifier)
    .filter((other) => other !== qualifier);
  return others.some((other) => versionOf(other) === versionOf(qualifier))
    ? invalid("Alias with weights can not be used with Provisioned Concurrency")
    : undefined;
};

const aliasState = (aliases: Thing[], name: string, alias: string | undefined): ObjectValue | undefined =>
  aliases.find(({ state }) => text(state, "name") === alias && functionName(text(state, "function_name")).name === name)
    ?.state;

/** Where failed or successful events go. */
const destinationsOf = (values: ObjectValue): string[] =>
  blocks(values, "destination_config").flatMap((config) =>
    ["on_failure", "on_success"]
      .flatMap((name) => blocks(config, name))
      .map((destination) => text(destination, "destination") || text(destination, "destination_arn")),
  );

const sends: Readonly<Record<string, readonly [action: string, words: string]>> = {
  sqs: ["sqs:SendMessage", "SQS:SendMessage"],
  sns: ["sns:Publish", "SNS:Publish"],
  events: ["events:PutEvents", "EventBridge:PutEvents"],
  lambda: ["lambda:InvokeFunction", "Lambda:InvokeFunction"],
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const fifoGetsNothing: Warning = ({ values }) =>
  destinationsOf(values)
    .filter((arn) => arn.endsWith(".fifo"))
    .map((arn) => `sends events to ${arn}, which is FIFO: Lambda delivers none there`);

/** The role of the function that a call names; undefined if it cannot be seen. */
function roleOfNamed({ values, cloud }: Call): Thing | undefined {
  const fn = functionOf(cloud, text(values, "function_name"));
  const role = "thing" in fn ? roleOf(cloud, text(fn.thing.state, "role")) : undefined;
  return role && "thing" in role ? role.thing : undefined;
}

const maySend: Demand = (call) => {
  const role = roleOfNamed(call);
  for (const destination of destinationsOf(call.values)) {
    const [action, words] = sends[parseArn(destination)?.service ?? ""] ?? [];
    if (!role || !action || roleMay(call.cloud, role, { action, resource: destination })) continue;
    const arn = text(role.state, "arn");
    return invalid(
      `The function's execution role ${arn} does not have permissions to call ${words} on resource ${destination}`,
    );
  }
  return undefined;
};

const destinationsExist: Warning = ({ values, cloud }) =>
  destinationsOf(values)
    .filter((arn) => missingTarget(cloud, arn))
    .map((arn) => `sends events to ${arn}, which does not exist`);

/** What reads each kind of source, and what Lambda says if the role may not. */
const reads: Readonly<Record<string, readonly [action: string, message: (source: string) => string]>> = {
  sqs: [
    "sqs:ReceiveMessage",
    () => "The provided execution role does not have permissions to call ReceiveMessage on SQS",
  ],
  dynamodb: [
    "dynamodb:GetRecords",
    (source) =>
      `Cannot access stream ${source}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
  ],
  kinesis: [
    "kinesis:GetRecords",
    (source) =>
      `Cannot access stream ${source}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams Actions on your stream in IAM.`,
  ],
};

const mayRead: Demand = (call) => {
  const source = text(call.values, "event_source_arn");
  const [action, message] = reads[parseArn(source)?.service ?? ""] ?? [];
  const role = roleOfNamed(call);
  if (!role || !action || !message || roleMay(call.cloud, role, { action, resource: source })) return undefined;
  return invalid(message(source));
};

const source: Demand = ({ values, cloud }) => {
  const given = text(values, "event_source_arn");
  const arn = parseArn(given);
  if (!arn || arn.account !== cloud.place.account) return undefined;
  if (arn.region !== cloud.place.region)
    return invalid(`Event source ${given} must be in the same region as the function, ${cloud.place.region}.`);
  if (!isOwn(arn, cloud.place)) return undefined;
  if (arn.service === "sqs") return queueSource(given, values, cloud);
  const isStream = (state: ObjectValue): boolean => text(state, "stream_arn") === given;
  const known = ["aws_dynamodb_table", "aws_dynamodb_table_replica"].some(
    (type) => cloud.find(type, (state) => isStream(state) || isStreamOf(state, given)) !== undefined,
  );
  return arn.service !== "dynamodb" || known
    ? undefined
    : answer(404, "ResourceNotFoundException", `Stream not found: ${given}`);
};

/** The state of a replica tells the table's ARN; the stream's own ends in a date. */
const isStreamOf = (state: ObjectValue, stream: string): boolean =>
  text(state, "arn") !== "" && stream.startsWith(`${text(state, "arn")}/stream/`);

const queueSource = (given: string, values: ObjectValue, cloud: Call["cloud"]): Answer | undefined => {
  const queue = cloud.find("aws_sqs_queue", (state) => text(state, "arn") === given);
  if (!queue) {
    const code = "SQS Error Code: AWS.SimpleQueueService.NonExistentQueue.";
    return invalid(
      `Error occurred while ReceiveMessage. ${code} SQS Error Message: The specified queue does not exist for this wsdl version.`,
    );
  }
  const fn = functionOf(cloud, text(values, "function_name"));
  if (!("thing" in fn)) return undefined;
  const [hidden, timeout] = [queue.state.visibility_timeout_seconds, fn.thing.state.timeout].map(Number);
  return hidden !== undefined && timeout !== undefined && hidden < timeout
    ? invalid(`Queue visibility timeout: ${hidden} seconds is less than Function timeout: ${timeout} seconds`)
    : undefined;
};

/** A stream is read from a position, and what is given up of it goes to a standard queue. @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
const readableStream: Demand = (call) => {
  const { values } = call;
  const service = parseArn(text(values, "event_source_arn"))?.service ?? "";
  if (!["dynamodb", "kinesis"].includes(service)) return undefined;
  const position = text(values, "starting_position");
  if (position === "" || (position === "AT_TIMESTAMP" && service === "dynamodb")) {
    const positions = service === "dynamodb" ? "TRIM_HORIZON or LATEST" : "TRIM_HORIZON, LATEST or AT_TIMESTAMP";
    return invalid(`Stream event sources need a StartingPosition of ${positions}.`);
  }
  const role = roleOfNamed(call);
  for (const destination of destinationsOf(values)) {
    if (destination.endsWith(".fifo")) return invalid(`The destination ARN ${destination} is invalid.`);
    const [action, words = ""] = sends[parseArn(destination)?.service ?? ""] ?? [];
    if (!role || !action || roleMay(call.cloud, role, { action, resource: destination })) continue;
    const [to, does] = words.split(":");
    return invalid(`The provided execution role does not have permissions to call ${does} on ${to}`);
  }
  return undefined;
};

/** What a synchronous invocation may send, in bytes. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestPayload = 6 * 1024 * 1024;

const payloadFits: Demand = ({ values }) => {
  const bytes = Buffer.byteLength(text(values, "input"));
  if (bytes <= largestPayload) return undefined;
  const message = `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${largestPayload} bytes)`;
  return answer(413, "RequestTooLargeException", message);
};

/** A function without any concurrency is not run. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const isNotStopped: Demand = ({ values, cloud }) => {
  const found = functionOf(cloud, text(values, "function_name"));
  if (!("thing" in found) || found.thing.state.reserved_concurrent_executions?.toString() !== "0") return undefined;
  return answer(429, "TooManyRequestsException", "Rate Exceeded.");
};

/** What is set for a function. @see https://docs.aws.amazon.com/lambda/latest/api/ */
export const lambdaSettings: ServiceCalls = {
  aws_lambda_permission: {
    service: "Lambda",
    create: operation("AddPermission", "adding Lambda Permission ({function_name}/{statement_id})"),
    remove: operation("RemovePermission", "removing Lambda Permission ({function_name}/{statement_id})"),
    exists: ({ values }) =>
      answer(
        409,
        "ResourceConflictException",
        `The statement id (${text(values, "statement_id")}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      ),
    demands: [existingFunction],
    warnings: [
      ({ values, cloud }) =>
        missingTarget(cloud, text(values, "source_arn"))
          ? `lets ${text(values, "source_arn")} call, which does not exist`
          : undefined,
    ],
  },
  aws_lambda_invocation: {
    service: "Lambda",
    create: operation("Invoke", "invoking Lambda Function ({function_name})"),
    remove: operation("Invoke", "invoking Lambda Function ({function_name})"),
    demands: [existingFunction, payloadFits, isNotStopped],
  },
  aws_lambda_provisioned_concurrency_config: {
    service: "Lambda",
    create: operation(
      "PutProvisionedConcurrencyConfig",
      "creating Lambda Provisioned Concurrency Config ({function_name},{qualifier})",
    ),
    update: operation("PutProvisionedConcurrencyConfig", "updating Lambda Provisioned Concurrency Config ({id})"),
    remove: operation("DeleteProvisionedConcurrencyConfig", "deleting Lambda Provisioned Concurrency Config ({id})"),
    demands: [existingFunction, noSnapshots, qualified, notTwice],
  },
  aws_lambda_function_event_invoke_config: {
    service: "Lambda",
    create: operation("PutFunctionEventInvokeConfig", "creating Lambda Function Event Invoke Config ({id})"),
    update: operation("PutFunctionEventInvokeConfig", "updating Lambda Function Event Invoke Config ({id})"),
    remove: operation("DeleteFunctionEventInvokeConfig", "deleting Lambda Function Event Invoke Config ({id})"),
    demands: [existingFunction, maySend],
    warnings: [destinationsExist, fifoGetsNothing],
  },
  aws_lambda_function_recursion_config: {
    service: "Lambda",
    create: operation("PutFunctionRecursionConfig", "creating Lambda Function Recursion Config ({function_name})"),
    update: operation("PutFunctionRecursionConfig", "updating Lambda Function Recursion Config ({function_name})"),
    // AWS knows no deletion: the provider sets it back to what functions begin with.
    remove: operation("PutFunctionRecursionConfig", "deleting Lambda Function Recursion Config ({function_name})"),
    demands: [existingFunction],
  },
  aws_lambda_event_source_mapping: {
    service: "Lambda",
    create: operation("CreateEventSourceMapping", "creating Lambda Event Source Mapping ({event_source_arn})"),
    update: operation("UpdateEventSourceMapping", "updating Lambda Event Source Mapping ({id})"),
    remove: operation("DeleteEventSourceMapping", "deleting Lambda Event Source Mapping ({id})"),
    exists: ({ values }, holder) => {
      const given = text(values, "event_source_arn");
      const rest = `with UUID ${text(holder.state, "uuid")}`;
      const { name } = functionName(text(values, "function_name"));
      return answer(
        409,
        "ResourceConflictException",
        parseArn(given)?.service === "sqs"
          ? `An event source mapping with SQS arn (" ${given} ") and function (" ${name} ") already exists. Please update or delete the existing mapping ${rest}`
          : `The event source arn (" ${given} ") and function (" ${name} ") provided mapping already exists. Please update or delete the existing mapping ${rest}`,
      );
    },
    demands: [
      ({ values, cloud }) => {
        const fn = functionOf(cloud, text(values, "function_name"));
        if (!("missing" in fn)) return undefined;
        const arn = functionArn(cloud, namedFunction(values));
        return answer(404, "ResourceNotFoundException", `Function not found: ${arn}`);
      },
      source,
      mayRead,
      readableStream,
    ],
    warnings: [destinationsExist],
  },
};
