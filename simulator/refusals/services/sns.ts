import type { Thing } from "../../inventory/thing";
import { isObject, type ObjectValue } from "../../protocol/values";
import { isForeign, parseArn } from "../demands/arns";
import { patternFault } from "../demands/event-patterns";
import { keyUsable } from "../demands/key-warnings";
import { principalsKnown } from "../demands/principals";
import { newTextsAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text, type Warning } from "../refusal";

const invalid = (message: string): Answer => ({ status: 400, code: "InvalidParameter", message });

/** Names and values, whatever their order. */
const sorted = (value: ObjectValue[string] | undefined): string =>
  JSON.stringify(Object.entries(isObject(value) ? value : {}).sort(([a], [b]) => (a < b ? -1 : 1)));

/** SNS gives back the topic that there is, unless its tags differ. */
function topicExists({ values }: Call, { state }: Thing): Answer | undefined {
  return sorted(values.tags_all) === sorted(state.tags_all)
    ? undefined
    : invalid("Invalid parameter: Tags Reason: Topic already exists with different tags");
}

/** Demands that a topic is there; one of another region is no topic of this region's SNS. */
const topicFound =
  (attribute: string): Demand =>
  (call) => {
    const [given] = newTextsAt(call, attribute);
    const arn = parseArn(given);
    if (given === undefined || !arn || isForeign(arn, call.cloud.place)) return undefined;
    if (arn.region !== call.cloud.place.region) return invalid("Invalid parameter: TopicArn");
    return call.cloud.find("aws_sns_topic", (topic) => topic.arn === given)
      ? undefined
      : { status: 404, code: "NotFound", message: "Topic does not exist" };
  };

/** FIFO topics deliver to queues alone, and FIFO queues take from FIFO topics alone. */
const fifoFits: Demand = ({ values }) => {
  const [topic, protocol, endpoint] = ["topic_arn", "protocol", "endpoint"].map((name) => text(values, name));
  if (topic?.endsWith(".fifo") && protocol !== "sqs")
    return invalid(`Invalid parameter: Invalid protocol type: ${protocol}`);
  return protocol === "sqs" && endpoint?.endsWith(".fifo") && !topic?.endsWith(".fifo")
    ? invalid(
        "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
      )
    : undefined;
};

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
const filter: Demand = ({ values }) => {
  const given = text(values, "filter_policy");
  const fault = given === "" ? undefined : patternFault(given, '"');
  return fault ? invalid(`Invalid parameter: FilterPolicy: ${fault}`) : undefined;
};

const number: Demand = ({ values }) => {
  const endpoint = text(values, "endpoint");
  return text(values, "protocol") === "sms" && !/^\+?\d[\d-]+$/.test(endpoint)
    ? invalid(`Invalid parameter: Invalid SMS endpoint: ${endpoint}`)
    : undefined;
};

/** The attributes that Subscribe sends. */
const sent = ["delivery_policy", "filter_policy", "filter_policy_scope", "raw_message_delivery", "redrive_policy"];

function subscriptionExists({ values }: Call, { state }: Thing): Answer | undefined {
  const differs = sent.some((name) => String(values[name] ?? "") !== String(state[name] ?? ""));
  return differs
    ? invalid("Invalid parameter: Attributes Reason: Subscription already exists with different attributes")
    : undefined;
}

/** SNS does not look for the queue or function that it will deliver to. */
const endpointThere: Warning = ({ values, cloud }) => {
  const endpoint = text(values, "endpoint");
  const arn = parseArn(endpoint);
  const type = { sqs: "aws_sqs_queue", lambda: "aws_lambda_function" }[text(values, "protocol")];
  if (!arn || !type || isForeign(arn, cloud.place)) return undefined;
  const named = type === "aws_lambda_function" ? arn.resource.split(":")[1] : arn.resource;
  const there = cloud
    .everywhere(type, (state) => (state.function_name ?? state.name) === named)
    .some(({ place }) => place.region === arn.region);
  return there ? undefined : `delivers nothing: ${endpoint} is not there, which AWS does not check`;
};

/**
 * SNS. It does not look up keys, queues and functions.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const sns: ServiceCalls = {
  aws_sns_topic: {
    service: "SNS",
    create: { name: "CreateTopic", says: (topic) => `creating SNS Topic (${text(topic, "name")})` },
    update: {
      name: "SetTopicAttributes",
      says: (topic) => `setting SNS Topic (${text(topic, "arn")}) attribute (Policy)`,
    },
    remove: { name: "DeleteTopic", says: (topic) => `deleting SNS Topic (${text(topic, "arn")})` },
    exists: topicExists,
    warnings: [keyUsable("kms_master_key_id", "sns", "cannot encrypt what is published"), principalsKnown("policy")],
  },
  aws_sns_topic_policy: {
    service: "SNS",
    create: {
      name: "SetTopicAttributes",
      says: (policy) => `setting SNS Topic (${text(policy, "arn")}) attribute (Policy)`,
    },
    remove: {
      name: "SetTopicAttributes",
      says: (policy) => `setting SNS Topic (${text(policy, "arn")}) attribute (Policy)`,
    },
    demands: [topicFound("arn")],
    warnings: [principalsKnown("policy")],
  },
  aws_sns_topic_subscription: {
    service: "SNS",
    create: { name: "Subscribe", says: () => "creating SNS Topic Subscription" },
    update: {
      name: "SetSubscriptionAttributes",
      says: (subscription) => `setting SNS Topic Subscription (${text(subscription, "arn")}) attribute (RedrivePolicy)`,
    },
    remove: {
      name: "Unsubscribe",
      says: (subscription) => `deleting SNS Topic Subscription (${text(subscription, "arn")})`,
    },
    exists: subscriptionExists,
    demands: [topicFound("topic_arn"), fifoFits, filter, number],
    warnings: [endpointThere],
  },
};
