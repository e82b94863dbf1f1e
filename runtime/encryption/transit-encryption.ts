import { UnavailableError } from "../errors/service-errors.js";
import type { Transit } from "../vault/transit.js";
import { VaultError } from "../vault/vault-http.js";
import { canonicalContext, type EncryptionContext } from "./data-keys.js";
import type { Encryption } from "./encryption.js";
import { DecryptionError } from "./message-format.js";

/** Vault's transit engine as an `Encryption`: a message is the text `vault:v<version>:...`, as bytes. */
export class TransitEncryption implements Encryption {
  constructor(private readonly transit: Transit) {}

  async encrypt(plaintext: Uint8Array, context: EncryptionContext): Promise<Buffer> {
    return Buffer.from(await this.transit.encrypt(plaintext, canonicalContext(context)).catch(explained));
  }

  async decrypt(message: Uint8Array, context: EncryptionContext): Promise<Buffer> {
    const text = Buffer.from(message).toString();
    if (!/^vault:v\d+:/.test(text)) throw new DecryptionError("The bytes are not a message of Vault's transit engine.");
    return this.transit.decrypt(text, canonicalContext(context)).catch((error: unknown) => {
      // Vault answers so for a changed message and for another context.
      if (error instanceof VaultError && error.status === 400) {
        throw new DecryptionError("The message or its encryption context is not the one that was encrypted.");
      }
      return explained(error);
    });
  }
}

/** If Vault is away, sealed or busy, callers are told to try again. */
function explained(error: unknown): never {
  if (error instanceof VaultError && error.mayPass) {
    throw new UnavailableError("A dependency of the service does not answer; send the request again later.", {
      cause: error,
    });
  }
  throw error;
}
