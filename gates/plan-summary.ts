import { type Cell, colours, renderTable, type Screen, type Table } from "../output";
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

/** Counts the changes of a plan by region. */
export function regionCounts(plan: Plan): Omit<SummaryRow, "type">[] {
  const rows = new Map<string, { region: string } & Record<Outcome, number>>();
  for (const { type: _, ...row } of planSummary([plan])) {
    const known = rows.get(row.region);
    if (known) for (const outcome of outcomes) known[outcome] += row[outcome];
    else rows.set(row.region, { ...row });
  }
  return [...rows.values()];
}

// Not localeCompare: the same order on every machine.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows of a summary as a table, with totals. */
export function renderSummary(rows: readonly SummaryRow[], screen: Screen): string {
  if (rows.length === 0) return "No changes.";
  const shown = outcomes.filter((outcome) => outcome !== "forgotten" || rows.some((row) => row.forgotten > 0));
  const total = (outcome: Outcome) => rows.reduce((sum, row) => sum + row[outcome], 0);
  const table: Table = {
    columns: [
      { title: "region", kind: "name", importance: "essential" },
      { title: "resource type", kind: "name", importance: "essential" },
      ...shown.map((title) => ({ title, kind: "number", importance: "essential" }) as const),
    ],
    rows: rows.map((row) => [row.region, row.type, ...shown.map((outcome) => painted(outcome, row[outcome]))]),
    total: ["total", "", ...shown.map((outcome) => painted(outcome, total(outcome)))],
  };
  return renderTable(table, screen);
}

/** A table of what plans add, change, replace and destroy, by region and resource type, with totals. */
export const summarizePlans = (plans: readonly Plan[], screen: Screen): string =>
  renderSummary(planSummary(plans), screen);

const paints: Record<Outcome, (text: string) => string> = {
  added: colours.green,
  changed: colours.yellow,
  replaced: colours.red,
  destroyed: colours.red,
  forgotten: colours.red,
};

const painted = (outcome: Outcome, count: number): Cell => ({
  text: count,
  paint: count === 0 ? colours.dim : paints[outcome],
});
