import type {
  CloudfrontDistributionOrigin,
  CloudfrontDistributionOriginGroup,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import type { EdgeDistributionConfig } from "./config";

/** One region's endpoint. */
export interface RegionalOrigin {
  /** Domain name without scheme and path; may be a token. It must answer requests that have it as the Host header. */
  readonly domainName: string;
}

/** The regions that serve requests. A standby can be added later, in place. */
export interface DistributionOrigins {
  readonly home: RegionalOrigin;
  readonly standby?: RegionalOrigin;
}

export const originIds = { home: "home", standby: "standby", group: "home-then-standby" } as const;

/**
 * The header that tells an origin-request function the other region's domain name. It is set on the origins and not
 * built into the function, because the name may only be known once the regions are deployed.
 */
export const counterpartHeader = "x-origin-counterpart";

/** The origins. Each one names its counterpart, if there is one, in a header. */
export function originArguments(
  { home, standby }: DistributionOrigins,
  { origin }: EdgeDistributionConfig,
): CloudfrontDistributionOrigin[] {
  const argumentsOf = (originId: string, { domainName }: RegionalOrigin, other?: RegionalOrigin) => ({
    originId,
    domainName,
    connectionAttempts: origin.connectionAttempts,
    connectionTimeout: origin.connectionTimeoutSeconds,
    customHeader: other ? [{ name: counterpartHeader, value: other.domainName }] : undefined,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
      originReadTimeout: origin.readTimeoutSeconds,
      originKeepaliveTimeout: origin.keepaliveTimeoutSeconds,
    },
  });
  return [
    argumentsOf(originIds.home, home, standby),
    ...(standby ? [argumentsOf(originIds.standby, standby, home)] : []),
  ];
}

/**
 * The origin group that fails over from home to the standby. CloudFront requires two members, so it needs a standby.
 */
export function originGroupArguments(
  { standby }: DistributionOrigins,
  config: EdgeDistributionConfig,
): CloudfrontDistributionOriginGroup[] | undefined {
  if (!standby) return undefined;
  return [
    {
      originId: originIds.group,
      failoverCriteria: { statusCodes: [...config.failoverStatusCodes].sort((one, other) => one - other) },
      member: [{ originId: originIds.home }, { originId: originIds.standby }],
    },
  ];
}

const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** @throws ConstructError if an origin is not a domain name or both are the same; tokens are not checked */
export function checkOrigins(scope: Construct, { home, standby }: DistributionOrigins): void {
  for (const [role, origin] of Object.entries({ home, standby })) {
    if (!origin || Token.isUnresolved(origin.domainName) || domain.test(origin.domainName)) continue;
    throw new ConstructError(
      scope,
      `the ${role} origin "${origin.domainName}" is not a domain name`,
      "write it in lower case without https:// and without a path",
    );
  }
  if (standby && standby.domainName === home.domainName) {
    throw new ConstructError(
      scope,
      `home and standby are both "${home.domainName}", so failing over would change nothing`,
      "pass each region's own domain name",
    );
  }
}
