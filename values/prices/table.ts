import { computePrices } from "./compute";
import { dataPrices } from "./data";
import type { PriceLine } from "./line";
import { messagePrices } from "./messages";
import { networkPrices } from "./network";
import { operationsPrices } from "./operations";

const lines = {
  ...computePrices,
  ...dataPrices,
  ...messagePrices,
  ...operationsPrices,
  ...networkPrices,
} as const satisfies Readonly<Record<string, PriceLine>>;

/** Names of the lines: `lambda.requests`, `dynamodb.storage`. */
export type PriceId = keyof typeof lines;

/** Every price that the toolkit knows, in US dollars, on demand, without a volume discount. */
export const prices: Readonly<Record<PriceId, PriceLine>> = lines;

export const priceIds = Object.keys(lines) as readonly PriceId[];

/** The region whose price stands in where a region has none of its own: the only one that is on every line. */
export const assumedPriceRegion = "us-east-1";

/** The oldest and the newest day on which a price of the table was read, YYYY-MM-DD. */
export const pricesAsOf = (() => {
  const days = priceIds.map((id) => prices[id].asOf).sort();
  return { oldest: days[0] ?? "", newest: days.at(-1) ?? "" };
})();

/** Prices that an environment has negotiated, in US dollars for what the line is for, in place of the table's in every region. */
export type NegotiatedPrices = Readonly<Partial<Record<PriceId, number>>>;

/** What one unit costs in a region. */
export interface UnitPrice {
  /** US dollars for one unit. */
  readonly usd: number;
  /** `table`; `negotiated`; or `assumed`, where another region's price stands in. */
  readonly from: "table" | "negotiated" | "assumed";
  /** Whether it was read from AWS's price list. */
  readonly verified: boolean;
}

/**
 * The price of one unit in a region.
 * @param region undefined for what is in no single region
 */
export function priceIn(id: PriceId, region: string | undefined, negotiated: NegotiatedPrices = {}): UnitPrice {
  const { per, usd, verified } = prices[id];
  const own = negotiated[id];
  if (own !== undefined) return { usd: own / per, from: "negotiated", verified: true };
  const read = (where: string) => (typeof verified === "object" ? !verified.except.includes(where) : verified);
  if (typeof usd === "number") return { usd: usd / per, from: "table", verified: read(region ?? "") };
  const listed = usd[region ?? assumedPriceRegion];
  if (listed !== undefined) return { usd: listed / per, from: "table", verified: read(region ?? assumedPriceRegion) };
  return { usd: (usd[assumedPriceRegion] as number) / per, from: "assumed", verified: false };
}

/** Hours of a month, as AWS's bills count them on average. */
export const hoursPerMonth = 730;
