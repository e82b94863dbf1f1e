import type { Deployment } from "../contract";
import { partitionOf } from "../modules/core/regions";
import { edgeHome } from "../modules/edge-function";

/** Whether something leaves the environment: Terraform then destroys it, in the reverse of the order of a deployment. */
export const isRemoval = ({ leaving, loweredFrom }: Deployment): boolean =>
  leaving.regions.length + leaving.stacks.length > 0 || loweredFrom !== undefined;

/**
 * Regions that states may still have something in, in a deployment that removes: Terraform destroys nothing without its provider.
 * Alarms on health checks and distributions have their topic in a region of their own.
 */
export function regionsThatWere(deployment: Deployment): string[] {
  const { leaving, homeRegion } = deployment;
  if (!isRemoval(deployment)) return [];
  return [...leaving.regions, ...(partitionOf(homeRegion) === "aws" ? [edgeHome] : [])];
}
