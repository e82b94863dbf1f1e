import { type EnvironmentDefinition, type Stage, stages } from "../../config";
import {
  assumptions,
  type CostLine,
  type Estimate,
  type Grouping,
  grouped,
  leftOut,
  type StageCosts,
  stageCosts,
} from "../../costs";
import { isUserError } from "../../errors";
import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { assumedPriceRegion, hoursPerMonth, pricesAsOf } from "../../values/prices";
import type { DocumentData, Outcome } from "../document";
import { costDocument, isTable, tables } from "../documents/cost";
import project from "../project";
import { stageOption } from "../stage-option";

export interface CostOptions {
  /** Stage to estimate; by default the environment's own. */
  readonly stage?: string;
  /** Region that takes over in the second estimate; by default the first standby region. */
  readonly failover?: string;
  /** What the table is by: `capability` by default. */
  readonly by?: string;
  /** Lists the assumptions. */
  readonly assumptions?: boolean;
}

type Data = DocumentData<typeof costDocument>;

/** What an environment costs in a month. @throws ConfigError for an unknown stage, region or table, and for mistakes of the environment */
export const cost = (name: string, options: CostOptions): Outcome =>
  costDocument.outcome(costOf(project.find(name), options));

/** What `cost` says of an environment. */
export function costOf(environment: EnvironmentDefinition, options: CostOptions = {}): Data {
  const stage = stageOption("cost", options.stage, environment.input.stage);
  const by = options.by ?? "capability";
  if (!isTable(by)) throw optionError("--by", by, `is not one of ${tables.join(", ")}`);
  const costs = stageCosts(environment, stage, options.failover);
  refuseUnknown(options.failover, costs);
  const { quiet, failover } = costs;
  const totals = totalsOf(costs);
  return {
    environment: environment.name,
    stage,
    servingRegion: quiet.servingRegion,
    failoverRegion: failover?.servingRegion ?? null,
    usd: totals.usd,
    failoverUsd: totals.failoverUsd,
    failoverHourUsd: failover ? rounded((failover.usd - quiet.usd) / hoursPerMonth, 4) : null,
    freeTierUsd: rounded(quiet.freeTierUsd),
    by,
    capabilities: sumsBy("capability", costs),
    regions: sumsBy("region", costs),
    services: totals.services,
    stages: stagesOf(environment, costs, options.failover),
    provisioned: costs.verdicts.map((verdict) => ({
      ...verdict,
      provisionedUsd: rounded(verdict.provisionedUsd),
      onDemandUsd: rounded(verdict.onDemandUsd),
    })),
    lines: quiet.lines.map(lineOf),
    failoverLines: (failover?.lines ?? []).map(lineOf),
    prices: pricesOf([quiet, ...(failover ? [failover] : [])]),
    unpriced: [...quiet.unpriced],
    withoutTraffic: [...costs.withoutTraffic],
    showAssumptions: options.assumptions === true,
    assumptions: [...assumptions],
    leftOut: [...leftOut],
  };
}

/** What an environment costs at its stage, and each service of AWS of it. */
export const totalsOf = (costs: StageCosts): Pick<Data, "usd" | "failoverUsd" | "services"> => ({
  usd: rounded(costs.quiet.usd),
  failoverUsd: costs.failover ? rounded(costs.failover.usd) : null,
  services: sumsBy("service", costs),
});

const optionError = (path: string, received: string, message: string): ConfigError =>
  new ConfigError("evenkeel cost", [{ path, message, received }]);

/** Says where a region that was asked for cannot take over. */
function refuseUnknown(asked: string | undefined, { regions, failover, stage }: StageCosts): void {
  if (asked === undefined || failover) return;
  const [, ...others] = regions;
  const message =
    others.length === 0
      ? `cannot take over: at ${stage} services run in ${regions.join(", ")} only; name a later stage with --stage`
      : `is no region that takes over; ${suggestion(asked, others)}`;
  throw optionError("--failover", asked, message);
}

/** Each stage, what it costs and what it adds. A stage at which the environment has mistakes is told as such. */
function stagesOf(environment: EnvironmentDefinition, known: StageCosts, failover?: string): Data["stages"] {
  const usdAt = (stage: Stage): number | null => {
    if (stage === known.stage) return known.quiet.usd;
    try {
      return stageCosts(environment, stage, failover).quiet.usd;
    } catch (error) {
      if (!isUserError(error)) throw error;
      return null;
    }
  };
  let before: number | null = null;
  return stages.map((stage) => {
    // Rounded first, so that what is printed adds up.
    const exact = usdAt(stage);
    const usd = exact === null ? null : rounded(exact);
    const adds = usd === null || before === null ? null : rounded(usd - before);
    before = usd ?? before;
    return { stage, usd, addsUsd: adds };
  });
}

/** Sums of both estimates by name, the dearest first. */
function sumsBy(by: Grouping, { quiet, failover }: StageCosts): Data["capabilities"] {
  const sums = grouped(quiet.lines, by);
  const moved = failover && grouped(failover.lines, by);
  const names = [...new Set([...sums.keys(), ...(moved?.keys() ?? [])])];
  return names
    .map((name) => ({
      name,
      usd: rounded(sums.get(name) ?? 0),
      failoverUsd: moved ? rounded(moved.get(name) ?? 0) : null,
    }))
    .sort((one, two) => two.usd - one.usd || (two.failoverUsd ?? 0) - (one.failoverUsd ?? 0));
}

function pricesOf(estimates: readonly Estimate[]): Data["prices"] {
  const lines = estimates.flatMap((one) => one.lines);
  const some = (wanted: (line: CostLine) => boolean, name: (line: CostLine) => string) =>
    [...new Set(lines.filter(wanted).map(name))].sort();
  const price = ({ price: id, service, unit }: CostLine) => id ?? `${service}, ${unit}`;
  return {
    ...pricesAsOf,
    assumedFrom: assumedPriceRegion,
    assumed: some(
      ({ from }) => from === "assumed",
      (line) => `${price(line)} in ${line.region}`,
    ),
    unverified: some(({ verified, from }) => !verified && from !== "assumed", price),
    negotiated: some(({ from }) => from === "negotiated", price),
  };
}

const lineOf = ({
  resource,
  region,
  service,
  capability,
  price,
  unit,
  units,
  how,
  unitUsd,
  usd,
}: CostLine): Data["lines"][number] => ({
  resource,
  region: region ?? null,
  service,
  capability: capability ?? null,
  price: price ?? null,
  unit,
  units,
  calculation: how,
  unitUsd,
  usd,
});

const rounded = (amount: number, digits = 2): number => Math.round(amount * 10 ** digits) / 10 ** digits;
