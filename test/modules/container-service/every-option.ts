import {
  ContainerService,
  type ContainerServiceInput,
  type ContainerServiceProps,
} from "../../../modules/container-service";
import type { DeploymentStack } from "../../../modules/core";
import { LoadBalancer } from "../../../modules/load-balancer";
import { fullContainer, image } from "../../support/containers-environment";
import { alarms, minimalProps as balancerProps } from "../load-balancer/every-option";

/** Everything that a container needs, with a load balancer in front of it. */
export function minimalProps(
  stack: DeploymentStack,
  id: string,
  config: Partial<ContainerServiceInput> = {},
): ContainerServiceProps {
  const balancer = new LoadBalancer(stack, `${id}-balancer`, { ...balancerProps(), name: `test-${id}`, alarms });
  const { targetGroupArn, listener, dimensions, resourceLabel, serverErrorsAlarmName } = balancer;
  return {
    config: { image, ...config },
    name: `test-${id}`,
    region: "eu-west-1",
    account: "111111111111",
    key: {
      arnIn: (region) => `arn:aws:kms:${region}:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
      grantUse: () => undefined,
    },
    network: {
      subnetIds: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
      securityGroupIds: ["sg-0aaaaaaaaaaaaaaa2"],
    },
    targets: {
      targetGroupArn,
      listener,
      dimensions,
      resourceLabel,
      serverErrorsAlarmName,
      idleSeconds: 60,
      deregistrationDelaySeconds: 30,
    },
  };
}

/** A container with every option, and one with the least. */
export function everyOption(stack: DeploymentStack): void {
  new ContainerService(stack, "full", {
    ...minimalProps(stack, "full", fullContainer.container as ContainerServiceInput),
    environmentVariables: { SERVICE_NAME: "orders" },
    alarms,
  });
  new ContainerService(stack, "least", minimalProps(stack, "least"));
}
