import type { Identity } from "./identity";

/** Where a provider makes what it makes. */
export interface Place {
  /** AWS account id, 12 digits; for Vault, its address. */
  readonly account: string;
  readonly region: string;
}

/** The partition that a region is in, which is where names for everybody end. */
function partitionOf(region: string): string {
  const [, prefix] = /^(cn|us-gov|us-iso\w*|eu-iso\w*|eusc)-/.exec(region) ?? [];
  return prefix ?? "aws";
}

/** A text that is equal for two resources if they are one thing in AWS, and only then. */
export function uniqueKey({ type, scope, key, region }: Identity, place: Place): string {
  const home = region ?? place.region;
  const within = {
    region: [place.account, home],
    account: [place.account],
    partition: [partitionOf(home)],
  }[scope];
  return JSON.stringify([type, ...within, key]);
}
