import { isObject, type ObjectValue, type Value } from "../../protocol/values";
import { isOwn, parseArn } from "../demands/arns";
import { missingTarget } from "../demands/targets";
import { answer, operation } from "../operation";
import { type Answer, type Demand, type ServiceCalls, text, texts } from "../refusal";

const invalid = (reason: string, field: string, parameter: string): Answer =>
  answer(400, "WAFInvalidParameterException", `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`);

/** What CloudFront uses is of all regions, and is made in us-east-1. */
const scope: Demand = ({ values, cloud }) =>
  text(values, "scope") === "CLOUDFRONT" && cloud.place.region !== "us-east-1"
    ? invalid("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT")
    : undefined;

const texted = (value: Value): string[] => {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(texted);
  return isObject(value) ? Object.values(value).flatMap(texted) : [];
};

const kinds: Readonly<Record<string, string>> = {
  ipset: "aws_wafv2_ip_set",
  rulegroup: "aws_wafv2_rule_group",
  regexpatternset: "aws_wafv2_regex_pattern_set",
};

/** Rules name sets and groups by ARNs with an id of WAF's. */
const named: Demand = ({ values, cloud }) => {
  const gone = texted(values.rule ?? null).find((given) => {
    const arn = parseArn(given);
    if (arn?.service !== "wafv2" || arn.account !== cloud.place.account) return false;
    const [, kind = "", , id = ""] = arn.resource.split("/");
    const type = kinds[kind];
    return type !== undefined && ["elsewhere", "deleted"].includes(cloud.standing(type, id));
  });
  const message =
    "AWS WAF couldn't retrieve a resource that you specified for this operation. Verify the resources that you are specifying in your request parameters and then retry the operation.";
  return gone ? answer(400, "WAFUnavailableEntityException", message) : undefined;
};

const free: Demand = ({ values, cloud }) => {
  const arn = text(values, "arn");
  const associated = [
    ...cloud.all("aws_cloudfront_distribution", (state) => text(state, "web_acl_id") === arn),
    ...cloud.all("aws_wafv2_web_acl_association", (state) => text(state, "web_acl_arn") === arn),
  ];
  const message =
    "AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with another resource.";
  return associated.length > 0 ? answer(400, "WAFAssociatedItemException", message) : undefined;
};

const nonexistent = (): Answer =>
  answer(
    400,
    "WAFNonexistentItemException",
    "AWS WAF couldn't perform the operation because your resource doesn't exist.",
  );

const aclGone =
  (attribute: string): Demand =>
  ({ values, cloud }) => {
    const arn = text(values, attribute);
    const isThat = (state: ObjectValue): boolean => text(state, "arn") === arn;
    const here = parseArn(arn)?.region === cloud.place.region;
    cloud.withArn(arn);
    return !here || cloud.deleted("aws_wafv2_web_acl", isThat) ? nonexistent() : undefined;
  };

/** `aws-waf-logs-…`, as a log group, a stream or a bucket. */
const nameOf = (resource: string): string => resource.replace(/^(log-group:|deliverystream\/)/, "");

const destination: Demand = ({ values, cloud }) => {
  const wrong = texts(values, "log_destination_configs").find((given) => {
    const arn = parseArn(given);
    if (!arn || !nameOf(arn.resource).startsWith("aws-waf-logs-")) return true;
    if (arn.region !== "" && arn.region !== cloud.place.region) return true;
    return isOwn(arn, cloud.place) && missingTarget(cloud, given);
  });
  const reason =
    "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";
  return wrong ? invalid(reason, "LOG_DESTINATION", wrong) : undefined;
};

const duplicate = (): Answer =>
  answer(
    400,
    "WAFDuplicateItemException",
    "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
  );

const set = (kind: string, what: string): ServiceCalls[string] => ({
  service: "WAFV2",
  remembered: true,
  create: operation(`Create${kind}`, `creating WAFv2 ${what} ({name})`),
  update: operation(`Update${kind}`, `updating WAFv2 ${what} ({id})`),
  remove: operation(`Delete${kind}`, `deleting WAFv2 ${what} ({id})`),
  exists: duplicate,
  demands: [scope],
});

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/ */
export const wafv2: ServiceCalls = {
  aws_wafv2_web_acl: { ...set("WebACL", "WebACL"), demands: [scope, named], removalDemands: [free] },
  aws_wafv2_ip_set: set("IPSet", "IPSet"),
  aws_wafv2_regex_pattern_set: set("RegexPatternSet", "RegexPatternSet"),
  aws_wafv2_rule_group: { ...set("RuleGroup", "RuleGroup"), demands: [scope, named] },
  aws_wafv2_web_acl_association: {
    service: "WAFV2",
    create: operation("AssociateWebACL", "creating WAFv2 WebACL Association ({web_acl_arn},{resource_arn})"),
    remove: operation("DisassociateWebACL", "deleting WAFv2 WebACL Association ({id})"),
    demands: [aclGone("web_acl_arn")],
  },
  aws_wafv2_web_acl_logging_configuration: {
    service: "WAFV2",
    create: operation("PutLoggingConfiguration", "putting WAFv2 WebACL Logging Configuration ({resource_arn})"),
    remove: operation("DeleteLoggingConfiguration", "deleting WAFv2 WebACL Logging Configuration ({resource_arn})"),
    demands: [aclGone("resource_arn"), destination],
  },
};
