import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { FailoverDns, type ServingRegion } from "../../../modules/failover-dns";

export function build(
  stack: DeploymentStack,
  home: ServingRegion,
  standby: ServingRegion,
  alarms: AlarmTarget,
): FailoverDns {
  return new FailoverDns(stack, "orders", {
    config: {
      endpointCheck: { path: "/health", requestIntervalSeconds: 10 },
      alarmCheck: { metricName: "5xx", threshold: 50 },
    },
    name: "prod-orders",
    domainName: "orders.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    home,
    standby: [standby],
    alarms,
  });
}
