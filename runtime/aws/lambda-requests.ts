import { SignatureV4 } from "@smithy/signature-v4";
import { abortedBy } from "../invocation/time.js";
import { dnsSuffix } from "./dns-suffix.js";
import { Sha256 } from "./sha256.js";

/** How to call Lambda. */
export interface LambdaOptions {
  readonly region: string;
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]["credentials"];
  /** For tests and private endpoints; Lambda's of the region by default. */
  readonly endpoint?: string;
}

/** One request to Lambda. */
export interface LambdaRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Milliseconds to wait for the answer; 5,000 if left out. */
  readonly timeoutMs?: number;
}

/** What Lambda has answered. */
export interface LambdaAnswer {
  readonly answer: Response;
  readonly text: string;
}

const usualTimeoutMs = 5_000;

/**
 * Signed requests to Lambda, for which an SDK client would be a large bundle. None is retried.
 * @returns sends one request; it rejects with what `fetch` rejects with
 */
export function lambdaRequests({
  region,
  credentials,
  endpoint,
}: LambdaOptions): (request: LambdaRequest) => Promise<LambdaAnswer> {
  const url = new URL(endpoint ?? `https://lambda.${region}.${dnsSuffix(region)}`);
  const signer = new SignatureV4({ service: "lambda", region, credentials, sha256: Sha256 });
  return async ({ method, path, query = {}, body, timeoutMs = usualTimeoutMs }) => {
    const request = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      query: { ...query },
      headers: { host: url.host, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const { host: _, ...headers } = request.headers;
    const target = new URL(path, url);
    target.search = new URLSearchParams(query).toString();
    const signal = abortedBy(AbortSignal.timeout(timeoutMs));
    const answer = await fetch(target, { method, headers, body: request.body, signal });
    return { answer, text: await answer.text() };
  };
}
