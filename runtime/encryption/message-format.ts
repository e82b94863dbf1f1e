/** What an encrypted message is made of; see the README for its bytes. */
export interface EncryptedMessage {
  /** Id of the multi-Region key, `mrk-...`: the same in each region. */
  readonly keyId: string;
  /** The data key, encrypted by KMS. */
  readonly encryptedDataKey: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
  /** Everything before the ciphertext, which is authenticated with it. */
  readonly header: Buffer;
}

/** A message that was not encrypted here, or has been changed since; it does not say more. */
export class DecryptionError extends Error {
  override readonly name = "DecryptionError";
}

const magic = Buffer.from("EKM1");
export const ivBytes = 12;
const tagBytes = 16;

/** The bytes before the ciphertext: magic, key id, encrypted data key (each with its length in 2 bytes), initialization vector. */
export function encodeHeader(keyId: string, encryptedDataKey: Uint8Array, iv: Buffer): Buffer {
  return Buffer.concat([magic, sized(Buffer.from(keyId)), sized(encryptedDataKey), iv]);
}

/** Whether a message was encrypted with KMS, and not by Vault; it may be damaged all the same. */
export function isEnvelope(message: Uint8Array): boolean {
  return Buffer.from(message.buffer, message.byteOffset, message.byteLength).subarray(0, magic.length).equals(magic);
}

/** Splits a message into its parts. @throws DecryptionError when it is not a message */
export function decodeMessage(message: Uint8Array): EncryptedMessage {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new DecryptionError("The message is cut off; pass all its bytes.");
    at += length;
    return bytes.subarray(at - length, at);
  };
  if (!take(Math.min(magic.length, bytes.length)).equals(magic)) {
    throw new DecryptionError("The bytes are not an encrypted message of this library; pass what encrypt returned.");
  }
  const keyId = take(take(2).readUInt16BE()).toString();
  const encryptedDataKey = take(take(2).readUInt16BE());
  const iv = take(ivBytes);
  const header = bytes.subarray(0, at);
  const ciphertext = take(Math.max(0, bytes.length - at - tagBytes));
  return { keyId, encryptedDataKey, iv, header, ciphertext, tag: take(tagBytes) };
}

function sized(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
