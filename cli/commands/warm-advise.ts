import { adviceOf, regionsOfTraffic, sizedServices } from "../../config/traffic";
import { functionIn } from "../../contract";
import { startAdvice } from "../../modules/service-function";
import { assumedOfLambda, keptWarm } from "../../modules/service-traffic";
import { assumedPriceRegion, lambdaPriceSource } from "../../values/prices";
import type { DocumentData, Outcome } from "../document";
import { warmAdviseDocument } from "../documents/warm-advise";
import project from "../project";

/** The cheapest way of keeping environments ready with which each service's latency objective holds. */
export const warmAdvise = (name: string): Outcome => warmAdviseDocument.outcome(adviceFor(name));

/** What `warm advise` says of an environment. @throws ConfigError when the environment is unknown or has mistakes */
export function adviceFor(name: string): DocumentData<typeof warmAdviseDocument> {
  const environment = project.find(name);
  const config = environment.parse();
  const { stage, exceptions } = config;
  const regions = regionsOfTraffic(config, environment.toolkit.stages.enabled(stage, exceptions));
  const sized = sizedServices(config);
  const advised = sized.map((one) => ({ ...one, advice: adviceOf(one, regions) }));
  const { asOf, source } = lambdaPriceSource;
  const { idleSeconds, lifetimeSeconds, burstSeconds } = assumedOfLambda;
  return {
    environment: name,
    stage,
    regions: [...regions],
    prices: {
      asOf,
      source,
      assumedFor: [...new Set(advised.flatMap(({ advice }) => advice.assumedPrices))],
      assumedFrom: assumedPriceRegion,
    },
    assumptions: [
      `An environment without calls is assumed to stay for ${idleSeconds / 60} minutes, and any for ${lifetimeSeconds / 3600} hours on average; AWS documents neither.`,
      `Requests come independently of each other, at the peak for ${burstSeconds / 60} minutes of each hour.`,
    ],
    services: advised.map(({ service, traffic, advice }) => {
      const { kind, environments } = keptWarm(functionIn(service, regions[0] ?? ""));
      return {
        name: service.name,
        requestsPerSecondAtPeak: Number(advice.peak.requestsPerSecond.toPrecision(4)),
        executionsAtPeak: advice.peak.executions,
        objective: { ...traffic.latency },
        allowedColdShare: advice.allowedColdShare,
        options: advice.options.map(({ meets, ...option }) => ({
          ...option,
          monthlyUsd: Math.round(option.monthlyUsd * 100) / 100,
          meetsObjective: meets,
        })),
        cheapest: advice.cheapest.kind,
        now: { kind, environments },
        why: [advice.why, startAdvice(service.function)].filter(Boolean).join(" "),
      };
    }),
    withoutTraffic: config.services.filter(({ traffic }) => !traffic).map((service) => service.name),
  };
}
