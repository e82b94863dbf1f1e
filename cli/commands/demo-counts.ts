import { countOutcomes, type ResourceOutcome } from "../../terraform";
import type { DocumentData } from "../document";
import type { demoDocument } from "../documents/demo";
import { serviceOf } from "../service-of";

type Data = DocumentData<typeof demoDocument>;

/** One resource of one stack, and what a deployment did to it. */
export interface ResourceAction extends ResourceOutcome {
  readonly stack: string;
}

/** What one deployment did, counted by stack and region. */
export function countActions(
  actions: readonly ResourceAction[],
  regionOf: (action: ResourceAction) => string,
): Data["stages"][number]["changes"] {
  const rows = new Map<string, ResourceAction[]>();
  for (const action of actions) {
    const row = `${action.stack}\t${regionOf(action)}`;
    rows.set(row, [...(rows.get(row) ?? []), action]);
  }
  return [...rows].map(([row, inRow]) => {
    const [stack = "", region = ""] = row.split("\t");
    return { stack, region, ...countOutcomes(inRow) };
  });
}

/** How many resources of each AWS service are in each region. @param regions by `<stack> <address>` */
export function countPlaces(regions: ReadonlyMap<string, string>): Data["placement"] {
  const services = new Map<string, Record<string, number>>();
  for (const [key, region] of regions) {
    const service = serviceOf(key.split(" ")[1] ?? "");
    const row = services.get(service) ?? {};
    row[region] = (row[region] ?? 0) + 1;
    services.set(service, row);
  }
  return [...services]
    .map(([service, row]) => ({ service, regions: row }))
    .sort((left, right) => left.service.localeCompare(right.service));
}
