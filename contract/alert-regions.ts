import { edgeHome } from "../modules/edge-function";
import { healthMetricsRegion } from "../modules/failover-dns";
import type { DeploymentFacts } from "./facts";

interface AlertRegion {
  readonly region: string;
  needed(deployment: DeploymentFacts): boolean;
}

/** Services that report metrics in one region only, wherever the environment is; their alarms and topic have to be there. */
const table = {
  events: {
    region: healthMetricsRegion,
    needed: ({ eventBuses, eventRegions, alarms }) => alarms && eventBuses.size > 0 && eventRegions.length > 1,
  },
  routing: {
    region: healthMetricsRegion,
    needed: ({ dnsFailover, services, containers }) =>
      dnsFailover && (containers.size > 0 || [...services.values()].some(({ api }) => api?.domainName)),
  },
  // Also for the key, which encrypts the firewall's log there.
  edge: { region: edgeHome, needed: ({ edgeSites }) => edgeSites.size > 0 },
} as const satisfies Record<string, AlertRegion>;

const parts = Object.keys(table) as (keyof typeof table)[];

/** Regions besides the environment's own that need an alert topic: for one of the stacks, or for all of them. */
export function alertRegions(deployment: DeploymentFacts, only: readonly (keyof typeof table)[] = parts): string[] {
  const needed = only.filter((part) => table[part].needed(deployment)).map((part) => table[part].region);
  return [...new Set(needed)];
}

/** Every region that has an alert topic, the home region first. */
export function topicRegions(deployment: DeploymentFacts): string[] {
  const { homeRegion, keyReplicas } = deployment;
  return [...new Set([homeRegion, ...keyReplicas, ...alertRegions(deployment)])];
}
