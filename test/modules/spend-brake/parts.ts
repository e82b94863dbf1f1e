import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction, type ServiceFunctionInput } from "../../../modules/service-function";

export const account = "123456789012";
export const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
export const alerts: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** A function that can be stopped. */
export function functionIn(
  stack: DeploymentStack,
  name: string,
  region: string,
  config: Partial<ServiceFunctionInput> = {},
): ServiceFunction {
  return new ServiceFunction(stack, `${name}-function`, {
    config: { entry: "services/picking/handler.ts", reservedConcurrency: null, ...config },
    name: `test-${name}`,
    region,
    account,
    key,
    tracing: false,
  });
}
