import { plainTable } from "../cli/plain-table";
import type { Run } from "./measure";

/** A measured command, with the one that it is compared with: a floor, or the way that it was done before. */
export interface Comparison {
  readonly name: string;
  readonly run: Run;
  readonly to: Run;
  /** The largest ratio of wall times that is wanted. */
  readonly aim?: number;
}

/** Ratios beside their aims. CPU time says more than wall time on a machine that does other things as well. */
export function aimTable(what: string, unit: string, comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, run, to, aim }) => {
    const ratio = run.wall / to.wall;
    const met =
      aim === undefined ? "" : ratio <= aim ? "met" : `missed by ${Math.round((100 * (ratio - aim)) / aim)} %`;
    return [
      name,
      milliseconds(run.wall),
      milliseconds(run.cpu),
      ratio.toFixed(2),
      showNumber(run.cpu / to.cpu, 2),
      aim === undefined ? "" : String(aim),
      met,
    ];
  });
  return plainTable([what, "wall", "CPU", `x ${unit}`, "x CPU", "aim", ""], rows);
}

export const milliseconds = (value: number): string => (Number.isNaN(value) ? "" : `${Math.round(value)} ms`);

export const showNumber = (value: number, digits: number): string => (Number.isNaN(value) ? "" : value.toFixed(digits));
