import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { originRoutingConstants } from "../../../modules/edge-distribution";
import { EdgeFunction } from "../../../modules/edge-function";

export function build(stack: DeploymentStack, key: RegionalKey, alarms: AlarmTarget): EdgeFunction {
  return new EdgeFunction(stack, "router", {
    config: {
      entry: "handlers/edge-router/handler.ts",
      eventTypes: ["origin-request"],
      constants: originRoutingConstants({ standbyCountries: ["DE", "PL"] }),
    },
    name: "prod-edge-router",
    account: "123456789012",
    logRegions: ["us-east-1", "eu-west-1", "eu-central-1"],
    key,
    keyRegions: ["eu-west-1", "eu-central-1"],
    alarms,
  });
}
