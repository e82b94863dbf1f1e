import type { BaseEnvironment, Service } from "../../contract";
import type { SyntheticCheck } from "../../rollout";

/** Paths that say whether a service is healthy, by custom. */
const customary = ["/health", "/healthz"];

/** What is asked of the services of a region after a wave that changed them. */
export const checksIn = ({ services, rollout }: BaseEnvironment, region: string): SyntheticCheck[] =>
  services.flatMap((service) => {
    const { name } = service;
    const stated = rollout.checks[name];
    const checks = stated ?? defaultPaths(service).map((path) => ({ path, expectedStatus: undefined }));
    return checks.map(({ path, expectedStatus }) => ({ service: name, region, path, expectedStatus }));
  });

/** None for an API that does not answer everybody: who is there may need a certificate, or come through a distribution. */
function defaultPaths({ api, edge, dns }: Service): string[] {
  if (!api || api.mutualTls || edge) return [];
  if (api.domainName) return [dns.endpointCheck.path];
  return customary.filter((path) => api.routes[`GET ${path}`]?.authorization === "NONE").slice(0, 1);
}
