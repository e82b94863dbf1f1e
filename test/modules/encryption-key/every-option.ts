import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { EncryptionKey, type KeyUser, keyUsers } from "../../../modules/encryption-key";

const account = "123456789012";

/** Topics by name only, as if another stack had made them. */
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** A key with every option in use in two regions, and the least one in one region. */
export function everyOption(stack: DeploymentStack): void {
  const key = new EncryptionKey(stack, "full", {
    config: {
      description: "Data of the orders service",
      rotationPeriodDays: 90,
      deletionWindowDays: 7,
      administrators: [`arn:aws:iam::${account}:role/security/key-administrator`],
    },
    name: "test-full",
    account,
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    users: Object.keys(keyUsers) as KeyUser[],
    directUse: true,
  });
  key.addAlarms(alarms);
  new EncryptionKey(stack, "least", {
    config: {},
    name: "test-least",
    account,
    home: "eu-west-1",
    replicas: [],
    users: [],
  });
}
