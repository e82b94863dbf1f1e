import { createHash, createHmac } from "node:crypto";

/** An HTTP request as it leaves CloudFront. */
export interface ReceivedRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: Buffer | string, data: string): Buffer => createHmac("sha256", key).update(data).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The longest that the clock of a caller may differ, in milliseconds. */
const skewMs = 300_000;

/**
 * What API Gateway answers to a request of an `AWS_IAM` route, by the documentation of Signature Version 4 alone: 200 for one
 * that this key signed for this request and region, otherwise 403.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function answerOfApiGateway(
  request: ReceivedRequest,
  key: { readonly id: string; readonly secret: string; readonly token: string },
  now: Date,
): 200 | 403 {
  const { method, host, path, query, headers, body } = request;
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z-]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
  const [, id, day = "", region = "", service, signedHeaders = "", signature] =
    form.exec(headers.authorization ?? "") ?? [];
  const date = headers["x-amz-date"] ?? "";
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const names = signedHeaders.split(";");
  if (id !== key.id || headers["x-amz-security-token"] !== key.token) return 403;
  if (!names.includes("host") || !names.includes("x-amz-date") || !date.startsWith(day)) return 403;
  if (!(Math.abs(now.getTime() - at) <= skewMs)) return 403;
  if (service !== "execute-api" || region !== host.split(".")[2]) return 403;
  const canonicalQuery = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => pair.split("=").map((part) => encode(decodeURIComponent(part))))
    .map(([name = "", value = ""]) => `${name}=${value}`)
    .sort()
    .join("&");
  const canonical = [
    method,
    path.split("/").map(encode).join("/"),
    canonicalQuery,
    ...names.map((name) => `${name}:${(name === "host" ? host : (headers[name] ?? "")).trim()}`),
    "",
    signedHeaders,
    sha256(body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
  const signingKey = [day, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${key.secret}`);
  return hmac(signingKey, toSign).toString("hex") === signature ? 200 : 403;
}
