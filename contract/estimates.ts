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
