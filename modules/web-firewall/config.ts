import { z } from "zod";
import { kebabName, logRetentionDays, type Report, strictObject, suggestion, withRule } from "../core";
import { checkAddresses } from "./address-rules";
import { byVersion } from "./addresses";
import {
  hasRule,
  type ManagedRuleGroup,
  managedRuleGroupNames,
  managedRuleGroups,
  rulesLike,
} from "./managed-rule-groups";

export type * from "./input";

/** The capacity in WCU that the base price covers. Above it, each request costs more. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export const mostCapacity = 1500;

const rateLimit = strictObject(() => ({
  name: kebabName(32).describe("Name, unique in the web ACL. Appears in metrics and logs."),
  limit: z.int().min(10).max(2_000_000_000).describe("Requests from one address within the window."),
  evaluationWindowSeconds: z
    .union([z.literal(60), z.literal(120), z.literal(300), z.literal(600)])
    .default(300)
    .describe("Length of the window, in seconds."),
  pathPrefix: z
    .string()
    .regex(/^\/[\x21-\x7e]{0,199}$/, "is not a path; start with / and use printable ASCII without spaces")
    .optional()
    .describe("Only counts requests whose path starts with this. Counts all requests by default."),
  action: z.enum(["block", "count"]).default("block").describe("What to do above the limit."),
}));

const managedRuleGroup = strictObject(() => ({
  overrideAction: z
    .enum(["none", "count"])
    .default("none")
    .describe("none applies the actions of the rules; count only counts matches."),
  version: z
    .string()
    .max(64)
    .regex(/^Version_\d{1,3}\.\d{1,3}$/, "is not a version of an AWS managed rule group; write it as Version_1.10")
    .optional()
    .describe("Fixed version, such as Version_1.10. Defaults to AWS's default version."),
  ruleActionOverrides: z
    .record(
      z.string().regex(/^[\w-]{1,128}$/, "is not a rule name; use the name from the AWS documentation"),
      z.enum(["count", "allow", "block"]),
    )
    .default({})
    .describe("Overrides the actions of single rules, such as SizeRestrictions_BODY: count."),
}));

const addresses = z.array(z.string()).max(10_000).default([]);

const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is not a header name; use letters, digits and hyphens");

const fields = strictObject(() => ({
  scope: z
    .enum(["CLOUDFRONT", "REGIONAL"])
    .describe("What it protects: distributions, or resources in one region. Cannot change."),
  defaultAction: z.enum(["allow", "block"]).default("allow").describe("What to do with requests that no rule matches."),
  denyAddresses: addresses.describe("Address ranges to block before any other rule."),
  allowAddresses: addresses.describe("Address ranges that skip all other rules. This is not authentication."),
  rateLimits: z
    .array(rateLimit)
    .max(10)
    .default([{ name: "per-address", limit: 2000, evaluationWindowSeconds: 300, action: "block" }])
    .describe("Rate limits per address, in order of evaluation."),
  managedRuleGroups: z
    .partialRecord(z.enum(managedRuleGroupNames), managedRuleGroup)
    .prefault({
      AWSManagedRulesAmazonIpReputationList: {},
      AWSManagedRulesCommonRuleSet: {},
      AWSManagedRulesKnownBadInputsRuleSet: {},
    })
    .describe("AWS managed rule groups by name."),
  logRetentionDays: logRetentionDays.default(30),
  logRequests: z
    .enum(["all", "matched"])
    .default("matched")
    .describe("Requests to log: all, or those that a rule blocked or counted."),
  redactedFields: strictObject(() => ({
    headers: z.array(header).default(["authorization", "cookie"]).describe("Headers whose values are redacted."),
    queryString: z.boolean().default(false).describe("Whether to redact the query string."),
    uriPath: z.boolean().default(false).describe("Whether to redact the path."),
  }))
    .prefault({})
    .describe("Fields to redact in the log."),
  alarms: strictObject(() => ({
    blockedRequests: z.int().min(1).default(1000).describe("Blocked requests, in five minutes."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** A web ACL, as literal values. */
export const webFirewallConfig = withRule(fields, (config, report) => {
  checkAddresses(config, report);
  checkGroups(config, report);
  checkDefault(config, report);
  config.rateLimits.forEach(({ name }, index) => {
    if (config.rateLimits.findIndex((other) => other.name === name) < index) {
      report(["rateLimits", index, "name"], "is used twice; give each limit its own name");
    }
  });
  checkLimits(config.rateLimits, report);
  const headers = config.redactedFields.headers.map((name) => name.toLowerCase());
  headers.forEach((name, index) => {
    if (headers.indexOf(name) < index)
      report(["redactedFields", "headers", index], "is listed twice; remove the duplicate");
  });
  const capacity = capacityOf(config);
  if (capacity > mostCapacity) {
    report(
      ["managedRuleGroups"],
      `needs ${capacity} WCU together with the other rules, but the base price covers ${mostCapacity}; remove rule groups that do not apply to the service`,
    );
  }
});

export type WebFirewallConfig = z.output<typeof webFirewallConfig>;

/** The capacity that the rules use, in WCU. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export function capacityOf(config: WebFirewallConfig): number {
  const groups = Object.keys(config.managedRuleGroups) as ManagedRuleGroup[];
  const ipSets = [config.allowAddresses, config.denyAddresses].flatMap((ranges) =>
    Object.values(byVersion(ranges)).filter((ofVersion) => ofVersion.length > 0),
  );
  return (
    groups.reduce((sum, group) => sum + managedRuleGroups[group].capacity, 0) +
    ipSets.length +
    // A rate limit uses 2 WCU, a path prefix match 2 more, and its text transformation 10.
    config.rateLimits.reduce((sum, { pathPrefix }) => sum + (pathPrefix === undefined ? 2 : 14), 0)
  );
}

/** A limit behind one that blocks the same requests earlier. */
function checkLimits(limits: WebFirewallConfig["rateLimits"], report: Report): void {
  limits.forEach((limit, index) => {
    const earlier = limits.findIndex(
      (other, at) =>
        at < index &&
        other.name !== limit.name &&
        other.action === "block" &&
        other.evaluationWindowSeconds === limit.evaluationWindowSeconds &&
        other.limit <= limit.limit &&
        (limit.pathPrefix ?? "").startsWith(other.pathPrefix ?? ""),
    );
    if (earlier < 0) return;
    report(
      ["rateLimits", index, "limit"],
      `is never reached, because rateLimits[${earlier}] blocks these requests from ${limits[earlier]?.limit} on; use less than that value, or remove one of them`,
    );
  });
}

/** What of a managed rule group WAF would ignore or refuse. */
function checkGroups(
  { managedRuleGroups: groups }: Pick<WebFirewallConfig, "managedRuleGroups">,
  report: Report,
): void {
  for (const name of managedRuleGroupNames) {
    const group = groups[name];
    if (!group) continue;
    const at = ["managedRuleGroups", name];
    if (group.version !== undefined && !managedRuleGroups[name].versioned) {
      report([...at, "version"], "has no effect, because this group has no versions; remove it");
    }
    for (const [rule, action] of Object.entries(group.ruleActionOverrides)) {
      if (!hasRule(name, rule)) {
        report(
          [...at, "ruleActionOverrides", rule],
          `is not a rule of this group, so WAF would ignore it; ${suggestion(rule, rulesLike(name, rule))}`,
        );
      } else if (group.overrideAction === "count" && action !== "count") {
        report(
          [...at, "ruleActionOverrides", rule],
          "has no effect, because overrideAction count makes the whole group only count; set overrideAction to none, or remove this override",
        );
      }
    }
  }
}

/** With `block` as the default, something must allow requests. */
function checkDefault({ defaultAction, allowAddresses, managedRuleGroups: groups }: WebFirewallConfig, report: Report) {
  if (defaultAction !== "block" || allowAddresses.length > 0) return;
  const allows = Object.values(groups).some(
    (group) => group.overrideAction === "none" && Object.values(group.ruleActionOverrides).includes("allow"),
  );
  if (allows) return;
  report(
    ["defaultAction"],
    "blocks every request, because no rule allows any; add allowAddresses, or set defaultAction to allow",
  );
}
