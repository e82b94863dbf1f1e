import type { DeploymentStack } from "../../../modules/core";
import { ServiceNetwork } from "../../../modules/service-network";

const account = "111111111111";

/** A network with every option, one with the least, and one that is there already. */
export function everyOption(stack: DeploymentStack): void {
  const full = new ServiceNetwork(stack, "full", {
    config: {
      cidrBlock: "10.72.0.0/20",
      availabilityZones: ["a", "b", "c", "d"],
      interfaceEndpoints: ["sns", "sts"],
      endpointActions: ["sns:PublishBatch"],
    },
    name: "test-full",
    region: "eu-west-1",
    account,
    calls: ["ssm", "ssmmessages"],
    endpointActions: ["sqs:PurgeQueue"],
  });
  full.addService("orders", { port: 8080, listenerPorts: [443, 80], clients: ["203.0.113.0/24", "198.51.100.0/24"] });
  full.addFlowLogs({ config: {}, account, key: { arnIn: () => keyArn, grantUse: () => undefined } });
  new ServiceNetwork(stack, "least", {
    config: { cidrBlock: "10.73.0.0/24", availabilityZones: ["a", "b"] },
    name: "test-least",
    region: "eu-central-1",
    account,
    calls: [],
  });
  const given = new ServiceNetwork(stack, "given", {
    config: {
      existing: {
        "eu-central-1": {
          vpcId: "vpc-0aaaaaaaaaaaaaaa1",
          subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
          loadBalancerSubnetIds: ["subnet-0aaaaaaaaaaaaaaa3", "subnet-0aaaaaaaaaaaaaaa4"],
          additionalSecurityGroupIds: ["sg-0aaaaaaaaaaaaaaa1"],
        },
      },
    },
    name: "test-given",
    region: "eu-central-1",
    account,
    calls: [],
  });
  given.addService("orders", { port: 8080, listenerPorts: [443], clients: ["0.0.0.0/0"] });
}

const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab";
