import type { DeploymentStack } from "../../../modules/core";
import { DatabaseNetwork } from "../../../modules/database-network";

export function build(stack: DeploymentStack): DatabaseNetwork {
  return new DatabaseNetwork(stack, "network", {
    config: { cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["secretsmanager"] },
    name: "prod-database",
    region: "eu-west-1",
    directAccess: false,
  });
}
