import { ContainerService, type ContainerServiceProps } from "../../../modules/container-service";
import type { DeploymentStack } from "../../../modules/core";

export function trackingService(stack: DeploymentStack, props: ContainerServiceProps): ContainerService {
  return new ContainerService(stack, "tracking", {
    ...props,
    config: {
      image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/tracking@sha256:${"0".repeat(64)}`,
      scaling: { min: 2, max: 6, cpuPercent: 60 },
      secrets: { PARTNER_TOKEN: { from: "ssm", parameter: "/prod/tracking/token" } },
    },
  });
}
