import type { Encryption } from "../../runtime/encryption/encryption";
import { UnprocessableError } from "../../runtime/errors/service-errors";

interface Owner {
  readonly customerId: string;
}

/** Notes of orders, encrypted for their customers; without encryption the function neither stores nor shows notes. */
export class OrderNotes {
  constructor(private readonly encryption: Encryption | undefined) {}

  /** The encrypted note, if there is one. @throws UnprocessableError if it could only be stored in clear */
  async encrypt({ customerId, note }: Owner & { readonly note?: string }): Promise<Uint8Array | undefined> {
    if (note === undefined) return undefined;
    if (this.encryption) return this.encryption.encrypt(Buffer.from(note), context(customerId));
    throw new UnprocessableError(
      "This service does not store notes, because it has no key to encrypt them; leave note out.",
    );
  }

  async decrypt({ customerId }: Owner, note: Uint8Array): Promise<string | undefined> {
    const text = await this.encryption?.decrypt(note, context(customerId));
    return text && Buffer.from(text).toString();
  }
}

/** A note that was moved to another customer's order cannot be decrypted. */
const context = (customerId: string) => ({ customer: customerId, field: "note" });
