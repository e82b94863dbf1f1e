/** Where a table of prices comes from, and when it was true. */
export interface PriceSource {
  /** Day on which the prices were read, YYYY-MM-DD. */
  readonly asOf: string;
  /** What they were read from. */
  readonly source: string;
  /** The page to compare them with. */
  readonly see: string;
}

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

/** Of Lambda's price list, in US dollars. */
export const lambdaPriceSource: PriceSource = {
  asOf: "2026-09-25",
  source: "AWS Price List, AWSLambda, arm64, first tier",
  see: "https://aws.amazon.com/lambda/pricing/",
};

const everywhere = { onDemandGbSecond: 0.0000133334, request: 0.2e-6 } as const;

/** By region; a region that is missing here is not known, see `lambdaPricesIn`. */
export const lambdaPrices: Readonly<Record<string, LambdaPrices>> = {
  "us-east-1": { ...everywhere, provisionedGbSecond: 0.0000033334, provisionedDurationGbSecond: 0.0000077778 },
  "eu-west-1": { ...everywhere, provisionedGbSecond: 0.0000037168, provisionedDurationGbSecond: 0.0000086726 },
  "eu-central-1": { ...everywhere, provisionedGbSecond: 0.0000040118, provisionedDurationGbSecond: 0.0000093609 },
  "ap-northeast-1": { ...everywhere, provisionedGbSecond: 0.0000043068, provisionedDurationGbSecond: 0.0000100492 },
};

/** The region whose prices stand in for those of a region that is not in the table. */
export const assumedPriceRegion = "eu-west-1";

/** Prices of a region, and whether they are another region's because its own are not in the table. */
export function lambdaPricesIn(region: string): LambdaPrices & { readonly assumed: boolean } {
  const known = lambdaPrices[region];
  return { ...(known ?? (lambdaPrices[assumedPriceRegion] as LambdaPrices)), assumed: known === undefined };
}

/** EventBridge Scheduler, in US dollars for one invocation after the 14 million a month that are free. */
export const schedulerPrice = {
  invocation: 1e-6,
  freePerMonth: 14_000_000,
  asOf: "2026-09-25",
  source: "AWS Price List, AWSEvents, us-east-1; not checked for other regions",
  see: "https://aws.amazon.com/eventbridge/pricing/",
} as const satisfies PriceSource & { readonly invocation: number; readonly freePerMonth: number };

/**
 * The share of the time, between 0 and 1, that provisioned environments have to be in use for them to cost less than environments on
 * demand; above 1, never.
 */
export function breakEvenUtilization({ onDemandGbSecond, ...provisioned }: LambdaPrices): number {
  return provisioned.provisionedGbSecond / (onDemandGbSecond - provisioned.provisionedDurationGbSecond);
}

/** Hours of a month, as AWS's bills count them on average. */
export const hoursPerMonth = 730;
