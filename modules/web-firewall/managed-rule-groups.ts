/** What AWS documents of a managed rule group. */
interface ManagedGroup {
  /** Capacity in web ACL capacity units (WCU). */
  readonly capacity: number;
  /** Whether a version can be fixed. */
  readonly versioned: boolean;
  /** Names of its rules in the most recent version, and those that earlier versions had. */
  readonly rules: readonly string[];
}

const rule = (name: string, ...components: readonly string[]): readonly string[] =>
  components.map((component) => `${name}_${component}`);

/**
 * AWS managed rule groups without extra charges, as AWS documents them in October 2026.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const managedRuleGroups = {
  AWSManagedRulesAmazonIpReputationList: {
    capacity: 25,
    versioned: false,
    rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
  },
  AWSManagedRulesAnonymousIpList: {
    capacity: 50,
    versioned: false,
    rules: ["AnonymousIPList", "HostingProviderIPList"],
  },
  AWSManagedRulesCommonRuleSet: {
    capacity: 700,
    versioned: true,
    rules: [
      ...rule("NoUserAgent", "HEADER"),
      ...rule("UserAgent_BadBots", "HEADER"),
      ...rule("SizeRestrictions", "QUERYSTRING", "Cookie_HEADER", "BODY", "URIPATH"),
      ...rule("EC2MetaDataSSRF", "BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"),
      ...rule("GenericLFI", "QUERYARGUMENTS", "URIPATH", "BODY"),
      ...rule("RestrictedExtensions", "URIPATH", "QUERYARGUMENTS"),
      ...rule("GenericRFI", "QUERYARGUMENTS", "BODY", "URIPATH"),
      ...rule("CrossSiteScripting", "COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH"),
    ],
  },
  AWSManagedRulesKnownBadInputsRuleSet: {
    capacity: 200,
    versioned: true,
    rules: [
      ...rule("JavaDeserializationRCE", "HEADER", "BODY", "URIPATH", "QUERYSTRING"),
      ...rule("Host_localhost", "HEADER"),
      ...rule("PROPFIND", "METHOD"),
      ...rule("ExploitablePaths", "URIPATH"),
      ...rule("Log4JRCE", "HEADER", "QUERYSTRING", "BODY", "URIPATH"),
      ...rule("ReactJSRCE", "BODY"),
      "Log4JRCE",
      "BadAuthToken_COOKIE_AUTHORIZATION",
    ],
  },
  AWSManagedRulesAdminProtectionRuleSet: {
    capacity: 100,
    versioned: true,
    rules: rule("AdminProtection", "URIPATH"),
  },
  AWSManagedRulesSQLiRuleSet: {
    capacity: 200,
    versioned: true,
    rules: [
      ...rule("SQLi", "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
      ...rule("SQLiExtendedPatterns", "QUERYARGUMENTS", "BODY", "HEADER", "URIPATH"),
    ],
  },
  AWSManagedRulesLinuxRuleSet: {
    capacity: 200,
    versioned: true,
    rules: rule("LFI", "URIPATH", "QUERYSTRING", "HEADER", "QUERYARGUMENTS", "BODY", "COOKIE"),
  },
  AWSManagedRulesUnixRuleSet: {
    capacity: 100,
    versioned: true,
    rules: rule("UNIXShellCommandsVariables", "QUERYSTRING", "BODY", "HEADER", "QUERYARGUMENTS"),
  },
  AWSManagedRulesWindowsRuleSet: {
    capacity: 200,
    versioned: true,
    rules: [
      ...rule("WindowsShellCommands", "HEADER", "QUERYARGUMENTS", "QUERYSTRING", "URIPATH", "BODY", "COOKIE"),
      ...rule("PowerShellCommands", "COOKIE", "QUERYARGUMENTS", "BODY"),
    ],
  },
  AWSManagedRulesPHPRuleSet: {
    capacity: 100,
    versioned: true,
    rules: rule("PHPHighRiskMethodsVariables", "HEADER", "QUERYSTRING", "BODY", "URIPATH", "QUERYARGUMENTS"),
  },
  AWSManagedRulesWordPressRuleSet: {
    capacity: 100,
    versioned: true,
    rules: ["WordPressExploitableCommands_QUERYSTRING", "WordPressExploitablePaths_URIPATH"],
  },
} as const satisfies Record<string, ManagedGroup>;

export type ManagedRuleGroup = keyof typeof managedRuleGroups;

/** The names of the groups, in order of evaluation. */
export const managedRuleGroupNames = Object.keys(managedRuleGroups) as [ManagedRuleGroup, ...ManagedRuleGroup[]];

/** Versions that AWS tries out have rules with this ending beside those that they will replace. */
const releaseCandidate = "_RC_COUNT";

/** Whether a group has a rule of this name, in whatever version; WAF ignores overrides of rules that there are not. */
export function hasRule(group: ManagedRuleGroup, name: string): boolean {
  const rules: readonly string[] = managedRuleGroups[group].rules;
  return rules.includes(name.endsWith(releaseCandidate) ? name.slice(0, -releaseCandidate.length) : name);
}

/** The rule that is meant by a name in another spelling, or the most similar one. */
export function rulesLike(group: ManagedRuleGroup, name: string): readonly string[] {
  const rules: readonly string[] = managedRuleGroups[group].rules;
  const sameLetters = rules.find((rule) => rule.toLowerCase() === name.toLowerCase());
  return sameLetters ? [sameLetters] : rules;
}
