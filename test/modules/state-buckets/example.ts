import type { DeploymentStack } from "../../../modules/core";
import { StateBuckets } from "../../../modules/state-buckets";

export function keepStates(stack: DeploymentStack): StateBuckets {
  return new StateBuckets(stack, "state", {
    config: {
      primary: { name: "example-state-west", region: "eu-west-1" },
      secondary: { name: "example-state-central", region: "eu-central-1" },
    },
    name: "live",
    account: "123456789012",
  });
}
