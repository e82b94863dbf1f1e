import type { EvidenceAlarm } from "../../rollout";
import { awsError } from "../aws/errors";
import type { CredentialsProvider } from "../aws/signed-request";

/** Most names of one call. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const mostNames = 100;

/** What is asked of CloudWatch. */
export interface AlarmAsking {
  readonly account: string;
  readonly credentials?: CredentialsProvider | undefined;
}

/**
 * The states of alarms, in their regions; without those that are not there.
 * @throws AwsRefusedError where CloudWatch cannot be asked or refuses
 */
export async function alarmsNow(
  names: ReadonlyMap<string, readonly string[]>,
  { account, credentials }: AlarmAsking,
): Promise<EvidenceAlarm[]> {
  const { CloudWatchClient, DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
  const found: EvidenceAlarm[] = [];
  for (const [region, all] of names) {
    const client = new CloudWatchClient({ region, credentials, maxAttempts: 5, retryMode: "standard" });
    for (let at = 0; at < all.length; at += mostNames) {
      const asked = new DescribeAlarmsCommand({
        AlarmNames: all.slice(at, at + mostNames),
        // Left out, only metric alarms are answered.
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: mostNames,
      });
      const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(asked).catch((error: unknown) => {
        const doing = `read alarms in ${region} (cloudwatch:DescribeAlarms)`;
        throw awsError(error, doing, account, "docs/how-to/review-rollouts.md");
      });
      for (const { AlarmName: name = "", StateValue: state = "INSUFFICIENT_DATA" } of [
        ...MetricAlarms,
        ...CompositeAlarms,
      ])
        found.push({ region, name, state });
    }
  }
  return found;
}
