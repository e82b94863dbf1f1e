import type { DeploymentStack } from "../../../modules/core";
import { FaultInjection } from "../../../modules/fault-injection";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, fn: ServiceFunction): FaultInjection {
  const faults = new FaultInjection(stack, "faults", {
    config: { longestMinutes: 30 },
    path: "/staging/orders/chaos",
    region: fn.region,
    account: "123456789012",
  });
  faults.attach(fn);
  return faults;
}
