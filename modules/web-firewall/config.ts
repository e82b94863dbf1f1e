import { z } from "zod";
import { kebabName, logRetentionDays, type Report, withRule } from "../core";
import { byVersion, rangeProblem } from "./addresses";
import { type ManagedRuleGroup, managedRuleGroupNames, managedRuleGroups } from "./managed-rule-groups";

/** Capacity that the base price covers, in WCU; above it each request costs more. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export const mostCapacity = 1500;

const rateLimit = z.strictObject({
  name: kebabName(32).describe("Unique within the web ACL; in metrics and logs."),
  limit: z.int().min(10).max(2_000_000_000).describe("Requests of one address within the window."),
  evaluationWindowSeconds: z
    .union([z.literal(60), z.literal(120), z.literal(300), z.literal(600)])
    .default(300)
    .describe("Length of the window, in seconds."),
  pathPrefix: z
    .string()
    .regex(/^\/[\x21-\x7e]{0,199}$/, "is no path; start with / and use printable ASCII without spaces")
    .optional()
    .describe("Counts requests only whose path starts so; all unless given."),
  action: z.enum(["block", "count"]).default("block").describe("What happens above the limit."),
});

const managedRuleGroup = z.strictObject({
  overrideAction: z
    .enum(["none", "count"])
    .default("none")
    .describe("none lets the rules act, count only reports what they would do."),
  version: z.string().min(1).max(64).optional().describe("Fixed version, Version_1.10; AWS's default unless given."),
  ruleActionOverrides: z
    .record(
      z.string().regex(/^[\w-]{1,128}$/, "is no name of a rule; use it as in the AWS documentation"),
      z.enum(["count", "allow", "block"]),
    )
    .default({})
    .describe("Actions of single rules in place of their own, SizeRestrictions_BODY: count."),
});

const addresses = z.array(z.string()).max(10_000).default([]);

const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is no header name; use letters, digits and hyphens");

const fields = z.strictObject({
  scope: z
    .enum(["CLOUDFRONT", "REGIONAL"])
    .describe("What it protects: distributions, or resources of one region. Never changes."),
  defaultAction: z.enum(["allow", "block"]).default("allow").describe("What happens to requests that no rule decides."),
  denyAddresses: addresses.describe("Address ranges that are blocked before anything else."),
  allowAddresses: addresses.describe("Address ranges that pass every other rule; not a login."),
  rateLimits: z
    .array(rateLimit)
    .max(10)
    .default([{ name: "per-address", limit: 2000, evaluationWindowSeconds: 300, action: "block" }])
    .describe("Limits for each address, in order of evaluation."),
  managedRuleGroups: z
    .partialRecord(z.enum(managedRuleGroupNames), managedRuleGroup)
    .prefault({
      AWSManagedRulesAmazonIpReputationList: {},
      AWSManagedRulesCommonRuleSet: {},
      AWSManagedRulesKnownBadInputsRuleSet: {},
    })
    .describe("AWS's managed rule groups by name."),
  logRetentionDays: logRetentionDays.default(30),
  logRequests: z
    .enum(["all", "matched"])
    .default("matched")
    .describe("Requests in the log: all, or those that a rule blocked or counted."),
  redactedFields: z
    .strictObject({
      headers: z
        .array(header)
        .default(["authorization", "cookie"])
        .describe("Headers whose values the log does not show."),
      queryString: z.boolean().default(false).describe("Whether the log leaves the query string out."),
      uriPath: z.boolean().default(false).describe("Whether the log leaves the path out."),
    })
    .prefault({})
    .describe("What the log must not show."),
  alarms: z
    .strictObject({
      blockedRequests: z.int().min(1).default(1000).describe("Blocked requests in five minutes."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/** One web ACL, in literal values. */
export const webFirewallConfig = withRule(fields, (config, report) => {
  checkAddresses(config, report);
  config.rateLimits.forEach(({ name }, index) => {
    if (config.rateLimits.findIndex((other) => other.name === name) < index) {
      report(["rateLimits", index, "name"], "is used twice; give each limit its own name");
    }
  });
  const headers = config.redactedFields.headers.map((name) => name.toLowerCase());
  headers.forEach((name, index) => {
    if (headers.indexOf(name) < index) report(["redactedFields", "headers", index], "is named twice; name it once");
  });
  const capacity = capacityOf(config);
  if (capacity > mostCapacity) {
    report(
      ["managedRuleGroups"],
      `need ${capacity} WCU with the other rules, ${mostCapacity} are in the base price; remove rule groups that do not fit what the service runs on`,
    );
  }
});

export type WebFirewallConfig = z.output<typeof webFirewallConfig>;
export type WebFirewallConfigInput = z.input<typeof webFirewallConfig>;

/** The capacity that the rules take, in WCU. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
export function capacityOf(config: WebFirewallConfig): number {
  const groups = Object.keys(config.managedRuleGroups) as ManagedRuleGroup[];
  const ipSets = [config.allowAddresses, config.denyAddresses].flatMap((ranges) =>
    Object.values(byVersion(ranges)).filter((ofVersion) => ofVersion.length > 0),
  );
  return (
    groups.reduce((sum, group) => sum + managedRuleGroups[group], 0) +
    ipSets.length +
    // A rate limit takes 2, a match of how a path starts 2 more and its text transformation 10.
    config.rateLimits.reduce((sum, { pathPrefix }) => sum + (pathPrefix === undefined ? 2 : 14), 0)
  );
}

function checkAddresses(
  { allowAddresses, denyAddresses }: Pick<WebFirewallConfig, "allowAddresses" | "denyAddresses">,
  report: Report,
): void {
  for (const [field, ranges] of Object.entries({ allowAddresses, denyAddresses })) {
    ranges.forEach((range, index) => {
      const problem = rangeProblem(range);
      if (problem) report([field, index], problem);
      else if (ranges.indexOf(range) < index) report([field, index], "is named twice; name it once");
    });
  }
  allowAddresses.forEach((range, index) => {
    if (denyAddresses.includes(range)) {
      report(["allowAddresses", index], "is denied too, which comes first; remove it from one of the lists");
    }
  });
}
