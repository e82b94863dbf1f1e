// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `webFirewallConfig` takes: fields with defaults may be left out. */
export interface WebFirewallInput {
  /** What it protects: distributions, or resources in one region. Cannot change. */
  readonly scope: "CLOUDFRONT" | "REGIONAL";
  /**
   * What to do with requests that no rule matches.
   *
   * @defaultValue `"allow"`
   */
  readonly defaultAction?: "allow" | "block";
  /**
   * Address ranges to block before any other rule.
   *
   * Takes `list of string, at most 10000 entries`.
   *
   * @defaultValue `[]`
   */
  readonly denyAddresses?: readonly string[];
  /**
   * Address ranges that skip all other rules. This is not authentication.
   *
   * Takes `list of string, at most 10000 entries`.
   *
   * @defaultValue `[]`
   */
  readonly allowAddresses?: readonly string[];
  /**
   * Rate limits per address, in order of evaluation.
   *
   * @defaultValue `[{"name":"per-address","limit":2000,"evaluationWindowSeconds":300,"action":"block"}]`
   */
  readonly rateLimits?: readonly {
    /**
     * Name, unique in the web ACL. Appears in metrics and logs.
     *
     * Takes `string of at most 32 characters`.
     */
    readonly name: string;
    /**
     * Requests from one address within the window.
     *
     * Takes `integer 10..2000000000`.
     */
    readonly limit: number;
    /**
     * Length of the window, in seconds.
     *
     * @defaultValue `300`
     */
    readonly evaluationWindowSeconds?: 60 | 120 | 300 | 600;
    /** Only counts requests whose path starts with this. Counts all requests by default. */
    readonly pathPrefix?: string;
    /**
     * What to do above the limit.
     *
     * @defaultValue `"block"`
     */
    readonly action?: "block" | "count";
  }[];
  /**
   * AWS managed rule groups by name.
   *
   * @defaultValue `{"AWSManagedRulesAmazonIpReputationList":{},"AWSManagedRulesCommonRuleSet":{},"AWSManagedRulesKnownBadInputsRuleSet":{}}`
   */
  readonly managedRuleGroups?: { readonly [K in "AWSManagedRulesAmazonIpReputationList" | "AWSManagedRulesAnonymousIpList" | "AWSManagedRulesCommonRuleSet" | "AWSManagedRulesKnownBadInputsRuleSet" | "AWSManagedRulesAdminProtectionRuleSet" | "AWSManagedRulesSQLiRuleSet" | "AWSManagedRulesLinuxRuleSet" | "AWSManagedRulesUnixRuleSet" | "AWSManagedRulesWindowsRuleSet" | "AWSManagedRulesPHPRuleSet" | "AWSManagedRulesWordPressRuleSet"]?: {
    /**
     * none applies the actions of the rules; count only counts matches.
     *
     * @defaultValue `"none"`
     */
    readonly overrideAction?: "none" | "count";
    /**
     * Fixed version, such as Version_1.10. Defaults to AWS's default version.
     *
     * Takes `string of at most 64 characters`.
     */
    readonly version?: string;
    /**
     * Overrides the actions of single rules, such as SizeRestrictions_BODY: count.
     *
     * @defaultValue `{}`
     */
    readonly ruleActionOverrides?: { readonly [name: string]: "count" | "allow" | "block" };
  } };
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Requests to log: all, or those that a rule blocked or counted.
   *
   * @defaultValue `"matched"`
   */
  readonly logRequests?: "all" | "matched";
  /**
   * Fields to redact in the log.
   *
   * @defaultValue `{}`
   */
  readonly redactedFields?: {
    /**
     * Headers whose values are redacted.
     *
     * @defaultValue `["authorization","cookie"]`
     */
    readonly headers?: readonly string[];
    /**
     * Whether to redact the query string.
     *
     * @defaultValue `false`
     */
    readonly queryString?: boolean;
    /**
     * Whether to redact the path.
     *
     * @defaultValue `false`
     */
    readonly uriPath?: boolean;
  };
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Blocked requests, in five minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1000`
     */
    readonly blockedRequests?: number;
  };
}

