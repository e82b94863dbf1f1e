import { Route53HealthCheck, type Route53HealthCheckConfig } from "@cdktf/provider-aws/lib/route53-health-check";
import type { Construct } from "constructs";

/**
 * A health check under its name in the console. Type, interval and latency graphs replace it when they change: the new one
 * exists before the record lets go of the old one, as a record with a deleted check is answered unpredictably.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-deleting.html
 */
export function healthCheck(
  scope: Construct,
  id: string,
  { name, ...config }: Omit<Route53HealthCheckConfig, "lifecycle" | "tags"> & { readonly name: string },
): Route53HealthCheck {
  return new Route53HealthCheck(scope, id, {
    ...config,
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
}
