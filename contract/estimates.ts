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
