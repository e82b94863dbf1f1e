import { AlertChannels } from "../../../modules/alert-channels";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";

export function build(stack: DeploymentStack, alarms: AlarmTarget): AlertChannels {
  return new AlertChannels(stack, "alert-channels", {
    config: {
      receivers: [
        { name: "on-call", format: "pagerduty", serviceRegion: "eu", severities: ["page"] },
        { name: "orders-chat", format: "slack", channel: "C0123456789" },
      ],
    },
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    alarms,
  });
}
