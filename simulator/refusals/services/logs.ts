import type { ObjectValue } from "../../protocol/values";
import { isOwn, parseArn } from "../demands/arns";
import { keyProblem } from "../demands/keys";
import { mayBeCalledBy } from "../demands/resource-policies";
import { trustedRole } from "../demands/roles";
import { missingTarget } from "../demands/targets";
import { answer, operation, unlisted } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, texts, type Warning } from "../refusal";

const missing = (message: string): Answer => answer(400, "ResourceNotFoundException", message);
const conflict = (message: string): Answer => answer(400, "ConflictException", message);

/** Logs are encrypted in the name of the service of the region, which the policy of the key must let in. */
const key: Demand = (call) => {
  const given = text(call.values, "kms_key_id");
  if (given === "") return undefined;
  const { partition, region, account } = call.cloud.place;
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${text(call.values, "name")}`;
  const problem = keyProblem(call, given, {
    actions: ["Encrypt", "Decrypt", "GenerateDataKey", "DescribeKey"],
    service: `logs.${region}.amazonaws.com`,
    context: { "kms:EncryptionContext:aws:logs:arn": group },
  });
  const message = `The specified KMS key does not exist or is not allowed to be used with Arn '${group}'`;
  return problem ? unlisted("AccessDeniedException", message) : undefined;
};

const groupExists: Demand = ({ values, cloud }) =>
  cloud.find("aws_cloudwatch_log_group", (state) => text(state, "name") === text(values, "log_group_name"))
    ? undefined
    : missing("The specified log group does not exist.");

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const policiesOfARegion = 10;

const tenPolicies: Demand = ({ cloud, prior }) =>
  !prior && cloud.all("aws_cloudwatch_log_resource_policy").length >= policiesOfARegion
    ? answer(400, "LimitExceededException", "Resource limit exceeded.")
    : undefined;

const groupsExist: Warning = ({ values, cloud }) =>
  texts(values, "log_group_names")
    .filter((name) => cloud.all("aws_cloudwatch_log_group", (state) => text(state, "name") === name).length === 0)
    .map((name) => `asks log group ${name}, which does not exist`);

/** CloudWatch Logs calls a function or a stream with each line; it looks at the function, its permission or the role. */
const subscriber: Demand = ({ values, cloud }) => {
  const given = text(values, "destination_arn");
  const arn = parseArn(given);
  if (arn?.service !== "lambda" || !isOwn(arn, cloud.place)) return undefined;
  const caller = { service: "logs.amazonaws.com" };
  const regional = { service: `logs.${cloud.place.region}.amazonaws.com` };
  const open = mayBeCalledBy(cloud, given, caller) || mayBeCalledBy(cloud, given, regional);
  return open && !missingTarget(cloud, given)
    ? undefined
    : answer(
        400,
        "InvalidParameterException",
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
      );
};

const trustsLogs = trustedRole(
  ({ values }) => text(values, "role_arn"),
  "logs.amazonaws.com",
  () =>
    answer(
      400,
      "InvalidParameterException",
      "Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.",
    ),
);

/** What logs of CloudFront come from is found in us-east-1 only. */
const loggedResource: Demand = ({ values, cloud }) => {
  const given = text(values, "resource_arn");
  const arn = parseArn(given);
  if (arn?.service !== "cloudfront") {
    return missingTarget(cloud, given) ? missing(`The resource ${given} does not exist.`) : undefined;
  }
  const id = arn.resource.replace(/^distribution\//, "");
  const gone = arn.account === cloud.place.account && isGone(cloud, "aws_cloudfront_distribution", id);
  return cloud.place.region !== "us-east-1" || gone ? missing(`The resource ${given} does not exist.`) : undefined;
};

const isGone = (cloud: Call["cloud"], type: string, id: string): boolean =>
  ["elsewhere", "deleted"].includes(cloud.standing(type, id));

const destinationOf = (values: ObjectValue): string =>
  blocks(values, "delivery_destination_configuration")
    .map((block) => text(block, "destination_resource_arn"))
    .join("");

const destinationExists: Demand = ({ values, cloud }) => {
  const given = destinationOf(values);
  return missingTarget(cloud, given) ? missing(`The resource ${given} does not exist.`) : undefined;
};

const deliveryParts: Demand = ({ values, cloud }) => {
  const name = text(values, "delivery_source_name");
  if (!cloud.find("aws_cloudwatch_log_delivery_source", (state) => text(state, "name") === name))
    return missing(`Delivery source ${name} does not exist.`);
  const destination = text(values, "delivery_destination_arn");
  const arn = parseArn(destination);
  const isThat = (state: ObjectValue): boolean => text(state, "arn") === destination;
  return arn?.account === cloud.place.account && !cloud.find("aws_cloudwatch_log_delivery_destination", isThat)
    ? missing(`Delivery destination ${destination} does not exist.`)
    : undefined;
};

const notDelivering =
  (what: string, attribute: string, own: string): Demand =>
  ({ values, cloud }) =>
    cloud.all("aws_cloudwatch_log_delivery", (state) => text(state, attribute) === text(values, own)).length > 0
      ? conflict(`The ${what} ${text(values, "name")} is in use by a delivery.`)
      : undefined;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
export const logs: ServiceCalls = {
  aws_cloudwatch_log_group: {
    service: "CloudWatch Logs",
    create: operation("CreateLogGroup", "creating CloudWatch Logs Log Group ({name})"),
    update: operation("PutRetentionPolicy", "updating CloudWatch Logs Log Group ({name})"),
    remove: operation("DeleteLogGroup", "deleting CloudWatch Logs Log Group ({name})"),
    exists: () => answer(400, "ResourceAlreadyExistsException", "The specified log group already exists"),
    demands: [key],
    takesAlong: ({ values, cloud }) =>
      [
        "aws_cloudwatch_log_metric_filter",
        "aws_cloudwatch_log_subscription_filter",
        "aws_cloudwatch_log_stream",
      ].flatMap((type) => cloud.all(type, (state) => text(state, "log_group_name") === text(values, "name"))),
  },
  aws_cloudwatch_log_metric_filter: {
    service: "CloudWatch Logs",
    create: operation("PutMetricFilter", "putting CloudWatch Logs Metric Filter ({name})"),
    remove: operation("DeleteMetricFilter", "deleting CloudWatch Logs Metric Filter ({name})"),
    demands: [groupExists],
  },
  aws_cloudwatch_log_subscription_filter: {
    service: "CloudWatch Logs",
    create: operation("PutSubscriptionFilter", "putting CloudWatch Logs Subscription Filter ({name})"),
    remove: operation("DeleteSubscriptionFilter", "deleting CloudWatch Logs Subscription Filter ({name})"),
    demands: [groupExists, subscriber, trustsLogs],
  },
  aws_cloudwatch_log_resource_policy: {
    service: "CloudWatch Logs",
    create: operation("PutResourcePolicy", "creating CloudWatch Logs Resource Policy ({policy_name})"),
    update: operation("PutResourcePolicy", "updating CloudWatch Logs Resource Policy ({policy_name})"),
    remove: operation("DeleteResourcePolicy", "deleting CloudWatch Logs Resource Policy ({policy_name})"),
    demands: [tenPolicies],
  },
  aws_cloudwatch_query_definition: {
    service: "CloudWatch Logs",
    create: operation("PutQueryDefinition", "creating CloudWatch Logs Query Definition ({name})"),
    remove: operation("DeleteQueryDefinition", "deleting CloudWatch Logs Query Definition ({id})"),
    warnings: [groupsExist],
  },
  aws_cloudwatch_log_delivery_source: {
    service: "CloudWatch Logs",
    framework: true,
    create: operation("PutDeliverySource", "creating CloudWatch Logs Delivery Source ({name})"),
    remove: operation("DeleteDeliverySource", "deleting CloudWatch Logs Delivery Source ({name})"),
    // AWS overwrites one of the same name, but gives a resource to one source only.
    exists: ({ values }, { state }) =>
      text(state, "name") === text(values, "name") && text(state, "resource_arn") === text(values, "resource_arn")
        ? undefined
        : conflict("This ResourceId has already been used in another Delivery Source in this account."),
    demands: [loggedResource],
    removalDemands: [notDelivering("delivery source", "delivery_source_name", "name")],
  },
  aws_cloudwatch_log_delivery_destination: {
    service: "CloudWatch Logs",
    framework: true,
    create: operation("PutDeliveryDestination", "creating CloudWatch Logs Delivery Destination ({name})"),
    remove: operation("DeleteDeliveryDestination", "deleting CloudWatch Logs Delivery Destination ({name})"),
    demands: [destinationExists],
    removalDemands: [notDelivering("delivery destination", "delivery_destination_arn", "arn")],
  },
  aws_cloudwatch_log_delivery: {
    service: "CloudWatch Logs",
    framework: true,
    create: operation("CreateDelivery", "creating CloudWatch Logs Delivery"),
    remove: operation("DeleteDelivery", "deleting CloudWatch Logs Delivery ({id})"),
    exists: () => conflict("Delivery already exists for this delivery source and delivery destination."),
    demands: [deliveryParts],
  },
};
