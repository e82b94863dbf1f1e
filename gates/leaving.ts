import type { Violation } from "../contract/gate";
import type { Leaving } from "../contract/leaving";
import { managedChanges, type Plan, valueAt } from "../terraform";

/**
 * Whether a violation only says that something is no longer in the configuration, and the environment says that its region or its
 * whole stack leaves. What holds data or keys is found by other gates too, and stays refused until its removal is acknowledged.
 */
export function isLeaving({ rule, stack, address }: Violation, plan: Plan, { regions, stacks }: Leaving): boolean {
  if (rule === "no-vanished-stack") return stacks.includes(address);
  if (rule !== "no-vanished-address") return false;
  if (stack !== undefined && stacks.includes(stack)) return true;
  const before = managedChanges(plan).find((one) => one.address === address)?.change.before;
  const [, , , regionOfArn] = String(valueAt(before, ["arn"]) ?? "").split(":");
  // What has no region in its ARN, or is elsewhere and about the region, has the region in its address.
  return regions.some((region) => region === regionOfArn || isNamedIn(address, region));
}

const isNamedIn = (address: string, region: string): boolean =>
  new RegExp(`(^|[^a-z0-9])${region}($|[^a-z0-9])`).test(address);
