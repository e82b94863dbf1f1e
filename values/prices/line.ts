/** US dollars in each region of the table, or one number where a price is the same in every region. */
export type UsdByRegion = number | Readonly<Record<string, number>>;

/** One line of AWS's price list. */
export interface PriceLine {
  /** The service, as bills name it. */
  readonly service: string;
  /** What one unit is: `request`, `GB-month`. */
  readonly unit: string;
  /** How many units the price is for. */
  readonly per: number;
  /** US dollars, without a volume discount. */
  readonly usd: UsdByRegion;
  /** Day on which the price was read, YYYY-MM-DD. */
  readonly asOf: string;
  /** The page of AWS to compare it with. */
  readonly source: string;
  /** Whether it was read from AWS's price list. `false`, or the regions named, are known second-hand only. */
  readonly verified: true | false | { readonly except: readonly string[] };
  /** Units of a month that an account does not pay, in all its regions together, for as long as it exists. */
  readonly free?: number;
}

/** What the lines of one service have in common. */
type Common = Pick<PriceLine, "service" | "source" | "asOf">;

/** Makes lines of one service. */
export const linesOf =
  (common: Common) =>
  (
    unit: string,
    per: number,
    usd: UsdByRegion,
    rest: Partial<Pick<PriceLine, "verified" | "free" | "asOf">> = {},
  ): PriceLine => ({
    ...common,
    unit,
    per,
    usd,
    verified: true,
    ...rest,
  });

/** Regions with a price of their own on most lines. */
export const pricedRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "eu-west-1",
  "eu-central-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
] as const;

/** One price for Virginia, Ohio and Oregon, which AWS prices alike, then those of the other regions of the table in its order. */
export function inRegions(us: number, ...others: readonly number[]): Readonly<Record<string, number>> {
  const all = [us, us, us, ...others];
  return Object.fromEntries(
    pricedRegions.flatMap((region, index) => (index in all ? [[region, all[index] ?? 0]] : [])),
  );
}
