import type { DeploymentStack } from "../../../modules/core";
import { FaultInjection } from "../../../modules/fault-injection";

/** Switches with every option in use, and with the least ones. */
export function everyOption(stack: DeploymentStack): void {
  const account = "111111111111";
  new FaultInjection(stack, "full", {
    config: { longestMinutes: 30 },
    path: "/test/full/chaos",
    region: "eu-central-1",
    account,
  });
  new FaultInjection(stack, "least", { config: {}, path: "/test/least/chaos", region: "eu-west-1", account });
}
