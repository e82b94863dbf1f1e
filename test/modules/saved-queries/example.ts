import type { DeploymentStack } from "../../../modules/core";
import { SavedQueries } from "../../../modules/saved-queries";

export function build(stack: DeploymentStack): SavedQueries {
  return new SavedQueries(stack, "queries", {
    config: { queries: { "orders-by-state": 'filter message = "order saved"\n| stats count(*) by state' } },
    environment: "prod",
    service: "orders",
    region: "eu-west-1",
    logGroupNames: ["/aws/lambda/prod-orders", "/aws/vendedlogs/http-api/prod-orders"],
  });
}
