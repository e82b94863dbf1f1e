import type { BaseEnvironment, EnabledCapabilities } from "../../contract";
import { partitionOf } from "../../modules/core";
import type { KnownResourceType } from "../../values/availability";

/** Something of AWS that parts of an environment are made of. */
export interface Feature {
  /** In the words of AWS, as a plural: `event endpoints`. */
  readonly name: string;
  readonly types: readonly KnownResourceType[];
  /** What brings it; without it, the part itself does. */
  readonly capability?: string;
  /** What brings the parts to standby regions; without it they are in the home region only. */
  readonly spread?: string;
  /** The first standby region only. */
  readonly first?: true;
  /** The standby regions that have it, for parts that say where they are. */
  readonly standby?: (environment: BaseEnvironment) => readonly BaseEnvironment["regions"]["home"][];
  /** The one region where AWS has it. */
  readonly only?: string;
  /** The parts that need it, in words: `the bus orders`. */
  readonly neededBy: (environment: BaseEnvironment) => readonly string[];
}

/** A region of the environment that has something, with its path. */
export interface PlacedRegion {
  readonly region: string;
  readonly path: readonly PropertyKey[];
}

/** Where a feature is needed, now or at a later stage; the home region first. None if nothing needs it. */
export function regionsOf(
  { capability, spread, first, standby: named, only, neededBy }: Feature,
  environment: BaseEnvironment,
  comes: EnabledCapabilities["comes"],
): PlacedRegion[] {
  if ((capability && !comes(capability)) || neededBy(environment).length === 0) return [];
  const { home, standby } = environment.regions;
  if (only) return [{ region: only, path: ["regions", "home"] }];
  const spreads = spread && comes(spread) ? standby.slice(0, first ? 1 : undefined) : (named?.(environment) ?? []);
  const places = spreads.map((region) => ({ region, path: ["regions", "standby", standby.indexOf(region)] }));
  // One of another partition is refused for that alone.
  const reachable = places.filter(({ region }) => partitionOf(region) === partitionOf(home));
  return [{ region: home, path: ["regions", "home"] }, ...reachable];
}
