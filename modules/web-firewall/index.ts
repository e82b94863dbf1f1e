export * from "./config";
export type { ManagedRuleGroup } from "./managed-rule-groups";
export * from "./web-firewall";
