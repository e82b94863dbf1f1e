import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import type { EncryptionKey } from "../../../modules/encryption-key";
import { KeyRotation } from "../../../modules/key-rotation";

export function build(stack: DeploymentStack, data: EncryptionKey, logs: EncryptionKey, alarms: AlarmTarget): void {
  new KeyRotation(stack, "key-rotation", {
    config: { graceDays: 14 },
    name: "prod-key-rotation",
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    keys: [{ id: "data", name: "prod-data", arn: data.arnIn("eu-west-1"), rotationPeriodDays: 180 }],
    key: logs,
    tracing: true,
    deadLetters: true,
    alarms,
  });
}
