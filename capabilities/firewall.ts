import { z } from "zod";
import { defineCapability } from "../contract";
import { edgeHome } from "../modules/edge-function";
import { WebFirewall, webFirewallConfig } from "../modules/web-firewall";

const scope = z.literal("CLOUDFRONT", "is not a scope for a distribution; set it to CLOUDFRONT");

/** A web ACL of AWS WAF, which for CloudFront has to be in us-east-1. */
export const firewall = defineCapability({
  name: "firewall",
  brings: "a web ACL in front of each distribution",
  fields: {
    edge: {
      firewall: webFirewallConfig
        .safeExtend({ scope: scope.describe("What it protects: a distribution.") })
        .prefault({ scope: "CLOUDFRONT" })
        .describe("The web ACL in front of the distribution, from the stage that brings it."),
    },
  },
  builds: {
    edge(site, { config, name, operationsKey: key, alarmTarget: alarms }) {
      const { webAclArn } = new WebFirewall(site, "firewall", {
        config: config.firewall,
        name,
        region: edgeHome,
        key,
        alarms,
      });
      site.protect(webAclArn);
    },
  },
});
