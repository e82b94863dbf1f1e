import { AlertTopic, AlertTopics } from "../../../modules/alert-topic";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";

export function build(stack: DeploymentStack, key: RegionalKey): AlarmTarget {
  const topics = ["eu-west-1", "eu-central-1"].map(
    (region) =>
      new AlertTopic(stack, `alerts-${region}`, {
        config: { emails: ["on-call@example.com"] },
        name: "prod-alerts",
        region,
        account: "123456789012",
        key,
      }),
  );
  return new AlertTopics(stack, topics);
}
