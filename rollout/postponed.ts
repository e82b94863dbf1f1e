import { isDeepStrictEqual } from "node:util";
import { objectOf, type Plan, type ResourceChange } from "../terraform";
import { deletionWindows, untilMaintenance, untilReboot } from "./postponed-facts";

/** What a plan asks for that is not done once it is applied, or only known then. */
export interface Postponed {
  readonly address: string;
  readonly kind: (typeof postponements)[number];
  /** Arguments that wait; empty where all of it does. */
  readonly arguments: readonly string[];
  /** Days until it is done; null where nobody knows, or it never is. */
  readonly days: number | null;
}

/**
 * - `maintenance window`: AWS does it in the next maintenance window
 * - `reboot`: it is in effect once an instance is rebooted
 * - `deletion window`: AWS deletes it some days later
 * - `kept`: it only leaves the state, and goes on existing
 * - `read at the apply`: a data source that is only read then
 */
export const postponements = ["maintenance window", "reboot", "deletion window", "kept", "read at the apply"] as const;

/** What of a plan its apply postpones, by address. Values of the plan are not in it, but for numbers of days. */
export const postponedIn = ({ resource_changes: changes = [] }: Plan): Postponed[] =>
  changes.flatMap(ofChange).sort((a, b) => (a.address < b.address ? -1 : 1));

function ofChange({ address, mode, type, change }: ResourceChange): Postponed[] {
  const { actions } = change;
  if (mode === "data") {
    return actions.includes("read") ? [{ address, kind: "read at the apply", arguments: [], days: null }] : [];
  }
  if (actions.includes("forget")) return [{ address, kind: "kept", arguments: [], days: null }];
  const [before, after] = [objectOf(change.before), objectOf(change.after)];
  if (actions.includes("delete")) {
    const window = deletionWindows[type];
    if (!window) return [];
    const given = before[window.argument];
    const days = typeof given === "number" ? given : window.days;
    return days === 0 ? [] : [{ address, kind: "deletion window", arguments: [], days }];
  }
  if (!actions.includes("update")) return [];
  const unknown = objectOf(change.after_unknown);
  const differs = (name: string) =>
    unknown[name] === true || !isDeepStrictEqual(before[name] ?? null, after[name] ?? null);
  const waiting = after.apply_immediately === true ? [] : (untilMaintenance[type]?.arguments ?? []).filter(differs);
  const pending = (untilReboot[type]?.arguments ?? []).filter((name) =>
    blocks(after[name]).some(
      (block) =>
        block.apply_method === "pending-reboot" && !blocks(before[name]).some((old) => isDeepStrictEqual(old, block)),
    ),
  );
  return [
    ...(waiting.length > 0 ? [{ address, kind: "maintenance window", arguments: waiting, days: null } as const] : []),
    ...(pending.length > 0 ? [{ address, kind: "reboot", arguments: pending, days: null } as const] : []),
  ];
}

const blocks = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map((block) => objectOf(block)) : [];
