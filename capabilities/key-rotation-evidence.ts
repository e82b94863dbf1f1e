import { defineCapability, reservedServiceName } from "../contract";
import { KeyRotation, keyRotationConfig } from "../modules/key-rotation";

/** KMS rotates the keys by itself from the first stage on; this proves it, and rotates on demand. */
export const keyRotationEvidence = defineCapability({
  name: "keyRotationEvidence",
  brings: "rotation of keys on demand, a log of every rotation, alarms on overdue ones",
  fields: {
    environment: {
      keyRotation: keyRotationConfig
        .prefault({})
        .describe("When a key's rotation is overdue, and how long evidence is kept, from the stage that brings it."),
    },
  },
  rules: [reservedServiceName("key-rotation", "what proves the rotation of keys")],
  builds: {
    environment(scope, { config, deployment, rotatedKeys, operationsKey, alarmTarget }) {
      // Keys that were there before are rotated by their owner.
      if (rotatedKeys.length === 0) return;
      const { environment, homeRegion, account, tracing } = deployment;
      new KeyRotation(scope, "key-rotation", {
        config: config.keyRotation,
        name: `${environment}-key-rotation`,
        environment,
        region: homeRegion,
        account,
        keys: rotatedKeys,
        key: operationsKey,
        tracing,
        alarms: alarmTarget,
      });
    },
  },
});
