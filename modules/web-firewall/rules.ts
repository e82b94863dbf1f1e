import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import type { WebFirewallConfig } from "./config";
import { managedRuleGroupNames } from "./managed-rule-groups";

/** ARNs of the IP sets for the address lists, if they exist. */
export interface IpSetArns {
  readonly deny: readonly string[];
  readonly allow: readonly string[];
}

/** A statement with Terraform's field names: the bindings pass it through unchanged. */
type Statement = Readonly<Record<string, unknown>>;

/** There are gaps between the priorities, so that adding a rule does not move others. */
const firstPriority = { deny: 0, allow: 10, rateLimit: 100, managed: 200 } as const;

/** The rules of a web ACL, in order of evaluation: denied addresses, allowed addresses, rate limits, managed groups. */
export function webAclRules(config: WebFirewallConfig, ipSets: IpSetArns): Wafv2WebAclRule[] {
  return [
    ...addressRule("deny-addresses", firstPriority.deny, { block: {} }, ipSets.deny),
    ...addressRule("allow-addresses", firstPriority.allow, { allow: {} }, ipSets.allow),
    ...config.rateLimits.map((limit, index) => ({
      ...named(`rate-${limit.name}`, firstPriority.rateLimit + index),
      action: limit.action === "block" ? { block: { customResponse: { responseCode: 429 } } } : { count: {} },
      statement: {
        rate_based_statement: {
          limit: limit.limit,
          evaluation_window_sec: limit.evaluationWindowSeconds,
          aggregate_key_type: "IP",
          ...(limit.pathPrefix === undefined ? {} : { scope_down_statement: pathStartsWith(limit.pathPrefix) }),
        },
      },
    })),
    ...managedRuleGroupNames.flatMap((name, index) => {
      const group = config.managedRuleGroups[name];
      if (!group) return [];
      return [
        {
          ...named(name, firstPriority.managed + index),
          overrideAction: group.overrideAction === "none" ? { none: {} } : { count: {} },
          statement: {
            managed_rule_group_statement: {
              vendor_name: "AWS",
              name,
              ...(group.version === undefined ? {} : { version: group.version }),
              rule_action_override: Object.entries(group.ruleActionOverrides).map(([rule, action]) => ({
                name: rule,
                action_to_use: { [action]: {} },
              })),
            },
          },
        },
      ];
    }),
  ];
}

function named(name: string, priority: number) {
  return {
    name,
    priority,
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
  };
}

function addressRule(
  name: string,
  priority: number,
  action: Wafv2WebAclRule["action"],
  arns: readonly string[],
): Wafv2WebAclRule[] {
  const references: Statement[] = arns.map((arn) => ({ ip_set_reference_statement: { arn } }));
  const [first] = references;
  if (!first) return [];
  return [
    {
      ...named(name, priority),
      action,
      statement: references.length === 1 ? first : { or_statement: { statement: references } },
    },
  ];
}

function pathStartsWith(prefix: string): Statement {
  return {
    byte_match_statement: {
      search_string: prefix,
      positional_constraint: "STARTS_WITH",
      field_to_match: { uri_path: {} },
      text_transformation: [{ priority: 0, type: "NONE" }],
    },
  };
}
