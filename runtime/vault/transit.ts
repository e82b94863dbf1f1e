import { lastError, retry } from "../resilience/retry.js";
import type { VaultClient } from "./vault-client.js";
import { segment, VaultError } from "./vault-http.js";

/** In milliseconds. A server that starts again, or hands over to another one, is away for a moment. */
const backoff = {
  attempts: 3,
  baseDelayMs: 100,
  maxDelayMs: 400,
  isRetryable: (error: unknown) => error instanceof VaultError && error.mayPass,
};

/** Which key to use. */
export interface TransitOptions {
  readonly vault: VaultClient;
  /** Name of the transit key. */
  readonly key: string;
  /** Path of the engine: `transit` by default. */
  readonly mount?: string;
}

/**
 * Encryption as a service: the key never leaves Vault, so each call is one request. The key is a derived one: its `context` can be
 * rewrapped, which Vault cannot do with associated data.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export class Transit {
  constructor(private readonly options: TransitOptions) {}

  /**
   * `vault:v<version>:...`, with the newest version of the key, or with an older one that a canary keeps to.
   * @param context what the message belongs to, needed again to decrypt: Vault derives a key for it
   */
  encrypt(plaintext: Uint8Array, context: string, keyVersion?: number): Promise<string> {
    return this.call("encrypt", "ciphertext", {
      plaintext: Buffer.from(plaintext).toString("base64"),
      context: Buffer.from(context).toString("base64"),
      ...(keyVersion === undefined ? {} : { key_version: keyVersion }),
    });
  }

  /** What was encrypted with the same context. @throws VaultError */
  async decrypt(ciphertext: string, context: string): Promise<Buffer> {
    const plaintext = await this.call("decrypt", "plaintext", {
      ciphertext,
      context: Buffer.from(context).toString("base64"),
    });
    return Buffer.from(plaintext, "base64");
  }

  /** The same message with the newest version of the key, without its text leaving Vault: needed before `min_decryption_version` rises. */
  rewrap(ciphertext: string, context: string): Promise<string> {
    return this.call("rewrap", "ciphertext", {
      ciphertext,
      context: Buffer.from(context).toString("base64"),
    });
  }

  private async call(verb: string, field: string, body: object): Promise<string> {
    const { vault, key, mount = "transit" } = this.options;
    const path = `${segment(mount)}/${verb}/${segment(key)}`;
    const { data } = await retry(() => vault.request({ method: "POST", path, body }), backoff).catch(
      (error: unknown) => {
        throw lastError(error);
      },
    );
    const value = data?.[field];
    if (typeof value !== "string") throw new VaultError(path, 0, [`the answer has no ${field}`]);
    return value;
  }
}
