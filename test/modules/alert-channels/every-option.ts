import { AlertChannels } from "../../../modules/alert-channels";
import type { DeploymentStack } from "../../../modules/core";

const account = "111111111111";
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:test-alerts` };

/** A receiver of every format with every option in one region, and one with the least in another. */
export function everyOption(stack: DeploymentStack): void {
  const common = { severities: ["page", "ticket"] as const, callsPerSecond: 5, retries: 20, retrySeconds: 3600 };
  new AlertChannels(stack, "full", {
    config: {
      receivers: [
        { ...common, name: "on-call", format: "pagerduty", serviceRegion: "eu" },
        { ...common, name: "genie", format: "opsgenie", serviceRegion: "us" },
        { ...common, name: "chat", format: "slack", channel: "C0123456789" },
        { ...common, name: "own", format: "generic", endpoint: "https://alerts.example.com/in", header: "X-Api-Key" },
      ],
      deadLetterAgeSeconds: 600,
    },
    environment: "test",
    region: "eu-west-1",
    account,
    alarms,
    roles: { path: "/services/", permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` },
  });
  new AlertChannels(stack, "least", {
    config: { receivers: [{ name: "on-call", format: "pagerduty" }] },
    environment: "test",
    region: "eu-central-1",
    account,
  });
}
