import type { DeploymentStack } from "../../../modules/core";
import { FaultInjection, type FaultyFunction } from "../../../modules/fault-injection";

/** Stands for a function: nothing of it is built. */
const faultyFunction = (functionName: string, region: string): FaultyFunction => ({
  functionName,
  region,
  addToRolePolicy: () => undefined,
  addEnvironmentVariables: () => undefined,
});

/** Switches with every option in use, and with the least ones. */
export function everyOption(stack: DeploymentStack): void {
  const account = "111111111111";
  new FaultInjection(stack, "full", {
    config: { longestMinutes: 30 },
    path: "/test/full/chaos",
    region: "eu-central-1",
    account,
    alarms: { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` },
  }).attach(faultyFunction("test-full", "eu-central-1"));
  new FaultInjection(stack, "least", { config: {}, path: "/test/least/chaos", region: "eu-west-1", account });
}
