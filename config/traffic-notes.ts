import { type BaseEnvironment, type EnabledCapabilities, functionIn } from "../contract";
import { type KeptWarm, keptWarm, percent, usd, type WarmingKind } from "../modules/service-traffic";
import { adviceOf, regionsOfTraffic, type SizedService, sizedServices } from "./traffic";

/**
 * Where a service has another way of warming than the cheapest with which its latency objective holds, and what of the objective a
 * standby region does not hold after a failover: for a person to look at, not mistakes.
 */
export function trafficNotes(environment: BaseEnvironment, enabled: EnabledCapabilities): string[] {
  const regions = regionsOfTraffic(environment, enabled);
  return sizedServices(environment).flatMap((sized) => [
    ...adviceNote(sized, regions),
    ...regions.slice(1).flatMap((region) => standbyNote(sized, region)),
  ]);
}

/** The two ways to provision are one field. */
const has: Readonly<Record<WarmingKind, KeptWarm["kind"]>> = {
  nothing: "nothing",
  warmer: "warmer",
  provisioned: "provisioned",
  "provisioned by hour": "provisioned",
};

const named = (kind: string, environments: number): string =>
  kind === "nothing" ? "nothing kept warm" : `${environments} environments kept by ${nameOf(kind)}`;

const nameOf = (kind: string): string => (kind === "warmer" ? "a warmer" : "provisioned concurrency");

function adviceNote(sized: SizedService, regions: readonly string[]): string[] {
  const { service, traffic } = sized;
  const { cheapest } = adviceOf(sized, regions);
  const kept = keptWarm(functionIn(service, regions[0] ?? ""));
  const { percent: promised, objectiveMs } = traffic.latency;
  const enough = has[cheapest.kind] === kept.kind && kept.environments >= cheapest.environments;
  if (enough) return [];
  return [
    `${service.name} has ${named(kept.kind, kept.environments)}; for ${promised} % of its requests within ${objectiveMs} ms the cheapest is ${named(has[cheapest.kind], cheapest.environments)}, ` +
      `${usd(cheapest.monthlyUsd)} a month in all: \`evenkeel warm advise\` says why.`,
  ];
}

function standbyNote({ service, traffic, week }: SizedService, region: string): string[] {
  const { environments, everySeconds } = keptWarm(functionIn(service, region));
  const cold = week.coldByHour(environments, everySeconds);
  const before = keptWarm(service.function);
  // What holds nowhere is told of the region that serves.
  if (week.meets(cold) || !week.meets(week.coldByHour(before.environments, before.everySeconds))) return [];
  return [
    `${service.name} has fewer environments kept warm in ${region}: after a failover ${percent(week.coldShare(cold))} of its requests there meet a cold start, ` +
      `where ${percent(week.allowedColdShare)} may (latency objective of ${traffic.latency.objectiveMs} ms).`,
  ];
}
