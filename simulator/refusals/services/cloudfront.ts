import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { faultOf } from "../demands/certificates";
import { functionName } from "../demands/functions";
import { canBeAssumed } from "../demands/roles";
import { answer, operation } from "../operation";
import { type Answer, blocks, type Call, type Demand, type ServiceCalls, text, texts } from "../refusal";
import { associations } from "./lambda";

/** CloudFront looks for certificates, functions and web ACLs in this region. */
const home = "us-east-1";

const behaviors = (distribution: ObjectValue): ObjectValue[] =>
  ["default_cache_behavior", "ordered_cache_behavior"].flatMap((name) => blocks(distribution, name));

const functionsOf = (distribution: ObjectValue): string[] =>
  behaviors(distribution)
    .flatMap((behavior) => blocks(behavior, "function_association"))
    .map((association) => text(association, "function_arn"));

const certificate: Demand = ({ values, cloud }) => {
  const aliases = texts(values, "aliases");
  for (const block of blocks(values, "viewer_certificate")) {
    if (!faultOf(cloud, text(block, "acm_certificate_arn"), home, aliases)) continue;
    const message =
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
    return answer(400, "InvalidViewerCertificate", message);
  }
  return undefined;
};

const atTheEdge: Demand = ({ values, cloud }) => {
  const invalid = (message: string): Answer => answer(400, "InvalidLambdaFunctionAssociation", message);
  for (const given of associations(values)) {
    const arn = parseArn(given);
    if (arn && arn.region !== home) return invalid(`The function must be in region '${home}'. ARN: ${given}`);
    const { name, qualifier = "" } = functionName(given);
    if (!/^\d+$/.test(qualifier)) {
      const rule = "The function ARN must reference a specific function version.";
      return invalid(`${rule} (The ARN must end with the version number.) ARN: ${given}`);
    }
    if (arn?.account !== cloud.place.account) continue;
    const unqualified = given.split(":").slice(0, 7).join(":");
    const fn = cloud.withArn(unqualified);
    if (!fn || Number(text(fn.state, "version")) < Number(qualifier))
      return invalid(`The function cannot be found. Function: ${given}`);
    const role = text(fn.state, "role");
    if (!canBeAssumed(cloud, role, "edgelambda.amazonaws.com")) {
      const rule = "as well as lambda.amazonaws.com principals. Update the IAM role and try again.";
      const must = `The function execution role must be assumable with edgelambda.amazonaws.com ${rule}`;
      return invalid(`${must} Role: ${role}, function ${name}`);
    }
  }
  return undefined;
};

/** By its ARN; ids belong to the first version of WAF. */
const webAcl: Demand = ({ values, cloud }) => {
  const given = text(values, "web_acl_id");
  const arn = parseArn(given);
  if (!arn) return undefined;
  const isThat = (state: ObjectValue): boolean => text(state, "arn") === given;
  const regional = arn.region !== home || !arn.resource.startsWith("global/");
  if (!regional && !cloud.deleted("aws_wafv2_web_acl", isThat)) {
    cloud.withArn(given);
    return undefined;
  }
  return answer(400, "InvalidWebACLId", "Web ACL is not accessible by the requester.");
};

/** What a behavior names by an id of CloudFront's. */
const kinds: readonly (readonly [attribute: string, type: string, code: string, what: string])[] = [
  ["cache_policy_id", "aws_cloudfront_cache_policy", "NoSuchCachePolicy", "cache policy"],
  [
    "origin_request_policy_id",
    "aws_cloudfront_origin_request_policy",
    "NoSuchOriginRequestPolicy",
    "origin request policy",
  ],
  [
    "response_headers_policy_id",
    "aws_cloudfront_response_headers_policy",
    "NoSuchResponseHeadersPolicy",
    "response headers policy",
  ],
];

const policies: Demand = ({ values, cloud }) => {
  for (const [attribute, type, code, what] of kinds) {
    const ids = behaviors(values).map((behavior) => text(behavior, attribute));
    const gone = ids.some((id) => id !== "" && ["elsewhere", "deleted"].includes(cloud.standing(type, id)));
    if (gone) return answer(404, code, `The ${what} does not exist.`);
  }
  return undefined;
};

const functions: Demand = ({ values, cloud }) => {
  for (const given of functionsOf(values)) {
    const arn = parseArn(given);
    if (!arn || arn.account !== cloud.place.account) continue;
    const fn = cloud.find("aws_cloudfront_function", (state) => text(state, "arn") === given);
    if (fn && fn.state.publish !== false) continue;
    const message = `The specified function ${given} doesn't exist, or isn't published to the live stage.`;
    return answer(400, "InvalidFunctionAssociation", message);
  }
  return undefined;
};

/** Policies cannot go while a distribution has them. */
const unused =
  (attribute: string, code: string, what: string): Demand =>
  ({ values, cloud }) => {
    const id = text(values, "id");
    const uses = ({ state }: Thing): boolean => behaviors(state).some((behavior) => text(behavior, attribute) === id);
    const message = `The specified ${what} is currently associated with a cache behavior. Please disassociate the policy before deleting.`;
    return cloud.all("aws_cloudfront_distribution").some(uses) ? answer(409, code, message) : undefined;
  };

const policy = (kind: string, what: string, attribute: string): ServiceCalls[string] => ({
  service: "CloudFront",
  remembered: true,
  create: operation(`Create${kind}Policy`, `creating CloudFront ${what} Policy ({name})`),
  update: operation(`Update${kind}Policy`, `updating CloudFront ${what} Policy ({id})`),
  remove: operation(`Delete${kind}Policy`, `deleting CloudFront ${what} Policy ({id})`),
  exists: () =>
    answer(409, `${kind}PolicyAlreadyExists`, `A ${what.toLowerCase()} policy with the same name already exists.`),
  removalDemands: [unused(attribute, `${kind}PolicyInUse`, `${what.toLowerCase()} policy`)],
});

const noDistribution: Demand = ({ values, cloud }) => {
  const arn = text(values, "arn");
  const users = cloud.all("aws_cloudfront_distribution", (state) => functionsOf(state).includes(arn)).length;
  const message = `Cannot delete function ${text(values, "name")}, it is in use by ${users} distributions`;
  return users > 0 ? answer(409, "FunctionInUse", message) : undefined;
};

const stores = (fn: ObjectValue): string[] => texts(fn, "key_value_store_associations");

const store: Demand = ({ values, cloud }) => {
  const isGone = (given: string): boolean => {
    const id = parseArn(given)?.resource.replace(/^key-value-store\//, "") ?? "";
    const own = parseArn(given)?.account === cloud.place.account;
    return !own || ["elsewhere", "deleted"].includes(cloud.standing("aws_cloudfront_key_value_store", id));
  };
  const gone = stores(values).find(isGone);
  return gone ? answer(400, "InvalidArgument", `The key value store ${gone} does not exist.`) : undefined;
};

const noFunction: Demand = ({ values, cloud }) => {
  const arn = text(values, "arn");
  return cloud.all("aws_cloudfront_function", (state) => stores(state).includes(arn)).length > 0
    ? answer(409, "CannotDeleteEntityWhileInUse", "The entity cannot be deleted while it is in use.")
    : undefined;
};

const noOrigin: Demand = ({ values, cloud }: Call) => {
  const id = text(values, "id");
  const uses = ({ state }: Thing): boolean =>
    blocks(state, "origin").some((origin) => text(origin, "origin_access_control_id") === id);
  const message = "The origin access control is still being used.";
  return cloud.all("aws_cloudfront_distribution").some(uses)
    ? answer(409, "OriginAccessControlInUse", message)
    : undefined;
};

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/ */
export const cloudfront: ServiceCalls = {
  aws_cloudfront_distribution: {
    service: "CloudFront",
    remembered: true,
    create: operation("CreateDistributionWithTags", "creating CloudFront Distribution"),
    update: operation("UpdateDistribution", "updating CloudFront Distribution ({id})"),
    remove: operation("DeleteDistribution", "deleting CloudFront Distribution ({id})"),
    exists: () =>
      answer(
        409,
        "CNAMEAlreadyExists",
        "One or more of the CNAMEs you provided are already associated with a different resource.",
      ),
    demands: [certificate, atTheEdge, webAcl, policies, functions],
  },
  aws_cloudfront_cache_policy: policy("Cache", "Cache", "cache_policy_id"),
  aws_cloudfront_origin_request_policy: policy("OriginRequest", "Origin Request", "origin_request_policy_id"),
  aws_cloudfront_response_headers_policy: policy("ResponseHeaders", "Response Headers", "response_headers_policy_id"),
  aws_cloudfront_function: {
    service: "CloudFront",
    create: operation("CreateFunction", "creating CloudFront Function ({name})"),
    update: operation("UpdateFunction", "updating CloudFront Function ({name})"),
    remove: operation("DeleteFunction", "deleting CloudFront Function ({name})"),
    exists: ({ values }) =>
      answer(409, "FunctionAlreadyExists", `Two functions cannot have the same name: ${text(values, "name")}`),
    demands: [store],
    removalDemands: [noDistribution],
  },
  aws_cloudfront_key_value_store: {
    service: "CloudFront",
    framework: true,
    remembered: true,
    create: operation("CreateKeyValueStore", "creating CloudFront Key Value Store ({name})"),
    update: operation("UpdateKeyValueStore", "updating CloudFront Key Value Store ({name})"),
    remove: operation("DeleteKeyValueStore", "deleting CloudFront Key Value Store ({name})"),
    exists: () => answer(409, "EntityAlreadyExists", "The entity already exists."),
    removalDemands: [noFunction],
  },
  aws_cloudfront_origin_access_control: {
    service: "CloudFront",
    remembered: true,
    create: operation("CreateOriginAccessControl", "creating CloudFront Origin Access Control ({name})"),
    update: operation("UpdateOriginAccessControl", "updating CloudFront Origin Access Control ({id})"),
    remove: operation("DeleteOriginAccessControl", "deleting CloudFront Origin Access Control ({id})"),
    exists: () =>
      answer(409, "OriginAccessControlAlreadyExists", "An origin access control with the same name already exists."),
    removalDemands: [noOrigin],
  },
};
