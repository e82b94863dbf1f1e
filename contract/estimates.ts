/** What something costs, as far as the environment's file shows. */
export interface CostItem {
  /** What is paid for: `queue of failed events of orders`. */
  readonly what: string;
  /** The region that it is paid in; undefined for what is global. */
  readonly region?: string;
  /** US dollars a month. */
  readonly monthlyUsd: number;
  /** How the number is calculated: `1,000,000 requests x 0.40 USD`. */
  readonly made: string;
}

/** How much of an account's quota is used. */
export interface QuotaUse {
  /** Code of the quota: `L-B99A9384`. @see https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html */
  readonly quota: string;
  /** The region that it is used in. */
  readonly region: string;
  /** In the quota's own unit. */
  readonly uses: number;
  /** What uses it. */
  readonly what: string;
}
