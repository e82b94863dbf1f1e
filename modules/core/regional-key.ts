import type { Grantee } from "./policy";

/** A KMS key with the same key id in several regions, as passed to modules that encrypt. */
export interface RegionalKey {
  /** The ARN of the key, or of its replica, in a region. */
  arnIn(region: string): string;
  /**
   * Allows a principal to encrypt and decrypt with the key in its own region, through one AWS service only.
   * @param viaService the service's endpoint prefix, such as `dynamodb` in `dynamodb.<region>.amazonaws.com`
   */
  grantUse(grantee: Grantee, viaService: string): void;
}
