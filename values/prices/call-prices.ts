import { priceIn } from "./table";

/** What requests cost in a region, in US dollars each, without free tiers. */
export interface CallPrices {
  /** A request of an HTTP API. */
  readonly httpApiRequest: number;
  /** A read unit of a table on demand. */
  readonly tableRead: number;
  /** A write unit of a table on demand; a replicated one costs as much in each region. */
  readonly tableWrite: number;
}

/** What requests cost in a region; where the table has no price of its own, that of `assumedPriceRegion`. */
export const callPricesIn = (region: string): CallPrices => ({
  httpApiRequest: priceIn("api-gateway.http", region).usd,
  tableRead: priceIn("dynamodb.reads", region).usd,
  tableWrite: priceIn("dynamodb.writes", region).usd,
});
