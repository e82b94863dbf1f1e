import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { LoadBalancer, type LoadBalancerInput, type LoadBalancerProps } from "../../../modules/load-balancer";
import { fullContainer } from "../../support/containers-environment";

export const network = {
  vpcId: "vpc-0aaaaaaaaaaaaaaa1",
  loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa3", "subnet-0aaaaaaaaaaaaaaa4"],
};

export const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:111111111111:alerts` };

/** Everything that a load balancer needs. */
export const minimalProps = (config: Partial<LoadBalancerInput> = {}): LoadBalancerProps => ({
  config: { domainName: "orders.example.com", ...config },
  name: "test-orders",
  region: "eu-west-1",
  network,
  securityGroupId: "sg-0aaaaaaaaaaaaaaa1",
  port: 8080,
  domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
});

/** A load balancer with every option, and one with the least. */
export function everyOption(stack: DeploymentStack): void {
  new LoadBalancer(stack, "full", { ...minimalProps(fullContainer.loadBalancer), deletionProtection: true, alarms });
  new LoadBalancer(stack, "least", {
    ...minimalProps(),
    region: "eu-central-1",
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "existing" },
    deletionProtection: false,
  });
}
