import type { ObjectValue } from "../../protocol/values";
import type { CloudView } from "../cloud-view";
import { text } from "../refusal";
import { type Arn, isOwn, parseArn } from "./arns";
import { functionOf } from "./functions";

type IsThere = (cloud: CloudView, given: string, arn: Arn) => boolean;

const byArn =
  (...types: readonly string[]): IsThere =>
  (cloud, given) =>
    types.some((type) => cloud.all(type, (state) => text(state, "arn") === given).length > 0);

/** The default bus is AWS's own. */
const ofEvents: IsThere = (cloud, given, { resource }) =>
  resource === "event-bus/default" ||
  byArn(
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_connection",
    "aws_cloudwatch_event_api_destination",
  )(cloud, given, parseArn(given) as Arn);

const logGroup: IsThere = (cloud, _, { resource }) => {
  const name = resource.replace(/^log-group:/, "").replace(/:\*$/, "");
  return cloud.all("aws_cloudwatch_log_group", (state) => text(state, "name") === name).length > 0;
};

const api: IsThere = (cloud, _, { resource }) => {
  const [id = ""] = resource.split("/");
  return cloud.all("aws_apigatewayv2_api", (state: ObjectValue) => text(state, "id") === id).length > 0;
};

/** How things that are named from elsewhere are found, by the service of their ARN. */
const found: Readonly<Record<string, IsThere>> = {
  sqs: byArn("aws_sqs_queue"),
  sns: byArn("aws_sns_topic"),
  lambda: (cloud, given) => "thing" in functionOf(cloud, given),
  events: ofEvents,
  logs: logGroup,
  "execute-api": api,
  cloudwatch: byArn("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"),
  scheduler: (cloud, given, { resource }) =>
    resource.includes("*") || byArn("aws_scheduler_schedule")(cloud, given, parseArn(given) as Arn),
};

/**
 * True if an ARN names something of this account and region that does not exist. What cannot be told, such as things of
 * other accounts, patterns and services that have no rule here, counts as there.
 */
export function missingTarget(cloud: CloudView, given: string): boolean {
  const arn = parseArn(given);
  const isThere = arn && found[arn.service];
  if (!arn || !isThere || !isOwn(arn, cloud.place)) return false;
  if (arn.service !== "execute-api" && given.includes("*") && arn.service !== "logs") return false;
  return !isThere(cloud, given, arn);
}
