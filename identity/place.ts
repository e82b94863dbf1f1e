import type { Identity } from "./identity";
import type { Values } from "./rule";

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

/**
 * The account that an AWS provider works in, as far as its configuration says so literally: the only one that it allows, else
 * that of the last role it assumes.
 * @param configuration arguments by Terraform name
 */
export function accountOfProvider({ allowed_account_ids: allowed, assume_role: roles }: Values): string | undefined {
  const [account] = Array.isArray(allowed) ? allowed : [];
  if (typeof account === "string" && account !== "") return account;
  const role = [roles].flat().at(-1);
  const arn = typeof role === "object" && role !== null ? (role as Values).role_arn : undefined;
  return typeof arn === "string" ? /^arn:[^:]+:iam::(\d{12}):role\//.exec(arn)?.[1] : undefined;
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
