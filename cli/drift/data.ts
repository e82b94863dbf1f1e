import { type DriftKind, isOpen, type JudgedChange, type JudgedDrift, type PlannedDrift } from "../../drift";
import type { DocumentData } from "../document";
import type { driftDocument } from "../documents/drift";
import { shownValue } from "./shown-value";

/** What a drift run has found, as documents and issues show it. */
export type DriftData = DocumentData<typeof driftDocument>;

/** Everything but the issue. */
export function driftData(
  environment: string,
  { stacks, notDeployed }: PlannedDrift,
  { changes, unused }: JudgedDrift,
): DriftData {
  const regions = [...new Set(changes.map(({ change }) => change.region))].sort();
  return {
    environment,
    open: changes.filter(isOpen).length,
    stacks: [...stacks],
    notDeployed: [...notDeployed],
    regions: regions.map((region) => countsOf(region, changes)),
    changes: changes.map(({ change, kind, rule, reason, accepted, expired }) => ({
      stack: change.stack,
      address: change.address,
      region: change.region,
      attribute: change.path ?? null,
      kind,
      rule,
      reason,
      before: shownValue(change, change.before),
      now: shownValue(change, change.after),
      accepted: accepted ? { reason: accepted.reason, expires: accepted.expires } : null,
      expiredOn: expired?.expires ?? null,
    })),
    unused: unused.map(({ stack, address, attribute, expires }) => ({
      stack,
      address,
      attribute: attribute ?? null,
      expires,
    })),
    issue: null,
  };
}

function countsOf(region: string, changes: readonly JudgedChange[]): DriftData["regions"][number] {
  const here = changes.filter(({ change }) => change.region === region);
  const of = (kind: DriftKind): number => here.filter((one) => one.kind === kind && !one.accepted).length;
  return {
    region,
    failover: of("failover"),
    scaling: of("scaling"),
    byHand: of("by-hand"),
    unknown: of("unknown"),
    accepted: here.filter(({ accepted }) => accepted).length,
  };
}
