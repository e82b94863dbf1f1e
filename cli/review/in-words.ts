import type { Postponed } from "../../rollout/postponed";
import type { FigureChange } from "../base/figure-changes";
import type { Figures } from "../base/figures";

const names: Readonly<Record<FigureChange["figure"], readonly [name: string, unit: string]>> = {
  usd: ["costs a month", "USD"],
  failoverUsd: ["costs a month, failed over", "USD"],
  recoveryTimeSeconds: ["recovery time", "s"],
  recoveryPointSeconds: ["recovery point", "s"],
  promisedRecoveryTimeSeconds: ["promised recovery time", "s"],
  promisedRecoveryPointSeconds: ["promised recovery point", "s"],
};

/** A number that changed, as a row: what, of what, before, now. */
export function figureInWords({ figure, of, before, now }: FigureChange): string[] {
  const [name, unit] = names[figure];
  return [name, of ?? "all", amount(before, unit), amount(now, unit)];
}

const amount = (value: number | null, unit: string): string =>
  value === null ? "none" : `${unit === "USD" ? value.toFixed(2) : value} ${unit}`;

/** Costs and recovery of an environment, in a sentence or two. */
export function figuresInWords({ cost, recovery }: Figures): string {
  const paths = recovery.services.flatMap((service) => service.paths);
  const most = (of: (path: (typeof paths)[number]) => number) => Math.max(...paths.map(of));
  return [
    `It costs ${amount(cost.usd, "USD")} a month${cost.failoverUsd === null ? "" : `, ${amount(cost.failoverUsd, "USD")} failed over`}.`,
    ...(paths.length > 0
      ? [
          `After the loss of the region that serves, services work again within ${most((path) => path.recoveryTimeSeconds)} s, with at most ${most((path) => path.recoveryPointSeconds)} s of data lost.`,
        ]
      : []),
  ].join(" ");
}

/** What becomes of something that its apply postpones. */
export function postponedInWords({ kind, arguments: names, days }: Omit<Postponed, "address">): string {
  const listed = names.join(", ");
  switch (kind) {
    case "maintenance window":
      return `${listed}: changed in the next maintenance window`;
    case "reboot":
      return `${listed}: in effect after the next reboot`;
    case "deletion window":
      return `deleted ${days} days after the apply, and not before`;
    case "kept":
      return "kept: it only leaves the state";
    case "read at the apply":
      return "read when it is applied";
  }
}

/** What a later stage brings that an environment does not have yet. */
export const laterInWords = ({ stage, capabilities }: { stage: string; capabilities: readonly string[] }): string =>
  `The stage ${stage} will bring ${capabilities.length} more: ${capabilities.join(", ")}.`;
