import type { ObjectValue } from "../../protocol/values";
import type { CloudView } from "../cloud-view";
import { text } from "../refusal";
import { isOwn, parseArn } from "./arns";
import { functionName } from "./functions";
import { allows } from "./policies";

/** A service that acts for something of this account. */
export interface Caller {
  /** `events.amazonaws.com`. */
  readonly service: string;
  /** The ARN of what it acts for, as far as it is known. */
  readonly source?: string;
}

type LetsIn = (cloud: CloudView, arn: string, caller: Caller) => boolean;

/** A permission names a function with or without the alias that is called; without it, calls of the alias are refused. */
const functionLetsIn: LetsIn = (cloud, arn, { service, source }) => {
  const called = functionName(arn);
  return cloud.all("aws_lambda_permission").some(({ state }) => {
    const named = functionName(text(state, "function_name"));
    const qualifier = text(state, "qualifier") || named.qualifier;
    const from = text(state, "source_arn");
    const isFrom = from === "" || source === undefined || fits(from, source);
    return (
      named.name === called.name &&
      (qualifier ?? "") === (called.qualifier ?? "") &&
      text(state, "principal") === service &&
      isFrom
    );
  });
};

/** Policies are resources of their own, or an argument of the thing. */
const policyLetsIn =
  (
    action: string,
    thing: string,
    policy: string,
    names: (state: ObjectValue, ofThing: ObjectValue) => boolean,
  ): LetsIn =>
  (cloud, arn, { service }) => {
    const [of] = cloud.all(thing, (state) => text(state, "arn") === arn);
    if (!of) return true;
    const own = cloud.all(policy, (state) => names(state, of.state));
    return [of, ...own].some(({ state }) =>
      allows(text(state, "policy"), { principal: service, action, resource: arn }),
    );
  };

const letsIn: Readonly<Record<string, LetsIn>> = {
  lambda: functionLetsIn,
  sqs: policyLetsIn(
    "sqs:SendMessage",
    "aws_sqs_queue",
    "aws_sqs_queue_policy",
    (policy, queue) =>
      text(policy, "queue_url") === text(queue, "url") || text(policy, "queue_url") === text(queue, "id"),
  ),
  sns: policyLetsIn(
    "sns:Publish",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    (policy, topic) => text(policy, "arn") === text(topic, "arn"),
  ),
};

/** Whether the policy of what an ARN names lets a service in. What is not of this account and region counts as open. */
export function mayBeCalledBy(cloud: CloudView, given: string, caller: Caller): boolean {
  const arn = parseArn(given);
  const lets = arn && isOwn(arn, cloud.place) ? letsIn[arn.service] : undefined;
  return lets ? lets(cloud, given, caller) : true;
}

const fits = (pattern: string, value: string): boolean => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`).test(value);
};
