import type { Grantee } from "./policy";

/** A KMS key that exists in several regions under one key id: what modules that encrypt are given. */
export interface RegionalKey {
  /** The ARN of the key, or of its replica, in a region. */
  arnIn(region: string): string;
  /**
   * Lets a principal encrypt and decrypt with the key of its own region, through one AWS service only.
   * @param viaService the service's endpoint prefix, `dynamodb` for `dynamodb.<region>.amazonaws.com`
   */
  grantUse(grantee: Grantee, viaService: string): void;
}
