import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { ReplicatedSecret, type RotationFunction, SecretRotation } from "../../../modules/replicated-secret";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  alarms: AlarmTarget,
  rotationFunction: RotationFunction,
  reader: Grantee,
): void {
  const secret = new ReplicatedSecret(stack, "orders-database", {
    config: { description: "Login of the orders service at its database" },
    name: "prod-orders-database",
    account: "123456789012",
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    key,
    alarms,
  });
  new SecretRotation(stack, "orders-database-rotation", { config: { afterDays: 7 }, secret, rotationFunction, alarms });
  secret.grantRead(reader);
}
