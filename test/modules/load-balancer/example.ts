import type { DeploymentStack } from "../../../modules/core";
import { LoadBalancer } from "../../../modules/load-balancer";
import type { ServiceNetwork } from "../../../modules/service-network";

export function balancerOf(stack: DeploymentStack, network: ServiceNetwork): LoadBalancer {
  const { loadBalancerSecurityGroupId } = network.addService("tracking", {
    port: 8080,
    listenerPorts: [443],
    clients: ["0.0.0.0/0"],
  });
  return new LoadBalancer(stack, "balancer", {
    config: { domainName: "tracking.example.com", idleTimeoutSeconds: 60 },
    name: "prod-tracking",
    region: "eu-west-1",
    network,
    securityGroupId: loadBalancerSecurityGroupId,
    port: 8080,
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
  });
}
