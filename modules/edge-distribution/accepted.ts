import type { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { acceptFinding, type WrittenStack } from "../core";
import type { EdgeDistributionConfig } from "./config";
import type { DistributionOrigins } from "./origins";

/** What Checkov finds in a distribution that stays as it is. */
export function acceptedOfDistribution(
  distribution: CloudfrontDistribution,
  { geoRestriction }: EdgeDistributionConfig,
  { standby }: DistributionOrigins,
): void {
  acceptFinding(
    distribution,
    "CKV_AWS_86",
    "Access logs are delivered by standard logging v2, a resource of its own; the check knows the older argument, which needs ACLs.",
  );
  acceptFinding(distribution, "CKV_AWS_305", "An API is behind it, which answers at / as at any other path.");
  if (geoRestriction.restrictionType === "none") {
    acceptFinding(distribution, "CKV_AWS_374", "Open to all countries, as geoRestriction says.");
  }
  if (standby === undefined) {
    acceptFinding(distribution, "CKV_AWS_310", "There is no standby region to fail over to yet.");
  }
  acceptFinding(distribution, "CKV_AWS_68", () =>
    distribution.webAclIdInput === undefined
      ? "No web ACL is in front of it yet; the capability firewall puts one there."
      : undefined,
  );
  acceptFinding(distribution, "CKV2_AWS_47", (written) => {
    if (distribution.webAclIdInput === undefined) {
      return "No web ACL is in front of it yet; that of the capability firewall knows Log4j by KnownBadInputs.";
    }
    const webAcl = webAclOf(distribution, written());
    if (webAcl === undefined) return "Its web ACL is in another state.";
    const has = (group: string): boolean => webAcl.includes(`"AWSManagedRules${group}"`);
    return has("KnownBadInputsRuleSet") && !has("AnonymousIpList")
      ? "KnownBadInputs, which finds Log4j, is in its web ACL. AnonymousIpList would shut out customers behind a VPN, so a team adds it."
      : undefined;
  });
}

/** The web ACL in front, as it is written; undefined if it is not in this stack. */
function webAclOf(distribution: CloudfrontDistribution, { resource }: WrittenStack): string | undefined {
  const own = resource?.aws_cloudfront_distribution?.[distribution.friendlyUniqueId] as { web_acl_id?: string };
  const [, name] = /^\$\{aws_wafv2_web_acl\.([^.]+)\./.exec(own?.web_acl_id ?? "") ?? [];
  const webAcl = name === undefined ? undefined : resource?.aws_wafv2_web_acl?.[name];
  return webAcl === undefined ? undefined : JSON.stringify(webAcl);
}
