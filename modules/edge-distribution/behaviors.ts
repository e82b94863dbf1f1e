import type { CloudfrontDistributionDefaultCacheBehavior } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import type { EdgeEventType } from "../edge-function";
import type { BehaviorConfig } from "./behavior";
import { type DistributionOrigins, firstOrigin, originGroup } from "./origins";

/** The parts of an edge function that a distribution needs; `EdgeFunction` has them. */
export interface AssociatedFunction {
  /** ARN of a numbered version in us-east-1. */
  readonly qualifiedArn: string;
  readonly eventTypes: readonly EdgeEventType[];
}

export interface BehaviorProps {
  /** Where requests go. */
  readonly origins: DistributionOrigins;
  /** The functions that behaviors name. */
  readonly functions: Readonly<Record<string, AssociatedFunction>>;
  /** Id of the cache policy of every behavior. */
  readonly cachePolicyId: string;
  /** Id of the policy that says what origins are sent; only what the cache policy names if left out. */
  readonly originRequestPolicyId?: string;
  /** Id of the policy that adds headers to responses. */
  readonly responseHeadersPolicyId: string;
}

const reads = ["GET", "HEAD", "OPTIONS"];
const all = [...reads, "DELETE", "PATCH", "POST", "PUT"];

/**
 * The arguments of a behavior. CloudFront only fails over reads, and rejects other methods in a behavior that targets
 * an origin group. Those go to the first region, or wherever an origin-request function sends them.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorOriginGroups.html
 */
export function behaviorArguments(
  scope: Construct,
  config: BehaviorConfig,
  props: BehaviorProps,
): CloudfrontDistributionDefaultCacheBehavior {
  const readOnly = config.methods === "read";
  return {
    targetOriginId: readOnly ? originGroup(props.origins) : firstOrigin(props.origins),
    allowedMethods: readOnly ? reads : all,
    cachedMethods: reads,
    // A redirect would be too late: the first request has already sent its secrets in plain text.
    viewerProtocolPolicy: "https-only",
    compress: true,
    cachePolicyId: props.cachePolicyId,
    originRequestPolicyId: props.originRequestPolicyId,
    responseHeadersPolicyId: props.responseHeadersPolicyId,
    lambdaFunctionAssociation: associations(scope, config, props.functions),
  };
}

function associations(
  scope: Construct,
  { functions }: BehaviorConfig,
  known: Readonly<Record<string, AssociatedFunction>>,
) {
  return Object.entries(functions).flatMap(([eventType, association]) => {
    if (!association) return [];
    const { function: name, includeBody } = association;
    const fn = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!fn) {
      throw new ConstructError(
        scope,
        `has no edge function "${name}" for ${eventType}`,
        Object.keys(known).length > 0 ? `use one of ${Object.keys(known).join(", ")}` : "pass it in functions",
      );
    }
    if (!fn.eventTypes.some((served) => served === eventType)) {
      throw new ConstructError(
        scope,
        `the edge function "${name}" is declared for ${fn.eventTypes.join(", ")}, but is associated with ${eventType}`,
        `add ${eventType} to its eventTypes`,
      );
    }
    checkVersion(scope, name, fn.qualifiedArn);
    return [{ eventType, lambdaArn: fn.qualifiedArn, includeBody }];
  });
}

/** Checks literal ARNs only: a token is the attribute of a version. */
function checkVersion(scope: Construct, name: string, arn: string): void {
  if (Token.isUnresolved(arn) || /^arn:aws:lambda:us-east-1:\d{12}:function:[\w-]{1,64}:\d+$/.test(arn)) return;
  throw new ConstructError(
    scope,
    `the edge function "${name}" has "${arn}", which is not a numbered version in us-east-1`,
    "pass the ARN of a published version, not of $LATEST or an alias",
  );
}
