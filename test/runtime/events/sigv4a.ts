import { createECDH, createHash, createHmac, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { IncomingMessage } from "node:http";

const algorithm = "AWS4-ECDSA-P256-SHA256";
/** Order of the curve P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** What a SigV4A request says of itself, and whether its signature is right. */
export interface CheckedSignature {
  readonly algorithm: string;
  /** `<date>/<service>/aws4_request`: other than in SigV4, without a region. */
  readonly scope: string;
  readonly accessKeyId: string;
  readonly regionSet: string;
  readonly signedHeaders: readonly string[];
  readonly valid: boolean;
}

/**
 * The public key that belongs to a secret access key, by the key derivation of SigV4A (NIST SP 800-108, counter mode).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function publicKeyOf(accessKeyId: string, secretAccessKey: string): KeyObject {
  for (let counter = 1; counter < 255; counter += 1) {
    const input = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from(algorithm),
      Buffer.from([0]),
      Buffer.from(accessKeyId),
      Buffer.from([counter]),
      Buffer.from([0, 0, 1, 0]),
    ]);
    const candidate = BigInt(`0x${createHmac("sha256", `AWS4A${secretAccessKey}`).update(input).digest("hex")}`);
    if (candidate > order - 2n) continue;
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey(Buffer.from((candidate + 1n).toString(16).padStart(64, "0"), "hex"));
    const point = ecdh.getPublicKey();
    const coordinate = (from: number) => point.subarray(from, from + 32).toString("base64url");
    return createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) } });
  }
  throw new Error("no key follows from this secret");
}

/** Checks a request as AWS would, from what came over the wire alone. */
export function checkSignature(request: IncomingMessage, body: string, secretAccessKey: string): CheckedSignature {
  const header = (name: string) => String(request.headers[name] ?? "");
  const [, used = "", credential = "", signed = "", signature = ""] =
    /^(\S+) Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]+)$/.exec(header("authorization")) ?? [];
  const [accessKeyId = "", ...scope] = credential.split("/");
  const signedHeaders = signed.split(";");
  const url = new URL(request.url ?? "/", "http://test");
  const canonicalRequest = [
    request.method,
    url.pathname,
    url.searchParams.toString(),
    ...signedHeaders.map((name) => `${name}:${header(name).trim()}`),
    "",
    signed,
    sha256(body),
  ].join("\n");
  const toSign = [algorithm, header("x-amz-date"), scope.join("/"), sha256(canonicalRequest)].join("\n");
  return {
    algorithm: used,
    scope: scope.join("/"),
    accessKeyId,
    regionSet: header("x-amz-region-set"),
    signedHeaders,
    valid: verify(
      "sha256",
      Buffer.from(toSign),
      publicKeyOf(accessKeyId, secretAccessKey),
      Buffer.from(signature, "hex"),
    ),
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
