import type { Construct } from "constructs";
import { alertRegions } from "../contract/alert-regions";
import { FailoverDns, type FailoverDnsConfig, RecoveryCluster, type ServingRegion } from "../modules/failover-dns";
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
    const { environment, services, containers, homeRegion } = deployment;
    const needsCluster = [...services.values(), ...containers.values()].some(
      ({ dns }) => dns.manualSwitch === "routing-control",
    );
    const recoveryCluster =
      deployment.dnsFailover && needsCluster
        ? new RecoveryCluster(this, "recovery-cluster", { name: environment, region: homeRegion })
        : undefined;
    const route = (
      name: string,
      { dns, domainName, zoneId }: { dns: FailoverDnsConfig; domainName: string; zoneId: string },
      serving: readonly ServingRegion[],
    ): void => {
      const [home, ...standby] = serving;
      if (!home) return;
      new FailoverDns(this, name, {
        config: dns,
        name: `${environment}-${name}`,
        domainName,
        zoneId,
        home,
        standby: deployment.dnsFailover ? standby : [],
        active: deployment.activeRegion,
        recoveryCluster: dns.manualSwitch === "routing-control" ? recoveryCluster : undefined,
        alarms: this.alarmTarget,
      });
    };
    for (const [name, { api, dns, hostedZoneId }] of services) {
      if (!api?.domainName || !hostedZoneId) continue;
      const { domainName } = api;
      route(
        name,
        { dns, domainName, zoneId: hostedZoneId },
        regional.flatMap((stack) => servingRegion(stack, name)),
      );
    }
    for (const [name, { loadBalancer, dns, hostedZoneId }] of containers) {
      route(
        name,
        { dns, domainName: loadBalancer.domainName, zoneId: hostedZoneId },
        regional.map((stack) => servingTasks(stack, name)),
      );
    }
  }
}

function servingTasks(stack: ServicesStack, name: string): ServingRegion {
  const { domainTarget, listener } = stack.container(name).loadBalancer;
  return { region: stack.region, target: domainTarget, listenerArn: listener.arn };
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
