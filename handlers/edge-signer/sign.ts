import { SignatureV4 } from "@smithy/signature-v4";
import type { CloudFrontRequest, CloudFrontResultResponse } from "aws-lambda";
import { Sha256 } from "../../runtime/aws/sha256.js";
import { refusal } from "./refusal.js";

/** Credentials of the function's role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the signature is in, and what it is of. A viewer's own are replaced. */
const signatureHeaders = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];

/** The region in the default endpoint of an API. */
const endpoint = /^[a-z0-9]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/;

/**
 * Signs a request to an API as the role of the function (Signature Version 4), so that the API may refuse all others.
 * Method, path, query, host and body are signed. The query is sent in the form that is signed.
 * @returns the request; or an answer, where it is not one that can be signed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function sign(
  request: CloudFrontRequest,
  credentials: Credentials,
  now: Date,
): Promise<CloudFrontRequest | CloudFrontResultResponse> {
  const hostname = request.origin?.custom?.domainName ?? "";
  const [, region] = endpoint.exec(hostname) ?? [];
  if (region === undefined)
    throw new Error("The origin is not the default endpoint of an API, so nothing can be signed for it.");
  // Lambda@Edge passes the first megabyte on; what comes after it could not be signed.
  if (request.body?.inputTruncated) return refusal("413", "The request body is too large");
  const query = parsedQuery(request.querystring);
  if (!query) return refusal("400", "The request is not valid");
  const signer = new SignatureV4({ service: "execute-api", region, credentials, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: "https:",
      hostname,
      path: request.uri,
      query,
      headers: { host: hostname },
      body: request.body
        ? Buffer.from(request.body.data, request.body.encoding === "base64" ? "base64" : "utf8")
        : undefined,
    },
    { signingDate: now },
  );
  for (const name of signatureHeaders) delete request.headers[name];
  for (const [name, value] of Object.entries(signed.headers)) {
    const key = name.toLowerCase();
    if (key !== "host") request.headers[key] = [{ key, value }];
  }
  request.querystring = writtenQuery(query);
  return request;
}

/** The parameters of a query; undefined if it is not percent-encoded text. */
function parsedQuery(text: string): Record<string, string[]> | undefined {
  const query = new Map<string, string[]>();
  try {
    for (const pair of text.split("&").filter((part) => part !== "")) {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      const key = decoded(name);
      query.set(key, [...(query.get(key) ?? []), decoded(value)]);
    }
  } catch {
    return undefined;
  }
  // A viewer's own signature in the query would contradict that of the function.
  return Object.fromEntries([...query].filter(([name]) => !/^x-amz-/i.test(name)));
}

const decoded = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

const writtenQuery = (query: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(query)
    .flatMap(([name, values]) => values.map((value) => `${encoded(name)}=${encoded(value)}`))
    .join("&");

/** As Signature Version 4 encodes: everything but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
