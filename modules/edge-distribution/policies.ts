import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { acceptFinding, resourceName } from "../core";
import { type BehaviorConfig, viewerHeadersOf } from "./behavior";
import type { EdgeDistributionConfig } from "./config";

/**
 * Ids of AWS managed policies, which are the same in every account.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const managedPolicies = {
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

export interface PolicyContext {
  readonly provider: AwsProvider;
  /** The distribution's name: policy names must be unique in an account. */
  readonly name: string;
}

/** The id of a behavior's cache policy. Each behavior that caches gets its own. */
export function cachePolicyId(
  scope: Construct,
  behaviorId: string,
  { caching }: BehaviorConfig,
  { provider, name }: PolicyContext,
): string {
  if (!caching) return managedPolicies.cachingDisabled;
  const { headers, queryStrings, cookies } = caching;
  return new CloudfrontCachePolicy(scope, `cache-${behaviorId}`, {
    provider,
    name: resourceName(scope, [name, "cache", behaviorId], 128),
    minTtl: caching.minTtlSeconds,
    defaultTtl: caching.defaultTtlSeconds,
    maxTtl: caching.maxTtlSeconds,
    parametersInCacheKeyAndForwardedToOrigin: {
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
      headersConfig:
        headers.length > 0 ? { headerBehavior: "whitelist", headers: { items: headers } } : { headerBehavior: "none" },
      queryStringsConfig:
        typeof queryStrings === "string"
          ? { queryStringBehavior: queryStrings }
          : { queryStringBehavior: "whitelist", queryStrings: { items: queryStrings } },
      cookiesConfig:
        typeof cookies === "string"
          ? { cookieBehavior: cookies }
          : { cookieBehavior: "whitelist", cookies: { items: cookies } },
    },
  }).id;
}

const country = { items: ["CloudFront-Viewer-Country"] };

/** The origin request policies, which determine what reaches the origin; one per setting in use. */
export class OriginRequestPolicies {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly scope: Construct,
    private readonly context: PolicyContext,
  ) {}

  /** The id of a behavior's policy; undefined if only the cache key reaches the origin. */
  idFor(behavior: BehaviorConfig): string | undefined {
    switch (viewerHeadersOf(behavior)) {
      case "none":
        return undefined;
      case "allExceptHost":
        return managedPolicies.allViewerExceptHostHeader;
      case "viewerCountry":
        return this.own("viewer-country", "whitelist", "none");
      case "allAndViewerCountry":
        return this.own("all-and-country", "allViewerAndWhitelistCloudFront", "all");
    }
  }

  private own(id: string, headerBehavior: string, others: "all" | "none"): string {
    const known = this.ids.get(id);
    if (known !== undefined) return known;
    const policy = new CloudfrontOriginRequestPolicy(this.scope, `request-${id}`, {
      provider: this.context.provider,
      name: resourceName(this.scope, [this.context.name, id], 128),
      headersConfig: { headerBehavior, headers: country },
      cookiesConfig: { cookieBehavior: others },
      queryStringsConfig: { queryStringBehavior: others },
    });
    this.ids.set(id, policy.id);
    return policy.id;
  }
}

/** Security headers that override the origin's. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
export function responseHeadersPolicyId(
  scope: Construct,
  { responseHeaders }: EdgeDistributionConfig,
  { provider, name }: PolicyContext,
): string {
  const { strictTransportSecurityDays: days, includeSubdomains, preload, permissionsPolicy, remove } = responseHeaders;
  const further = Object.entries({
    ...(permissionsPolicy === undefined ? {} : { "Permissions-Policy": permissionsPolicy }),
    ...responseHeaders.add,
  });
  const policy = new CloudfrontResponseHeadersPolicy(scope, "response-headers", {
    provider,
    name: resourceName(scope, [name, "security-headers"], 128),
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: days * 86_400,
        includeSubdomains,
        preload,
        override: true,
      },
      contentSecurityPolicy: { contentSecurityPolicy: responseHeaders.contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: responseHeaders.frameOptions, override: true },
      referrerPolicy: { referrerPolicy: responseHeaders.referrerPolicy, override: true },
    },
    ...(further.length > 0 && {
      customHeadersConfig: { items: further.map(([header, value]) => ({ header, value, override: true })) },
    }),
    ...(remove.length > 0 && { removeHeadersConfig: { items: remove.map((header) => ({ header })) } }),
  });
  // The check asks for all three.
  if (!(preload && includeSubdomains && days >= 365)) {
    acceptFinding(
      policy,
      "CKV_AWS_259",
      `HTTPS is required for ${days} days${includeSubdomains ? ", with subdomains" : ""}. The lists of browsers take months to leave, so the owner of the domain sets preload.`,
    );
  }
  return policy.id;
}
