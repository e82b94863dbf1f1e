import { Route53HealthCheck, type Route53HealthCheckConfig } from "@cdktf/provider-aws/lib/route53-health-check";
import type { Construct } from "constructs";

/**
 * A health check, with its name in the console. Changing its type, interval or latency graphs replaces it. The new one
 * is created first, because the behavior of a record whose check was deleted is unpredictable.
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
