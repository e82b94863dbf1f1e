import type { AlarmType, DescribeAlarmsCommandOutput } from "@aws-sdk/client-cloudwatch";
import type { AlarmNow } from "../../rollout";
import { AwsRefusedError, awsError } from "./errors";
import type { CredentialsProvider } from "./signed-request";

/** What is asked of CloudWatch. */
export interface AlarmAsking {
  readonly account: string;
  /** In place of the credentials of the AWS SDK. */
  readonly credentials?: CredentialsProvider | undefined;
}

/** Most names of one call. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const mostNames = 100;

/**
 * The states of alarms of one region, composite ones included; without those that are not there.
 * @throws AwsRefusedError where CloudWatch cannot be asked or refuses; its `isPassing` says whether asking again may help
 */
export async function alarmStates(
  region: string,
  names: readonly string[],
  { account, credentials }: AlarmAsking,
): Promise<AlarmNow[]> {
  const { CloudWatchClient, DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
  const client = new CloudWatchClient({
    region,
    credentials,
    maxAttempts: 5,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
  const found: AlarmNow[] = [];
  for (let at = 0; at < names.length; at += mostNames) {
    const AlarmNames = names.slice(at, at + mostNames);
    let NextToken: string | undefined;
    do {
      // Left out, only metric alarms are answered.
      const types = ["MetricAlarm", "CompositeAlarm"] satisfies AlarmType[];
      const asked = new DescribeAlarmsCommand({ AlarmNames, AlarmTypes: types, MaxRecords: mostNames, NextToken });
      const answer: DescribeAlarmsCommandOutput = await client.send(asked).catch((error: unknown) => {
        throw told(error, `read alarms in ${region} (cloudwatch:DescribeAlarms)`, account);
      });
      for (const one of [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])]) {
        const { AlarmName: name = "", StateValue: state = "INSUFFICIENT_DATA", StateReason: reason = "" } = one;
        found.push({ name, state, reason });
      }
      NextToken = answer.NextToken;
    } while (NextToken);
  }
  return found;
}

function told(error: unknown, doing: string, account: string): unknown {
  const wrapped = awsError(error, doing, account, "docs/how-to/review-rollouts.md");
  if (!(wrapped instanceof AwsRefusedError)) return wrapped;
  const isPassing = /does not answer|Throttl|TooManyRequests|RequestLimitExceeded/.test(wrapped.message);
  return Object.assign(wrapped, { isPassing });
}
