import type { DeploymentStack } from "../../../modules/core";
import { PlainSettings } from "../../../modules/plain-settings";

const account = "111111111111";

/** Settings with every option in use in two regions, and the least ones in one region. */
export function everyOption(stack: DeploymentStack): void {
  new PlainSettings(stack, "full", {
    config: {
      settings: {
        "sample-rate": {
          value: "0.05",
          valueIn: { "eu-central-1": "0" },
          description: "Share of the requests that are traced",
          allowedPattern: "0|1|0\\.\\d{1,4}",
        },
      },
    },
    path: "/test/full",
    account,
    regions: ["eu-west-1", "eu-central-1"],
  });
  new PlainSettings(stack, "least", {
    config: { settings: { "page-size": { value: "50" } } },
    path: "/test/least",
    account,
    regions: ["eu-west-1"],
  });
}
