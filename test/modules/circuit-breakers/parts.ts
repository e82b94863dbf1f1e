import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";

export const account = "123456789012";
export const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
export const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** A function that calls something. */
export const functionIn = (stack: DeploymentStack, region: string): ServiceFunction =>
  new ServiceFunction(stack, `function-${region}`, {
    config: { entry: "services/shipments/handler.ts", reservedConcurrency: null },
    name: "test-shipments",
    region,
    account,
    key,
    tracing: false,
  });
