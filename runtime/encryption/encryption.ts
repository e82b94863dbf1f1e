import type { EncryptionContext } from "./data-keys.js";

/**
 * Encryption of what a service stores or sends, whoever keeps the key: implemented by `Envelope` (KMS) and `TransitEncryption`
 * (Vault); `encryptionFromEnvironment` returns the one that the function was deployed with.
 */
export interface Encryption {
  /** The encrypted message, to be stored as it is; `context` says what it belongs to, is not part of it and is never secret. */
  encrypt(plaintext: Uint8Array, context: EncryptionContext): Promise<Uint8Array>;
  /** What was encrypted with the same context. @throws DecryptionError when message or context were changed */
  decrypt(message: Uint8Array, context: EncryptionContext): Promise<Uint8Array>;
}
