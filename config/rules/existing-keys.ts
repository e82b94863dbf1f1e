import type { BaseEnvironment, EnabledCapabilities, Rule } from "../../contract";
import { edgeHome } from "../../modules/edge-function";
import { healthMetricsRegion } from "../../modules/failover-dns";
import { parseArn } from "../../values/languages";

const kinds = ["data", "operations", "application"] as const;

/** Regions outside of the environment's own where the key of operations encrypts alerts and logs, now or later. */
function regionsOfAlerts(
  { services, containers, eventBuses }: BaseEnvironment,
  { comes }: EnabledCapabilities,
): string[] {
  const named = containers.length > 0 || services.some(({ api }) => api?.domainName);
  const health = (comes("replicatedEvents") && eventBuses.length > 0) || named;
  return [...(health ? [healthMetricsRegion] : []), ...(services.some(({ edge }) => edge) ? [edgeHome] : [])];
}

export const existingKeyRules: readonly Rule[] = [
  {
    id: "existing-keys-are-in-every-region",
    statement: "Where keys are there already, there is one in each region that needs it now or at a later stage.",
    check(environment, report, enabled) {
      const { home, standby } = environment.regions;
      for (const kind of kinds) {
        const existing = environment.keys[kind]?.existing;
        if (!existing) continue;
        const at = ["keys", kind, "existing"];
        const own: readonly string[] = enabled.comes("replicatedKeys") ? [home, ...standby] : [home];
        const needed = new Set([...own, ...(kind === "operations" ? regionsOfAlerts(environment, enabled) : [])]);
        for (const region of needed) {
          if (region in existing) continue;
          report(
            [...at, region],
            `is required, as the environment uses the key in ${region}; add the ARN of one there`,
          );
        }
        for (const [region, arn] of Object.entries(existing)) {
          const found = parseArn(arn)?.region;
          if (found !== undefined && found !== region) {
            report([...at, region], `is a key in ${found}; use one in ${region}`);
          }
        }
        const ids = new Set(Object.values(existing).map((arn) => arn.slice(arn.indexOf("/") + 1)));
        if (kind !== "application" || ids.size < 2) continue;
        report(
          [...at],
          "are different keys, so that no region could decrypt what services of another one encrypted; use the replicas of one multi-Region key",
        );
      }
    },
  },
];
