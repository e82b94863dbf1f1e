import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { EventBus } from "../../../modules/event-bus";
import { EventEndpoint } from "../../../modules/event-endpoint";

const account = "111111111111";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

/** Two buses of each name, with an endpoint over each pair: one with every option in use, one with the least. */
export function everyOption(stack: DeploymentStack): void {
  const pair = (name: string) => {
    const [home, standby] = ["eu-west-1", "eu-central-1"].map(
      (region) =>
        new EventBus(stack, `${name}-${region}`, { config: {}, name, region, account, key, deadLetters: false }),
    );
    if (!home || !standby) throw new Error("two regions make two buses");
    return { home, standby };
  };
  const all = new EventEndpoint(stack, "all", {
    ...pair("test-orders"),
    config: { description: "Orders, whatever happens", insufficientDataHealthStatus: "LastKnownStatus" },
    name: "test-orders",
    account,
    key,
    alarms,
  });
  new EventEndpoint(stack, "least", { ...pair("test-least"), config: {}, name: "test-least", account });
  new TerraformOutput(stack, "endpoint-id", { value: all.endpointId });
}
