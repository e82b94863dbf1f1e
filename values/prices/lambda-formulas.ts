import { computePrices } from "./compute";
import { priceIn } from "./table";

/** What Lambda costs in a region, in US dollars, for arm64 functions and the first tier of use, without a free tier. */
export interface LambdaPrices {
  /** A GB-second of an execution in an environment that Lambda started on demand. */
  readonly onDemandGbSecond: number;
  /** A GB-second of provisioned concurrency, whether or not it is used. */
  readonly provisionedGbSecond: number;
  /** A GB-second of an execution in a provisioned environment, besides. */
  readonly provisionedDurationGbSecond: number;
  /** One request. */
  readonly request: number;
}

/** Where the prices of Lambda come from, and when they were true. */
export const lambdaPriceSource = {
  asOf: computePrices["lambda.arm64.provisioned"].asOf,
  source: "AWS Price List, AWSLambda, arm64, first tier",
  see: computePrices["lambda.requests"].source,
};

/** Prices of a region, and whether they are those of `assumedPriceRegion` because its own are not in the table. */
export function lambdaPricesIn(region: string): LambdaPrices & { readonly assumed: boolean } {
  const provisioned = priceIn("lambda.arm64.provisioned", region);
  return {
    onDemandGbSecond: priceIn("lambda.arm64", region).usd,
    provisionedGbSecond: provisioned.usd,
    provisionedDurationGbSecond: priceIn("lambda.arm64.provisioned-duration", region).usd,
    request: priceIn("lambda.requests", region).usd,
    assumed: provisioned.from === "assumed",
  };
}

/**
 * The share of the time, between 0 and 1, that provisioned environments have to be in use for them to cost less than environments on
 * demand; above 1, never.
 */
export function breakEvenUtilization({ onDemandGbSecond, ...provisioned }: LambdaPrices): number {
  return provisioned.provisionedGbSecond / (onDemandGbSecond - provisioned.provisionedDurationGbSecond);
}
