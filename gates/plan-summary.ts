import Table from "cli-table3";
import pc from "picocolors";
import {
  type Action,
  managedChanges,
  type Outcome,
  type OutcomeCounts,
  outcomes,
  type Plan,
  type ResourceChange,
} from "../terraform";
import { regionOf } from "./plan-regions";

/** How many resources of one type in one region have which outcome. */
export interface SummaryRow extends OutcomeCounts {
  /** `eu-west-1`; `none` for what is not in a region, and where the region is unknown. */
  readonly region: string;
  readonly type: string;
}

/** The outcome of a resource change; undefined if nothing changes, and for reads. */
export function outcomeOf({ change: { actions } }: ResourceChange): Outcome | undefined {
  if (actions.length > 1) return "replaced";
  const single: Partial<Record<Action, Outcome>> = {
    create: "added",
    update: "changed",
    delete: "destroyed",
    forget: "forgotten",
  };
  return actions[0] && single[actions[0]];
}

/** Counts the changes of several plans by region and resource type, sorted by both. */
export function planSummary(plans: readonly Plan[]): SummaryRow[] {
  const rows = new Map<string, { region: string; type: string } & Record<Outcome, number>>();
  for (const plan of plans) {
    for (const change of managedChanges(plan)) {
      const outcome = outcomeOf(change);
      if (!outcome) continue;
      const region = regionOf(plan, change);
      const { type } = change;
      const key = `${region}\n${type}`;
      const row = rows.get(key) ?? { region, type, added: 0, changed: 0, replaced: 0, destroyed: 0, forgotten: 0 };
      row[outcome] += 1;
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort((a, b) => compare(a.region, b.region) || compare(a.type, b.type));
}

// Not localeCompare: the same order on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A table of what plans add, change, replace and destroy, by region and resource type, with totals. */
export function summarizePlans(plans: readonly Plan[]): string {
  const rows = planSummary(plans);
  if (rows.length === 0) return "No changes.";
  const columns = outcomes.filter((outcome) => outcome !== "forgotten" || rows.some((row) => row.forgotten > 0));
  const table = new Table({
    head: ["region", "resource type", ...columns].map((text) => pc.bold(text)),
    colAligns: ["left", "left", ...columns.map(() => "right" as const)],
    // No line between rows: an environment has dozens of them.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  let last = "";
  for (const row of rows) {
    const counts = columns.map((outcome) => paint(outcome, row[outcome]));
    table.push([row.region === last ? "" : row.region, row.type, ...counts]);
    last = row.region;
  }
  const totals = columns.map((outcome) =>
    paint(
      outcome,
      rows.reduce((sum, row) => sum + row[outcome], 0),
    ),
  );
  table.push([pc.bold("total"), "", ...totals]);
  return table.toString();
}

const colours: Record<Outcome, (text: string) => string> = {
  added: pc.green,
  changed: pc.yellow,
  replaced: pc.red,
  destroyed: pc.red,
  forgotten: pc.red,
};

function paint(outcome: Outcome, count: number): string {
  return count === 0 ? pc.dim("0") : colours[outcome](String(count));
}
