import type { DeploymentStack } from "../../../modules/core";
import { StateBuckets } from "../../../modules/state-buckets";

/** Every option at another value than its default. */
export function everyOption(stack: DeploymentStack): void {
  new StateBuckets(stack, "state", {
    name: "test",
    account: "111111111111",
    config: {
      primary: { name: "example-state-west", region: "eu-west-1" },
      secondary: { name: "example-state-central", region: "eu-central-1" },
      replicationTimeControl: false,
      oldVersionDays: 90,
      oldVersionsKept: 10,
      logRetentionDays: 30,
      deletionProtection: false,
      keyDeletionWindowDays: 7,
      fences: [{ region: "eu-west-1", keyPrefix: "evenkeel/prod" }],
    },
  });
}
