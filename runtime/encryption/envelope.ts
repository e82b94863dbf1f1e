import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KMSClient } from "@aws-sdk/client-kms";
import { onDemand } from "../aws/on-demand.js";
import { canonicalContext, type DataKeyLimits, DataKeys, type EncryptionContext } from "./data-keys.js";
import type { Encryption } from "./encryption.js";
import { DecryptionError, decodeMessage, encodeHeader, ivBytes } from "./message-format.js";

export type { DataKeyLimits, EncryptionContext };
export { DecryptionError };

/** What encrypting and decrypting need. */
export interface EnvelopeOptions {
  /** ARN of the multi-Region key, or of its replica, in the function's own region. */
  readonly keyArn: string;
  readonly limits?: DataKeyLimits;
  /** For tests and private endpoints; made for the key's region by default. */
  readonly client?: KMSClient;
  readonly now?: () => number;
}

const algorithm = "aes-256-gcm";

/**
 * Envelope encryption: AES-256-GCM with data keys of KMS. The key is a multi-Region key, so what is encrypted in one region can
 * be decrypted in each region that has a replica. The client of KMS is loaded with the first message.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class Envelope implements Encryption {
  private readonly keyId: string;
  private readonly dataKeys: DataKeys;

  constructor({ keyArn, limits = {}, client, now = Date.now }: EnvelopeOptions) {
    const [, region, keyId] = /^arn:[\w-]+:kms:([\w-]+):\d{12}:key\/(mrk-[\w-]+)$/.exec(keyArn) ?? [];
    if (region === undefined || keyId === undefined) {
      throw new TypeError(
        `"${keyArn}" is not the ARN of a multi-Region key; pass arn:aws:kms:<region>:<account>:key/mrk-..., not an alias.`,
      );
    }
    this.keyId = keyId;
    const kms = onDemand(async () => {
      const { createKmsClient, kmsWith } = await import("./kms.js");
      return kmsWith(client ?? createKmsClient(region));
    });
    this.dataKeys = new DataKeys(kms, keyArn, limits, now);
  }

  /** The encrypted message; `context` is authenticated with it but not part of it. */
  async encrypt(plaintext: Uint8Array, context: EncryptionContext): Promise<Buffer> {
    const { key, encrypted } = await this.dataKeys.forEncryption(context, plaintext.byteLength);
    const iv = randomBytes(ivBytes);
    const header = encodeHeader(this.keyId, encrypted, iv);
    const cipher = createCipheriv(algorithm, key, iv).setAAD(authenticated(header, context));
    return Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** What was encrypted with the same context, in whichever region. @throws DecryptionError when message or context were changed */
  async decrypt(message: Uint8Array, context: EncryptionContext): Promise<Buffer> {
    const { keyId, encryptedDataKey, iv, header, ciphertext, tag } = decodeMessage(message);
    if (keyId !== this.keyId) {
      throw new DecryptionError("The message was encrypted with another key; use an Envelope with that key.");
    }
    const { key } = await this.dataKeys.forDecryption(context, encryptedDataKey);
    const decipher = createDecipheriv(algorithm, key, iv).setAAD(authenticated(header, context)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    } catch {
      throw new DecryptionError("The message or its encryption context is not the one that was encrypted.");
    }
  }
}

function authenticated(header: Buffer, context: EncryptionContext): Buffer {
  return Buffer.concat([header, Buffer.from(canonicalContext(context))]);
}
