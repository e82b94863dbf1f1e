import type { DeploymentStack } from "../../../modules/core";
import { ServiceNetwork } from "../../../modules/service-network";

export function networkOf(stack: DeploymentStack): ServiceNetwork {
  return new ServiceNetwork(stack, "container-network", {
    config: { cidrBlock: "10.72.0.0/20" },
    name: "prod-containers",
    region: "eu-west-1",
    account: "123456789012",
    calls: ["secretsmanager", "sqs"],
  });
}
