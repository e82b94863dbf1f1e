import type { Violation } from "../contract/gate";
import type { Leaving } from "../contract/leaving";
import { loweredOutput } from "../contract/told-outputs";
import { managedChanges, type Plan, valueAt } from "../terraform";

/**
 * Whether a violation only says that something is no longer in the configuration, and the environment says that its region, its
 * whole stack or the stage that brought it leaves. What holds data or keys is found by other gates too, and stays refused until its
 * removal is acknowledged.
 */
export function isLeaving({ rule, stack, address }: Violation, plan: Plan, leaving: Leaving = nothing): boolean {
  const { regions, stacks } = leaving;
  if (rule === "no-vanished-stack") return stacks.includes(address);
  if (rule !== "no-vanished-address") return false;
  if (wentWithStage(plan, address)) return true;
  if (stack !== undefined && stacks.includes(stack)) return true;
  const before = managedChanges(plan).find((one) => one.address === address)?.change.before;
  const [, , , regionOfArn] = String(valueAt(before, ["arn"]) ?? "").split(":");
  // What has no region in its ARN, or is elsewhere and about the region, has the region in its address.
  return regions.some((region) => region === regionOfArn || isNamedIn(address, region));
}

const nothing: Leaving = { regions: [], stacks: [] };

/** Whether the environment would have an address at the stage that it is lowered from, as its configuration tells. */
function wentWithStage(plan: Plan, address: string): boolean {
  const told = plan.output_changes?.[loweredOutput]?.after;
  // Of several resources of one address there is one line.
  const [, whole = address] = /^(.*?)(\[[^\]]*\])?$/.exec(address) ?? [];
  return Array.isArray(told) && told.includes(whole);
}

const isNamedIn = (address: string, region: string): boolean =>
  new RegExp(`(^|[^a-z0-9])${region}($|[^a-z0-9])`).test(address);
