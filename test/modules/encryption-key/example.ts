import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { EncryptionKey } from "../../../modules/encryption-key";

export function build(stack: DeploymentStack, alarms: AlarmTarget): EncryptionKey {
  const key = new EncryptionKey(stack, "data", {
    config: { rotationPeriodDays: 180 },
    name: "prod-data",
    account: "123456789012",
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    users: ["dynamodb"],
  });
  key.addAlarms(alarms);
  return key;
}
