import { serviceTrafficConfig, warmingAdvice } from "../../../modules/service-traffic";

export function adviseOn(regions: readonly string[]): string {
  const traffic = serviceTrafficConfig.parse({
    requestsPerSecond: 0.005,
    averageDurationMs: 100,
    latency: { objectiveMs: 500, percent: 97 },
  });
  const { cheapest, why } = warmingAdvice(traffic, { memoryMb: 512 }, regions);
  return `${cheapest.kind}, ${cheapest.environments}: ${why}`;
}
