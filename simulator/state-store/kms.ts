import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { AwsRequest, AwsResponse } from "./http";

/** What KMS says of a key: `Enabled`, `Disabled`, `PendingDeletion`; undefined for one that is not known. */
export type KeyStates = (arn: string) => string | undefined;

interface Call {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly NumberOfBytes?: number;
  readonly KeySpec?: string;
}

const ivBytes = 12;
const tagBytes = 16;
const keyArn = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):(key|alias)\/(.+)$/;

/**
 * Encrypts and decrypts as KMS does, under keys that are made of their ARNs: what one has encrypted only it opens, or a replica of it in
 * another region, with the same encryption context. Anybody can make such a key: it protects nothing. Undefined for other calls.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export function answerKms(
  request: AwsRequest,
  account: string,
  stateOf: KeyStates = () => undefined,
): AwsResponse | undefined {
  const { action, region } = request;
  if (action !== "GenerateDataKey" && action !== "Encrypt" && action !== "Decrypt") return undefined;
  const call = JSON.parse(request.body.toString("utf8")) as Call;
  const context = contextOf(call.EncryptionContext);
  if (action === "Decrypt") {
    const sealed = Buffer.from(call.CiphertextBlob ?? "", "base64");
    const length = sealed.readUInt16BE(0);
    const of = sealed.toString("utf8", 2, 2 + length);
    const opened = open(sealed.subarray(2 + length), of, context);
    if (!opened) return refusal("InvalidCiphertextException");
    const [, , owner = "", , id = ""] = keyArn.exec(of) ?? [];
    const here = id.startsWith("mrk-") ? of.replace(/:kms:[^:]+:/, `:kms:${region}:`) : of;
    const found = find(call.KeyId ?? here, region, owner, stateOf);
    if ("status" in found) return found;
    if (material(found.arn) !== material(of)) return refusal("IncorrectKeyException");
    return json({ KeyId: found.arn, Plaintext: opened.toString("base64"), EncryptionAlgorithm: "SYMMETRIC_DEFAULT" });
  }
  const found = find(call.KeyId ?? "", region, account, stateOf);
  if ("status" in found) return found;
  const { arn } = found;
  if (action === "Encrypt") {
    const plaintext = Buffer.from(call.Plaintext ?? "", "base64");
    if (plaintext.length === 0 || plaintext.length > 4096) return refusal("ValidationException");
    const blob = seal(plaintext, arn, context).toString("base64");
    return json({ KeyId: arn, CiphertextBlob: blob, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" });
  }
  const bytes = call.NumberOfBytes ?? (call.KeySpec === "AES_128" ? 16 : 32);
  if (!(bytes >= 1 && bytes <= 1024)) return refusal("ValidationException");
  const key = randomBytes(bytes);
  return json({
    KeyId: arn,
    Plaintext: key.toString("base64"),
    CiphertextBlob: seal(key, arn, context).toString("base64"),
  });
}

/** The key that an id, an alias or an ARN names in a region, or why KMS does not use it. */
function find(id: string, region: string, account: string, stateOf: KeyStates): { arn: string } | AwsResponse {
  const given = id.startsWith("arn:")
    ? id
    : `arn:aws:kms:${region}:${account}:${id.startsWith("alias/") ? id : `key/${id}`}`;
  const [, at, , kind, name = ""] = keyArn.exec(given) ?? [];
  if (at !== region) return refusal("NotFoundException", `Invalid arn ${at ?? given}`);
  const arn = kind === "alias" ? given.replace(/alias\/.*$/, `key/${uuidOf(name)}`) : given;
  const state = stateOf(arn) ?? "Enabled";
  if (state === "Disabled") return refusal("DisabledException", `${arn} is disabled.`);
  if (state === "Missing") return refusal("NotFoundException", `Key '${arn}' does not exist`);
  if (state !== "Enabled")
    return refusal("KMSInvalidStateException", `${arn} is ${state.replace("PendingDeletion", "pending deletion")}.`);
  return { arn };
}

/** Replicas of a multi-Region key have the same material. */
const material = (arn: string): string => (arn.includes(":key/mrk-") ? arn.replace(/:kms:[^:]+:/, ":kms::") : arn);

const secretOf = (arn: string): Buffer => Buffer.from(hkdfSync("sha256", material(arn), "", "simulated KMS", 32));

function seal(plaintext: Buffer, arn: string, context: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", secretOf(arn), iv).setAAD(context);
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(arn));
  return Buffer.concat([length, Buffer.from(arn), iv, cipher.getAuthTag(), sealed]);
}

function open(sealed: Buffer, arn: string, context: Buffer): Buffer | undefined {
  try {
    const iv = sealed.subarray(0, ivBytes);
    const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
    const decipher = createDecipheriv("aes-256-gcm", secretOf(arn), iv, { authTagLength: tagBytes })
      .setAAD(context)
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const contextOf = (context: Readonly<Record<string, string>> = {}): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));

function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const json = (value: unknown): AwsResponse => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(value),
});

const refusal = (type: string, message = ""): AwsResponse => ({
  status: 400,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": type },
  body: JSON.stringify({ __type: type, message }),
});
