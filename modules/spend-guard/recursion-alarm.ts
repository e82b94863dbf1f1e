import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";

export interface RecursionAlarmProps {
  /** The region of the function. */
  readonly region: string;
  /** Its literal name. */
  readonly functionName: string;
}

/**
 * An alarm on loops that Lambda has ended: the function called itself by way of SQS, SNS, S3 or Lambda, some 16 times in a chain.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function recursionAlarm(
  scope: Construct,
  id: string,
  target: AlarmTarget,
  { region, functionName }: RecursionAlarmProps,
): void {
  metricAlarm(scope, id, deploymentStackOf(scope).providers, target, {
    region,
    alarmName: `${functionName}-recursion`,
    alarmDescription: `${functionName} in ${region} called itself in a loop, which Lambda ended: events were dropped, to its dead letters if it has any. Look for what it sends that comes back to it; function.recursion allows a loop that is meant.`,
    namespace: "AWS/Lambda",
    metricName: "RecursiveInvocationsDropped",
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    period: 60,
    evaluationPeriods: 1,
  });
}
