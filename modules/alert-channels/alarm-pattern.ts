import { partitionOf } from "../core";
import type { Severity } from "./config";

export interface AlarmPatternProps {
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly severity: Severity;
  readonly state: "ALARM" | "OK";
  /** Whether OK counts after ALARM only. */
  readonly onlyRecoveries: boolean;
}

/**
 * The events of alarms of an environment that are as urgent. Alarms below composite ones, whose names end in `-window`, are
 * nobody's.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function alarmPattern({ environment, region, account, severity, state, onlyRecoveries }: AlarmPatternProps) {
  return {
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    resources: [{ prefix: `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${environment}-` }],
    detail: {
      alarmName: severity === "page" ? [{ suffix: "-page" }] : [{ "anything-but": { suffix: ["-page", "-window"] } }],
      state: { value: [state] },
      ...(state === "OK" && onlyRecoveries ? { previousState: { value: ["ALARM"] } } : {}),
    },
  };
}
