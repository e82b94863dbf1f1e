import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment";
import { EnvironmentStack } from "./environment-stack";
import type { ServicesStack } from "./services-stack";

/**
 * Where clients are sent: one name per service, answered by the home region and, once there is one, by the first standby
 * region when the home region's API is unhealthy.
 *
 * The home record is a failover PRIMARY from the start: Route 53 refuses to add a SECONDARY beside a simple record, and
 * changing the routing policy later would replace it.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-failover.html
 */
export class RoutingStack extends EnvironmentStack {
  constructor(scope: Construct, deployment: Deployment, regional: readonly ServicesStack[]) {
    super(scope, "routing", deployment, [deployment.homeRegion]);
    const [home, standby] = regional;
    for (const [name, { api, hostedZoneId }] of deployment.services) {
      if (!api?.domainName || !hostedZoneId) continue;
      for (const [role, stack] of [["home", home] as const, ["standby", standby] as const]) {
        const target = stack?.service(name).api?.domainTarget;
        if (!target) continue;
        new Route53Record(this, `${name}-${role}`, {
          provider: this.providers.in(deployment.homeRegion),
          zoneId: hostedZoneId,
          name: api.domainName,
          type: "A",
          setIdentifier: role,
          failoverRoutingPolicy: { type: role === "home" ? "PRIMARY" : "SECONDARY" },
          alias: { name: target.name, zoneId: target.hostedZoneId, evaluateTargetHealth: true },
        });
      }
    }
  }
}
