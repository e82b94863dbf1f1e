import { type AccountSecurityConfig, type FindingSeverity, findingSeverities } from "./config";

type Findings = AccountSecurityConfig["findings"];

/** Where the severities of GuardDuty begin. @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const guardDutyFrom: Readonly<Record<FindingSeverity, number>> = { LOW: 1, MEDIUM: 4, HIGH: 7, CRITICAL: 9 };

/**
 * Findings of Inspector that are open.
 * @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export const inspectorPattern = ({ leastSeverity, about }: Findings): object => ({
  source: ["aws.inspector2"],
  "detail-type": ["Inspector2 Finding"],
  detail: {
    status: ["ACTIVE"],
    severity: findingSeverities.slice(findingSeverities.indexOf(leastSeverity)),
    ...(about === "functions" && { resources: { type: ["AWS_LAMBDA_FUNCTION"] } }),
  },
});

/**
 * Findings of GuardDuty.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export const guardDutyPattern = ({ leastSeverity, about }: Findings): object => ({
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: {
    severity: [{ numeric: [">=", guardDutyFrom[leastSeverity]] }],
    ...(about === "functions" && { resource: { resourceType: ["Lambda"] } }),
  },
});
