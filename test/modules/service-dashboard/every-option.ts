import type { DeploymentStack } from "../../../modules/core";
import { ServiceDashboard } from "../../../modules/service-dashboard";
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
}
