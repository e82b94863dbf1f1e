import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import { functionMetric } from "./failure-alarms";

/** The namespace of the metrics that the runtime writes about the limits of a function. */
const namespace = "Evenkeel/Functions";

export interface LimitAlarmsProps {
  /** The function's name. */
  readonly name: string;
  readonly region: string;
  readonly timeoutSeconds: number;
  readonly target: AlarmTarget;
}

/**
 * Alarms on invocations that ran out of time, and on answers that are larger than Lambda sends. The runtime writes these metrics
 * when it happens and never else, so no data is the usual case and no failure.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function limitAlarms(scope: Construct, { name, region, timeoutSeconds, target }: LimitAlarmsProps): void {
  const { providers } = deploymentStackOf(scope);
  const common = { ...functionMetric(name), namespace, region, statistic: "Sum", threshold: 0 };
  metricAlarm(scope, "out-of-time-alarm", providers, target, {
    ...common,
    alarmName: `${name}-function-out-of-time`,
    alarmDescription: `Calls of ${name} in ${region} do not end within its timeout of ${timeoutSeconds} s, and were ended by the toolkit. Look at traces for the slow dependency.`,
    metricName: "OutOfTime",
  });
  metricAlarm(scope, "answers-too-large-alarm", providers, target, {
    ...common,
    alarmName: `${name}-function-answers-too-large`,
    alarmDescription: `${name} in ${region} has answers that are larger than Lambda sends, 6 MB. Look for answer-too-large in its log group; return fewer items at once, or a link to an object in S3.`,
    metricName: "AnswersTooLarge",
  });
}
