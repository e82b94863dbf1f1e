import type { DeploymentStack } from "../../../modules/core";
import { WebFirewall, type WebFirewallProps } from "../../../modules/web-firewall";
import { account, alarms, key } from "../service-function/fixtures/references";

/** The least that a firewall needs. */
export const minimalProps: WebFirewallProps = {
  config: { scope: "CLOUDFRONT" },
  name: "test-minimal",
  region: "us-east-1",
};

/** A firewall with every option in use. */
export const fullProps: WebFirewallProps = {
  config: {
    scope: "REGIONAL",
    defaultAction: "block",
    denyAddresses: ["203.0.113.0/24", "198.51.100.7/32"],
    allowAddresses: ["192.0.2.0/24", "2001:db8::/32"],
    rateLimits: [
      { name: "login", limit: 20, evaluationWindowSeconds: 60, pathPrefix: "/login" },
      { name: "search", limit: 500, pathPrefix: "/search", action: "count" },
      { name: "per-address", limit: 2000 },
    ],
    managedRuleGroups: {
      AWSManagedRulesCommonRuleSet: {
        version: "Version_1.10",
        ruleActionOverrides: { SizeRestrictions_BODY: "count", NoUserAgent_HEADER: "allow" },
      },
      AWSManagedRulesSQLiRuleSet: { overrideAction: "count" },
      AWSManagedRulesAmazonIpReputationList: {},
    },
    logRetentionDays: 90,
    logRequests: "matched",
    redactedFields: { headers: ["Authorization", "x-api-key"], queryString: true, uriPath: true },
    alarms: { blockedRequests: 50 },
  },
  name: "test-full",
  region: "eu-west-1",
  key,
  alarms,
};

export const loadBalancerArn = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/test/0123456789abcdef`;

/**
 * A firewall with one rule of each kind, for the deployment tests: the provider's schema of rules is so deep that each rule
 * costs it seconds to plan.
 */
export function everyOption(stack: DeploymentStack): void {
  const [login] = fullProps.config.rateLimits ?? [];
  const { AWSManagedRulesCommonRuleSet } = fullProps.config.managedRuleGroups ?? {};
  const config = {
    ...fullProps.config,
    denyAddresses: [],
    rateLimits: login ? [login] : [],
    managedRuleGroups: { AWSManagedRulesCommonRuleSet },
  };
  new WebFirewall(stack, "full", { ...fullProps, config }).protect("load-balancer", loadBalancerArn);
}
