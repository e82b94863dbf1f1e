import type { BaseEnvironment, Charge, PricedResource, PricingContext, Pricings } from "../contract";
import { type PriceId, type PriceLine, priceIn, prices } from "../values/prices";
import type { Deployed } from "./deployed";
import { pricings as known } from "./services";
import { monthlyRequests } from "./use";

/** One thing that a resource is charged for in a month. */
export interface CostLine {
  /** `<stack> <type>.<name>` */
  readonly resource: string;
  /** Undefined for what is in no region. */
  readonly region?: string;
  /** The service of AWS, as bills name it. */
  readonly service: string;
  /** The capability that made the resource; undefined for the base. */
  readonly capability?: string;
  /** Name of the line of the table of prices; undefined for a price of the team's own. */
  readonly price?: PriceId;
  /** What one unit is: `request`. */
  readonly unit: string;
  readonly units: number;
  /** How the number of units is made. */
  readonly how: string;
  /** US dollars of one unit. */
  readonly unitUsd: number;
  /** US dollars a month. */
  readonly usd: number;
  /** Where the price comes from. */
  readonly from: "table" | "negotiated" | "assumed" | "own";
  /** Whether the price was read from AWS's price list. */
  readonly verified: boolean;
}

/** What an environment costs in a month, with its traffic in one region. */
export interface Estimate {
  /** The region that the traffic goes to. */
  readonly servingRegion: string;
  /** US dollars a month. */
  readonly usd: number;
  readonly lines: readonly CostLine[];
  /** Types without a price, with how many resources there are of each. */
  readonly unpriced: readonly { readonly type: string; readonly resources: number }[];
  /** US dollars of the free tiers, which AWS gives the account and not the environment. */
  readonly freeTierUsd: number;
}

/** What pricing functions ask, with the traffic in a region. @param share of the stated traffic that gets there, by service */
export function contextOf(
  { deployment: { config }, resources }: Deployed,
  servingRegion: string,
  share: (service: string) => number,
): PricingContext {
  const byAddress = new Map(resources.map((one) => [`${one.stack} ${one.type}.${one.name}`, one]));
  return {
    config,
    servingRegion,
    resources,
    requests: (service, region) => (region === servingRegion ? monthlyRequests(config, service) * share(service) : 0),
    referred(from, text) {
      const [, address] = /\$\{(\w+\.[\w-]+)\./.exec(typeof text === "string" ? text : "") ?? [];
      return address === undefined ? undefined : byAddress.get(`${from.stack} ${address}`);
    },
  };
}

/** What the resources cost in a month. @param own pricing functions of capabilities and of the team, which come first */
export function estimate(at: PricingContext, own: Pricings): Estimate {
  const unpriced = new Map<string, number>();
  const lines = at.resources.flatMap((resource) => {
    const charges = own[resource.type]?.(resource, at) ?? known[resource.type]?.(resource, at);
    if (!charges) unpriced.set(resource.type, (unpriced.get(resource.type) ?? 0) + 1);
    return (charges ?? []).map((charge) => lineOf(resource, charge, at.config.costs));
  });
  return {
    servingRegion: at.servingRegion,
    usd: total(lines),
    lines,
    unpriced: [...unpriced].map(([type, resources]) => ({ type, resources })),
    freeTierUsd: freeTierOf(lines),
  };
}

export const total = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

function lineOf(
  { stack, type, name, region: own, capability }: PricedResource,
  { price, units, how, region = own }: Charge,
  { prices: negotiated }: BaseEnvironment["costs"],
): CostLine {
  const where = region ?? undefined;
  const listed: PriceLine = typeof price === "string" ? prices[price] : price;
  const {
    usd: unitUsd,
    from,
    verified,
  } = typeof price === "string" ? priceIn(price, where, negotiated) : ownPrice(price, where);
  return {
    resource: `${stack} ${type}.${name}`,
    region: where,
    service: listed.service,
    capability,
    price: typeof price === "string" ? price : undefined,
    unit: listed.unit,
    units,
    how,
    unitUsd,
    usd: units * unitUsd,
    from,
    verified,
  };
}

/** A price of the team's own, which has one number or a number for each region that it is used in. */
function ownPrice({ usd, per, verified }: PriceLine, region: string | undefined) {
  const listed = typeof usd === "number" ? usd : (usd[region ?? ""] ?? Math.max(...Object.values(usd)));
  return { usd: listed / per, from: "own", verified: verified === true } as const;
}

/** What an account does not pay, if nothing else in it uses the free tiers: of each price its share of what all regions use. */
function freeTierOf(lines: readonly CostLine[]): number {
  const byPrice = new Map<PriceId, CostLine[]>();
  for (const line of lines) {
    if (line.price === undefined) continue;
    const same = byPrice.get(line.price);
    if (same) same.push(line);
    else byPrice.set(line.price, [line]);
  }
  return [...byPrice].reduce((sum, [price, ofPrice]) => {
    const { free = 0 } = prices[price];
    const units = ofPrice.reduce((all, line) => all + line.units, 0);
    return units === 0 ? sum : sum + total(ofPrice) * Math.min(1, free / units);
  }, 0);
}
