/** What an account has to have before the first deployment. */
export interface AccountNeed {
  /** Undefined for what the whole account has. */
  readonly region?: string;
  /** In words, with numbers where there are any. */
  readonly what: string;
  /** The command of AWS's command line that shows whether it is there. */
  readonly check: string;
  /** The command that makes it, where one does. */
  readonly make?: string;
  /** True where it follows from AWS's documentation or lists; false where it was not verified. */
  readonly certain: boolean;
}

/** A resource that needs something of its account. */
export interface NeedingResource {
  readonly type: string;
  /** Undefined for a resource whose provider has no region in its name. */
  readonly region?: string;
  readonly reservedConcurrency: number;
}
