import type { DeploymentStack } from "../../../modules/core";
import { SavedQueries } from "../../../modules/saved-queries";

/** The queries of a service with an API and a query of its own, and of one without; in eu-west-1. */
export function everyOption(stack: DeploymentStack): void {
  new SavedQueries(stack, "full", {
    config: { queries: { "orders-by-state": "stats count(*) by state" } },
    environment: "test",
    service: "orders",
    region: "eu-west-1",
    logGroupNames: ["/aws/lambda/test-orders", "/aws/vendedlogs/http-api/test-orders"],
  });
  new SavedQueries(stack, "least", {
    environment: "test",
    service: "mailer",
    region: "eu-west-1",
    logGroupNames: ["/aws/lambda/test-mailer"],
  });
  new SavedQueries(stack, "container", {
    environment: "test",
    service: "tracking",
    region: "eu-west-1",
    logGroupNames: ["/aws/ecs/test-tracking"],
    runsIn: "container",
  });
}
