import { AlertTopic, AlertTopics } from "../../../modules/alert-topic";
import { type DeploymentStack, deploymentStackOf, metricAlarm } from "../../../modules/core";
import { EncryptionKey } from "../../../modules/encryption-key";

const account = "123456789012";

/** A topic in each of two regions, encrypted with one key, with every kind of subscription; an alarm that reports to one. */
export function everyOption(stack: DeploymentStack): void {
  const regions = ["eu-west-1", "eu-central-1"] as const;
  const key = new EncryptionKey(stack, "key", {
    config: {},
    name: "test-alerts",
    account,
    home: regions[0],
    replicas: [regions[1]],
    users: ["sns", "cloudwatch", "events", "budgets"],
  });
  const topics = regions.map(
    (region) =>
      new AlertTopic(stack, `alerts-${region}`, {
        config: {
          emails: ["on-call@example.com", "platform@example.com"],
          httpsEndpoints: ["https://events.example.com/integration/alerts"],
        },
        name: "test-alerts",
        region,
        account,
        key,
      }),
  );
  const target = new AlertTopics(stack, topics);
  key.addAlarms(target);
  metricAlarm(stack, "alarm", deploymentStackOf(stack).providers, target, {
    region: regions[0],
    alarmName: "test",
    alarmDescription: "Anything at all.",
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
  });
}
