// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `encryptionKeyConfig` takes: fields with defaults may be left out. */
export interface EncryptionKeyInput {
  /**
   * What the key protects, for anyone who finds it in the console.
   *
   * Takes `string of at most 8192 characters`.
   *
   * @defaultValue `"Data of this environment"`
   */
  readonly description?: string;
  /**
   * Days between automatic rotations of the key material. Old material can still decrypt.
   *
   * Takes `integer 90..2560`.
   *
   * @defaultValue `365`
   */
  readonly rotationPeriodDays?: number;
  /**
   * Days between scheduling the deletion of the key and losing it, together with everything that it encrypts.
   *
   * Takes `integer 7..30`.
   *
   * @defaultValue `30`
   */
  readonly deletionWindowDays?: number;
  /**
   * Roles that may administer the key, but not use it, regardless of their IAM policies. They must exist: KMS rejects a policy that names an unknown role.
   *
   * @defaultValue `[]`
   */
  readonly administrators?: readonly string[];
}

/** What `existingKeys` takes: fields with defaults may be left out. */
export type ExistingKeysInput = { readonly [K in AwsRegion]?: string };

