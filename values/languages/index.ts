export { type AddressRange, addressRange, isWithin, overlap } from "./address-range";
export { alarmRule } from "./alarm-rule";
export { type Arn, type ArnRules, arn, parseArn } from "./arn";
export { type CidrRules, cidrBlock, subnetCidrBlock, vpcCidrBlock, vpcIpv6CidrBlock } from "./cidr";
export { eventPattern, eventPatternProblems } from "./event-pattern";
export { type FilterService, filterPattern } from "./filter-pattern";
export { logFilterPattern } from "./log-filter-pattern";
export { logsQuery } from "./logs-query";
export {
  identityPolicy,
  inlinePolicy,
  inlinePolicyLimits,
  managedPolicyLimits,
  type PolicyLimits,
  policySize,
  type ResourcePolicyService,
  resourcePolicy,
  resourcePolicyLimits,
  trustPolicy,
  trustPolicyLimits,
} from "./policy";
export {
  autoScalingSchedule,
  backupSchedule,
  longestWaitMinutes,
  ruleSchedule,
  schedulerExpression,
} from "./schedules";
export { mostTags, tagKey, tagSet, tagValue } from "./tags";
export { timeZone } from "./time-zone";
