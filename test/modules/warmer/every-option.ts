import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";
import { Warmer } from "../../../modules/warmer";

const account = "111111111111";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** A function as services have it. */
export const warmedFunction = (stack: DeploymentStack, id: string, region: string): ServiceFunction =>
  new ServiceFunction(stack, id, {
    config: { entry: "services/shipments/handler.ts", reservedConcurrency: null },
    name: `test-${id}`,
    region,
    account,
    key,
    tracing: false,
  });

/** Two functions of one region with every option in use, and one of another with the least. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", account, key };
  const full = new Warmer(stack, "full", {
    ...common,
    config: { enabled: false, logRetentionDays: 365 },
    name: "test-warmer",
    region: "eu-west-1",
    tracing: true,
    alarms,
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
  full.warm("orders", warmedFunction(stack, "orders", "eu-west-1"), { concurrency: 10, everyMinutes: 1, holdMs: 200 });
  full.warm("group", warmedFunction(stack, "group", "eu-west-1"), { concurrency: 1, everyMinutes: 15, holdMs: 75 });
  const least = new Warmer(stack, "least", {
    ...common,
    config: {},
    name: "test-warmer",
    region: "eu-central-1",
    tracing: false,
  });
  const other = warmedFunction(stack, "ledger", "eu-central-1");
  least.warm("ledger", other, { concurrency: 1, everyMinutes: 5, holdMs: 75 });
}
