import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { WebFirewall } from "../../../modules/web-firewall";

export function build(stack: DeploymentStack, alarms: AlarmTarget): WebFirewall {
  return new WebFirewall(stack, "firewall", {
    config: {
      scope: "CLOUDFRONT",
      rateLimits: [
        { name: "login", limit: 20, evaluationWindowSeconds: 60, pathPrefix: "/login" },
        { name: "per-address", limit: 2000 },
      ],
    },
    name: "prod-shop",
    region: "us-east-1",
    alarms,
  });
}
