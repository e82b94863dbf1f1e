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
  /** Which of them serves first; home by default. It can change in place. */
  readonly first?: "home" | "standby";
}

export const originIds = { home: "home", standby: "standby" } as const;

/** The origins in the order in which they serve; one without a standby. */
function inOrder({ standby, first }: DistributionOrigins): readonly (keyof typeof originIds)[] {
  if (!standby) return ["home"];
  return first === "standby" ? ["standby", "home"] : ["home", "standby"];
}

/** Where requests go that CloudFront does not fail over. */
export const firstOrigin = (origins: DistributionOrigins): string => inOrder(origins)[0] ?? originIds.home;

/** Where requests go that fail over; without a standby, where all of them go. */
export const originGroup = (origins: DistributionOrigins): string => inOrder(origins).join("-then-");

/**
 * The header that tells an origin-request function the other region's domain name. It is set on the origins and not
 * built into the function, because the name may only be known once the regions are deployed.
 */
export const counterpartHeader = "x-origin-counterpart";

/**
 * The origins. Each one names its counterpart, if there is one, in a header. While the standby serves first it serves everybody,
 * so there is nobody whom a function would send to the other region, and no counterpart is named.
 */
export function originArguments(
  { home, standby, first }: DistributionOrigins,
  { origin }: EdgeDistributionConfig,
): CloudfrontDistributionOrigin[] {
  const argumentsOf = (originId: string, { domainName }: RegionalOrigin, other?: RegionalOrigin) => ({
    originId,
    domainName,
    connectionAttempts: origin.connectionAttempts,
    connectionTimeout: origin.connectionTimeoutSeconds,
    customHeader: other && first !== "standby" ? [{ name: counterpartHeader, value: other.domainName }] : undefined,
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
 * The origin group that fails over from the first region to the other one. CloudFront requires two members, so it needs a standby.
 */
export function originGroupArguments(
  origins: DistributionOrigins,
  config: EdgeDistributionConfig,
): CloudfrontDistributionOriginGroup[] | undefined {
  if (!origins.standby) return undefined;
  return [
    {
      originId: originGroup(origins),
      failoverCriteria: { statusCodes: [...config.failoverStatusCodes].sort((one, other) => one - other) },
      member: inOrder(origins).map((originId) => ({ originId })),
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
