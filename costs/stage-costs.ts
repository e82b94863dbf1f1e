import type { EnvironmentDefinition } from "../config";
import type { BaseEnvironment, Stage } from "../contract";
import { deployedAt } from "./deployed";
import { contextOf, type Estimate, estimate } from "./estimate";
import { type ProvisionedVerdict, provisionedVerdicts } from "./provisioned";
import { withTraffic } from "./use";

/** What an environment costs at a stage: as it is used every day, and while a standby region serves. */
export interface StageCosts {
  readonly stage: Stage;
  readonly config: BaseEnvironment;
  /** Regions that services run in, the one that serves first. */
  readonly regions: readonly string[];
  readonly quiet: Estimate;
  /** Undefined where no other region could serve. */
  readonly failover?: Estimate;
  readonly verdicts: readonly ProvisionedVerdict[];
  /** Services whose traffic is not stated, so that only what stands is counted. */
  readonly withoutTraffic: readonly string[];
}

/**
 * Estimates an environment at a stage, from what is synthesized for it.
 * @param failover the region that takes over; the first standby region if left out. Without services there, there is no estimate of it.
 * @throws ConfigError with every mistake of the environment at that stage
 */
export function stageCosts(environment: EnvironmentDefinition, stage: Stage, failover?: string): StageCosts {
  const deployed = deployedAt(environment, stage);
  const { config, activeRegion, serviceRegions } = deployed.deployment;
  const others = serviceRegions.filter((region) => region !== activeRegion);
  const takesOver = failover === undefined ? others[0] : others.find((region) => region === failover);
  const { pricings } = environment.toolkit;
  const sized = withTraffic(config);
  const shareOf = (name: string) => sized.find(({ service }) => service.name === name)?.traffic.failoverShare ?? 1;
  const quiet = contextOf(deployed, activeRegion, () => 1);
  return {
    stage,
    config,
    regions: [activeRegion, ...others],
    quiet: estimate(quiet, pricings),
    failover: takesOver === undefined ? undefined : estimate(contextOf(deployed, takesOver, shareOf), pricings),
    verdicts: provisionedVerdicts(quiet),
    withoutTraffic: config.services.filter(({ traffic }) => !traffic).map(({ name }) => name),
  };
}
