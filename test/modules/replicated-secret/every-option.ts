import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ReplicatedSecret, type RotationFunction, SecretRotation } from "../../../modules/replicated-secret";

const account = "111111111111";

/** A key, topics and a function by name only, as if other stacks had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const rotationFunction: RotationFunction = {
  region: "eu-west-1",
  aliasArn: `arn:aws:lambda:eu-west-1:${account}:function:test-rotation:live`,
  permissionTarget: { functionName: "test-rotation", qualifier: "live" },
  addToRolePolicy: () => undefined,
};

/** A rotated secret with every option in use in two regions, and the least one in one region. */
export function everyOption(stack: DeploymentStack): void {
  const secret = new ReplicatedSecret(stack, "full", {
    config: {
      description: "Login of the orders service at its database",
      recoveryWindowDays: 7,
      overwriteReplicas: true,
    },
    name: "test/full-database",
    account,
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    key,
    alarms,
  });
  new SecretRotation(stack, "full-rotation", {
    config: { afterDays: 7, windowHours: 3, alarms: { overdueDays: 1 } },
    secret,
    rotationFunction,
    alarms,
  });
  new TerraformOutput(stack, "standby", { value: secret.arnIn("eu-central-1") });
  const least = new ReplicatedSecret(stack, "least", {
    config: { description: "Login of nobody" },
    name: "test-least-database",
    account,
    home: "eu-west-1",
    replicas: [],
    key,
  });
  new SecretRotation(stack, "least-rotation", { config: {}, secret: least, rotationFunction });
}
