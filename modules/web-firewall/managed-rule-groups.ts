/**
 * AWS managed rule groups without extra charges, with their capacity in web ACL capacity units (WCU).
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const managedRuleGroups = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
} as const satisfies Record<string, number>;

export type ManagedRuleGroup = keyof typeof managedRuleGroups;

/** The names of the groups, in order of evaluation. */
export const managedRuleGroupNames = Object.keys(managedRuleGroups) as [ManagedRuleGroup, ...ManagedRuleGroup[]];
