import path from "node:path";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { KeyRotation } from "../../../modules/key-rotation";

const account = "111111111111";
const arn = `arn:aws:kms:eu-west-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

/** Keys and topics by name only, as if other stacks had made them. */
const key: RegionalKey = { arnIn: () => arn, grantUse: () => undefined };
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
export const projectRoot = path.resolve(__dirname, "..", "..", "..");

/** Two keys with every option in use, and one key with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", region: "eu-west-1", account, key };
  const data = { id: "data", name: "test-data", arn, rotationPeriodDays: 90 };
  new KeyRotation(stack, "full", {
    ...common,
    config: { graceDays: 3, pauseMinutes: 120, evidenceRetentionDays: 3653 },
    name: "test-full-key-rotation",
    keys: [data, { id: "logs", name: "test/logs", arn: `${arn.slice(0, -1)}0`, rotationPeriodDays: 365 }],
    tracing: true,
    deadLetters: true,
    alarms,
  });
  new KeyRotation(stack, "least", {
    ...common,
    config: {},
    name: "test-least-key-rotation",
    keys: [data],
    tracing: false,
    deadLetters: false,
  });
}
