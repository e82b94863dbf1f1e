import { readStackFolders } from "../../terraform";
import type { Resource } from "../../topology";
import { physicalName } from "./physical-name";
import type { ResourceReport, StackReport, Totals } from "./report";

/**
 * The resources of each stack, in the order of deployment; data sources are left out.
 * @param output folder that cdktf wrote
 * @param holds what would be lost, by resource type
 */
export function stackReports(
  output: string,
  resources: readonly Resource[],
  holds: Readonly<Record<string, string>>,
): StackReport[] {
  return readStackFolders(output).map(({ name, dependencies }) => ({
    name,
    dependsOn: [...dependencies],
    resources: resources
      .filter(({ stack, type }) => stack === name && !type.startsWith("data."))
      .map(
        (resource): ResourceReport => ({
          address: `${resource.type}.${resource.name}`,
          type: resource.type,
          name: physicalName(resource),
          region: resource.region,
          holds: Object.hasOwn(holds, resource.type) ? holds[resource.type] : undefined,
        }),
      )
      .sort((one, other) => compare(rank(one), rank(other))),
  }));
}

/** What holds data or keys comes first: it is what a reader looks for. */
const rank = ({ holds, address }: ResourceReport): string => `${holds === undefined ? 1 : 0} ${address}`;

/** What there is in all stacks together. */
export function totalsOf(stacks: readonly StackReport[]): Totals {
  const all = stacks.flatMap(({ resources }) => resources);
  const byRegion = new Map<string, number>();
  for (const { region } of all) if (region !== undefined) byRegion.set(region, (byRegion.get(region) ?? 0) + 1);
  return {
    stacks: stacks.length,
    resources: all.length,
    holding: all.filter(({ holds }) => holds !== undefined).length,
    regions: [...byRegion]
      .map(([region, resources]) => ({ region, resources }))
      .sort((one, other) => other.resources - one.resources || compare(one.region, other.region)),
  };
}

/** The order of two texts, the same on every machine. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
