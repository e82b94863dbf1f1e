import type { DeploymentStack } from "../../../modules/core";
import { type ContainerRegion, ServiceDashboard } from "../../../modules/service-dashboard";
import { fullRegion } from "./regions";

/** The dashboard of a service with everything in two regions, and that of a bare function in one. */
export function everyOption(stack: DeploymentStack): void {
  new ServiceDashboard(stack, "full", {
    config: {
      runbookUrl: "https://wiki.example.com/orders/runbook",
      links: [{ title: "Source code", url: "https://git.example.com/orders" }],
      periodSeconds: 300,
      start: "-P1D",
    },
    environment: "test",
    service: "orders",
    regions: [fullRegion("eu-west-1"), fullRegion("eu-central-1")],
  });
  new ServiceDashboard(stack, "least", {
    environment: "test",
    service: "mailer",
    regions: [{ region: "eu-west-1", functionName: "test-mailer", logGroupName: "/aws/lambda/test-mailer" }],
  });
  new ServiceDashboard(stack, "container", {
    environment: "test",
    service: "tracking",
    regions: [containerRegion("eu-west-1"), containerRegion("eu-central-1")],
  });
}

/** A service in containers with everything, in one region. */
export const containerRegion = (region: string): ContainerRegion => ({
  region,
  serviceName: "test-tracking",
  logGroupName: "/aws/ecs/test-tracking",
  dimensions: { LoadBalancer: "app/tracking/0a1b2c3d", TargetGroup: "targetgroup/tracking/4e5f6a7b" },
  mostTasks: 9,
  tableNames: ["test-shipments"],
  hasFaults: true,
  alarmArns: [`arn:aws:cloudwatch:${region}:111111111111:alarm:test-tracking-server-errors`],
});
