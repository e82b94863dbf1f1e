import type { Construct } from "constructs";
import { alertRegions } from "../contract/alert-regions";
import { FailoverDns, RecoveryCluster, type ServingRegion } from "../modules/failover-dns";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";
import type { ServicesStack } from "./services-stack";

/**
 * Where clients are sent: one name per service, which moves to a standby region once there is one and the home region is
 * unhealthy or switched off by hand.
 */
export class RoutingStack extends CapableStack {
  constructor(scope: Construct, keys: KeysStack, regional: readonly ServicesStack[]) {
    const { deployment } = keys;
    super(scope, "routing", keys, [...deployment.serviceRegions, ...alertRegions(deployment, ["routing"])]);
    const { environment, services, homeRegion } = deployment;
    const needsCluster = [...services.values()].some(({ dns }) => dns.manualSwitch === "routing-control");
    const recoveryCluster =
      deployment.dnsFailover && needsCluster
        ? new RecoveryCluster(this, "recovery-cluster", { name: environment, region: homeRegion })
        : undefined;
    for (const [name, { api, dns, hostedZoneId }] of services) {
      if (!api?.domainName || !hostedZoneId) continue;
      const serving = regional.flatMap((stack) => servingRegion(stack, name));
      const [home, ...standby] = serving;
      if (!home) continue;
      new FailoverDns(this, name, {
        config: dns,
        name: `${environment}-${name}`,
        domainName: api.domainName,
        zoneId: hostedZoneId,
        home,
        standby: deployment.dnsFailover ? standby : [],
        active: deployment.activeRegion,
        recoveryCluster: dns.manualSwitch === "routing-control" ? recoveryCluster : undefined,
        alarms: this.alarmTarget,
      });
    }
  }
}

function servingRegion(stack: ServicesStack, name: string): ServingRegion[] {
  const { api } = stack.service(name);
  return api?.domainTarget
    ? [
        {
          region: stack.region,
          target: api.domainTarget,
          apiId: api.apiId,
          stageName: api.stageName,
          asksForCertificates: api.asksForCertificates,
        },
      ]
    : [];
}
