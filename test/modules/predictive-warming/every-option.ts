import path from "node:path";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { PredictiveWarming } from "../../../modules/predictive-warming";
import { ServiceFunction } from "../../../modules/service-function";

const account = "111111111111";
const arn = `arn:aws:kms:eu-west-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

/** Keys and topics by name only, as if other stacks had made them. */
const key: RegionalKey = { arnIn: () => arn, grantUse: () => undefined };
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
export const projectRoot = path.resolve(__dirname, "..", "..", "..");

/** A function that can be forecast. */
export function forecastFunction(
  stack: DeploymentStack,
  id: string,
  provisionedConcurrency: object | undefined = { min: 2, max: 50 },
  region = "eu-west-1",
): ServiceFunction {
  return new ServiceFunction(stack, id, {
    config: {
      entry: "handlers/key-rotation/handler.ts",
      reservedConcurrency: null,
      provisionedConcurrency: provisionedConcurrency as never,
    },
    name: `test-${id}`,
    region,
    account,
    key,
    projectRoot,
    tracing: false,
  });
}

/** Two functions with every option in use, and one with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", region: "eu-west-1", account, key };
  new PredictiveWarming(stack, "full", {
    ...common,
    config: { historyDays: 63, minDays: 28, leadMinutes: 10, hourUtc: 22, logRetentionDays: 365 },
    name: "test-full-predictive-warming",
    servingRegion: "eu-central-1",
    functions: [
      { function: forecastFunction(stack, "orders"), config: { coverage: 0.99, standbyShare: 0.5 } },
      { function: forecastFunction(stack, "carts", { min: 1, max: 9 }), config: {} },
    ],
    mostTogether: 55,
    tracing: true,
    deadLetters: true,
    alarms,
  });
  new PredictiveWarming(stack, "least", {
    ...common,
    config: {},
    name: "test-least-predictive-warming",
    functions: [{ function: forecastFunction(stack, "stock"), config: {} }],
    mostTogether: 2,
    tracing: false,
  });
}
