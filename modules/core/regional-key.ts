import type { Grantee } from "./policy";

/** What a principal does with a key: what it only reads, it only decrypts. */
export type KeyUse = "encrypt-decrypt" | "decrypt";

/** A KMS key with the same key id in several regions, as passed to modules that encrypt. */
export interface RegionalKey {
  /** The ARN of the key, or of its replica, in a region. */
  arnIn(region: string): string;
  /**
   * Allows a principal to use the key in its own region, through one AWS service only.
   * @param viaService the service's endpoint prefix, such as `dynamodb` in `dynamodb.<region>.amazonaws.com`
   * @param use `decrypt` for a principal that only reads; encrypts as well if left out
   */
  grantUse(grantee: Grantee, viaService: string, use?: KeyUse): void;
}
