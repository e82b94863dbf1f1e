import { createSecretKey, type KeyObject } from "node:crypto";
import type { Kms } from "./kms.js";
import { DecryptionError } from "./message-format.js";

/** What a message belongs to, in clear: logged by KMS, never secret. Decrypting needs exactly the same. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** How long one data key is used; more is cheaper, less limits what one lost key opens. */
export interface DataKeyLimits {
  /** In milliseconds: 5 minutes by default. */
  readonly maxAgeMs?: number;
  /** 10,000 by default; at most 2^32, the limit of random initialization vectors. */
  readonly maxMessages?: number;
  /** Of plaintext: 1 GiB by default. */
  readonly maxBytes?: number;
  /** Data keys kept for decrypting, and again for encrypting: 100 by default. */
  readonly maxEntries?: number;
}

/** A data key in clear and as KMS encrypted it. */
export interface DataKey {
  readonly key: KeyObject;
  readonly encrypted: Buffer;
}

interface Entry {
  readonly dataKey: Promise<DataKey>;
  readonly madeAt: number;
  messages: number;
  bytes: number;
}

/** Data keys for the life of the execution environment, one for each encryption context, made and opened by KMS. */
export class DataKeys {
  private readonly making = new Map<string, Entry>();
  private readonly opened = new Map<string, Entry>();
  private readonly limits: Required<DataKeyLimits>;

  constructor(
    /** Of the key's region. */
    private readonly kms: () => Promise<Kms>,
    /** ARN of the multi-Region key. */
    private readonly keyArn: string,
    limits: DataKeyLimits,
    private readonly now: () => number,
  ) {
    this.limits = {
      maxAgeMs: limits.maxAgeMs ?? 5 * 60_000,
      maxMessages: Math.min(limits.maxMessages ?? 10_000, 2 ** 32),
      maxBytes: limits.maxBytes ?? 2 ** 30,
      maxEntries: limits.maxEntries ?? 100,
    };
  }

  /** A key to encrypt one message of so many bytes with; concurrent callers share it. */
  forEncryption(context: EncryptionContext, bytes: number): Promise<DataKey> {
    const id = canonicalContext(context);
    const known = this.making.get(id);
    const entry = known && this.allows(known, bytes) ? known : this.keep(this.making, id, this.generate(context));
    entry.messages += 1;
    entry.bytes += bytes;
    return entry.dataKey;
  }

  /** The key that a message was encrypted with. */
  forDecryption(context: EncryptionContext, encrypted: Buffer): Promise<DataKey> {
    const id = `${encrypted.toString("base64")} ${canonicalContext(context)}`;
    const known = this.opened.get(id);
    const young = known && this.now() - known.madeAt < this.limits.maxAgeMs;
    return (young ? known : this.keep(this.opened, id, this.open(context, encrypted))).dataKey;
  }

  private allows({ madeAt, messages, bytes }: Entry, more: number): boolean {
    const { maxAgeMs, maxMessages, maxBytes } = this.limits;
    return this.now() - madeAt < maxAgeMs && messages < maxMessages && bytes + more <= maxBytes;
  }

  private keep(entries: Map<string, Entry>, id: string, dataKey: Promise<DataKey>): Entry {
    const entry: Entry = { dataKey, madeAt: this.now(), messages: 0, bytes: 0 };
    entries.delete(id);
    entries.set(id, entry);
    const oldest = entries.keys().next();
    if (entries.size > this.limits.maxEntries && !oldest.done) entries.delete(oldest.value);
    // A failure is not kept; the caller gets it from the promise.
    dataKey.catch(() => {
      if (entries.get(id) === entry) entries.delete(id);
    });
    return entry;
  }

  private async generate(context: EncryptionContext): Promise<DataKey> {
    const kms = await this.kms();
    const answer = await kms.generateDataKey({
      KeyId: this.keyArn,
      KeySpec: "AES_256",
      EncryptionContext: { ...context },
    });
    return dataKey(answer.Plaintext, Buffer.from(answer.CiphertextBlob ?? []));
  }

  private async open(context: EncryptionContext, encrypted: Buffer): Promise<DataKey> {
    const kms = await this.kms();
    const answer = await kms
      // The key is named, so that a message cannot make the function use another one.
      .decrypt({ KeyId: this.keyArn, CiphertextBlob: encrypted, EncryptionContext: { ...context } })
      .catch((error: unknown) => {
        const { name } = error as Error;
        if (name !== "InvalidCiphertextException" && name !== "IncorrectKeyException") throw error;
        throw new DecryptionError("The message or its encryption context is not the one that was encrypted.");
      });
    return dataKey(answer.Plaintext, encrypted);
  }
}

/** Equal contexts give equal text, whatever the order of their names. */
export function canonicalContext(context: EncryptionContext): string {
  return JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function dataKey(plaintext: Uint8Array | undefined, encrypted: Buffer): DataKey {
  if (plaintext?.length !== 32) throw new DecryptionError("KMS returned no 256-bit data key; check the key's spec.");
  // A KeyObject shows its bytes neither in logs nor in errors.
  const key = createSecretKey(plaintext);
  plaintext.fill(0);
  return { key, encrypted };
}
