import { type BinaryLike, createHash, createHmac } from "node:crypto";

/** Node.js's SHA-256 in the form that the signer takes. */
export class Sha256 {
  private readonly hash;

  constructor(secret?: BinaryLike | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as BinaryLike);
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    // Each signature makes a new one.
  }
}
