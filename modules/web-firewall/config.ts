import { z } from "zod";
import { kebabName, logRetentionDays, type Report, withRule } from "../core";
import { byVersion, rangeProblem } from "./addresses";
import { type ManagedRuleGroup, managedRuleGroupNames, managedRuleGroups } from "./managed-rule-groups";

/** The capacity in WCU that the base price covers. Above it, each request costs more. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export const mostCapacity = 1500;

const rateLimit = z.strictObject({
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
});

const managedRuleGroup = z.strictObject({
  overrideAction: z
    .enum(["none", "count"])
    .default("none")
    .describe("none applies the actions of the rules; count only counts matches."),
  version: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("Fixed version, such as Version_1.10. Defaults to AWS's default version."),
  ruleActionOverrides: z
    .record(
      z.string().regex(/^[\w-]{1,128}$/, "is not a rule name; use the name from the AWS documentation"),
      z.enum(["count", "allow", "block"]),
    )
    .default({})
    .describe("Overrides the actions of single rules, such as SizeRestrictions_BODY: count."),
});

const addresses = z.array(z.string()).max(10_000).default([]);

const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is not a header name; use letters, digits and hyphens");

const fields = z.strictObject({
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
  redactedFields: z
    .strictObject({
      headers: z.array(header).default(["authorization", "cookie"]).describe("Headers whose values are redacted."),
      queryString: z.boolean().default(false).describe("Whether to redact the query string."),
      uriPath: z.boolean().default(false).describe("Whether to redact the path."),
    })
    .prefault({})
    .describe("Fields to redact in the log."),
  alarms: z
    .strictObject({
      blockedRequests: z.int().min(1).default(1000).describe("Blocked requests, in five minutes."),
    })
    .prefault({})
    .describe("Alarm thresholds."),
});

/** A web ACL, as literal values. */
export const webFirewallConfig = withRule(fields, (config, report) => {
  checkAddresses(config, report);
  config.rateLimits.forEach(({ name }, index) => {
    if (config.rateLimits.findIndex((other) => other.name === name) < index) {
      report(["rateLimits", index, "name"], "is used twice; give each limit its own name");
    }
  });
  const headers = config.redactedFields.headers.map((name) => name.toLowerCase());
  headers.forEach((name, index) => {
    if (headers.indexOf(name) < index)
      report(["redactedFields", "headers", index], "is listed twice; remove the duplicate");
  });
  const capacity = capacityOf(config);
  if (capacity > mostCapacity) {
    report(
      ["managedRuleGroups"],
      `need ${capacity} WCU together with the other rules, but the base price covers ${mostCapacity}; remove rule groups that do not apply to the service`,
    );
  }
});

export type WebFirewallConfig = z.output<typeof webFirewallConfig>;
export type WebFirewallInput = z.input<typeof webFirewallConfig>;

/** The capacity that the rules use, in WCU. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export function capacityOf(config: WebFirewallConfig): number {
  const groups = Object.keys(config.managedRuleGroups) as ManagedRuleGroup[];
  const ipSets = [config.allowAddresses, config.denyAddresses].flatMap((ranges) =>
    Object.values(byVersion(ranges)).filter((ofVersion) => ofVersion.length > 0),
  );
  return (
    groups.reduce((sum, group) => sum + managedRuleGroups[group], 0) +
    ipSets.length +
    // A rate limit uses 2 WCU, a path prefix match 2 more, and its text transformation 10.
    config.rateLimits.reduce((sum, { pathPrefix }) => sum + (pathPrefix === undefined ? 2 : 14), 0)
  );
}

function checkAddresses(
  { allowAddresses, denyAddresses }: Pick<WebFirewallConfig, "allowAddresses" | "denyAddresses">,
  report: Report,
): void {
  for (const [field, ranges] of Object.entries({ allowAddresses, denyAddresses })) {
    const listed = new Set<string>();
    ranges.forEach((range, index) => {
      const problem = rangeProblem(range);
      if (problem) report([field, index], problem);
      else if (listed.has(range)) report([field, index], "is listed twice; remove the duplicate");
      listed.add(range);
    });
  }
  const denied = new Set(denyAddresses);
  allowAddresses.forEach((range, index) => {
    if (denied.has(range)) {
      report(
        ["allowAddresses", index],
        "is also in denyAddresses, which takes precedence; remove it from one of the lists",
      );
    }
  });
}
