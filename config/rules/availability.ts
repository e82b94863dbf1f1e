import type { BaseEnvironment, EnabledCapabilities, Rule } from "../../contract";
import { partitionOf } from "../../modules/core";
import { lacking, nearestWith } from "../../values/availability";
import { type Feature, regionsOf } from "../availability/feature";
import { features } from "../availability/features";
import type { StageTable } from "../stages";

/** How many of the regions that have something are named. */
const mostNamed = 3;

/** Every stage is looked at, so that no promotion ends where AWS has not what it brings. */
export const availabilityRules = (table: StageTable): readonly Rule[] => [
  {
    id: "regions-have-what-they-need",
    statement: "Each region has what the environment needs there, at its stage and at later ones.",
    check(environment, report, { comes }) {
      for (const feature of features) {
        const places = regionsOf(feature, environment, comes);
        const without = places.filter(({ region }) => lacking(feature.types, region).length > 0);
        const [first] = without;
        if (!first) continue;
        const others = without.slice(1).map(({ region }) => region);
        const also =
          others.length > 0 ? `, and neither ${others.length > 1 ? "have" : "has"} ${others.join(", ")}` : "";
        report(
          [...first.path],
          `has no ${feature.name}${also}, which ${need(feature, environment, table)}; ${remedy(feature, first.region, environment)}`,
        );
      }
    },
  },
  {
    id: "failover-is-in-the-first-partition",
    statement: "DNS names fail over in the partition aws only, whose health checkers and metrics the toolkit uses.",
    check({ regions, services, containers }, report, { comes }: EnabledCapabilities) {
      if (partitionOf(regions.home) === "aws" || !comes("dnsFailover")) return;
      const named = [...services.filter(({ api }) => api?.domainName), ...containers].map(({ name }) => name);
      if (named.length === 0) return;
      report(
        ["regions", "home"],
        `is in the partition ${partitionOf(regions.home)}, whose health checkers and metrics are not those that DNS failover is built on, which the domain name of ${named.join(", ")} gets from stage ${table.since("dnsFailover")} on; use a region of the partition aws, remove the domain name, or switch dnsFailover off under exceptions`,
      );
    },
  },
];

function need({ capability, neededBy }: Feature, environment: BaseEnvironment, table: StageTable): string {
  const parts = neededBy(environment);
  const needs = parts.length > 1 ? "need" : "needs";
  return `${parts.join(", ")} ${needs}${capability ? ` from stage ${table.since(capability)} on (${capability})` : ""}`;
}

function remedy({ types, capability }: Feature, region: string, { regions }: BaseEnvironment): string {
  const taken: readonly string[] = [regions.home, ...regions.standby];
  const nearest = nearestWith(types, region).filter((other) => !taken.includes(other));
  const leaveOut = capability ? `, or switch ${capability} off under exceptions` : ", or remove what needs it";
  if (nearest.length === 0) {
    return `no other region of the partition ${partitionOf(region)} has them, so use regions of another partition${leaveOut}`;
  }
  return `use ${nearest.length > 1 ? "one of the nearest that have them, " : ""}${nearest.slice(0, mostNamed).join(", ")}${leaveOut}`;
}
