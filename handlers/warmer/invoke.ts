import { SignatureV4 } from "@smithy/signature-v4";
import { dnsSuffix } from "../../runtime/aws/dns-suffix.js";
import { Sha256 } from "../../runtime/aws/sha256.js";
import { abortedBy } from "../../runtime/invocation/time.js";
import { type WarmingAnswer, type WarmingCall, warmingMember } from "../../runtime/warming/warming-call.js";

/** What became of one call. */
export type CallOutcome =
  /** An execution environment has answered. */
  | { readonly outcome: "answered"; readonly environment: string; readonly cold: boolean }
  /** Lambda has refused it, as all executions that the function may have are in use: they are warm. */
  | { readonly outcome: "busy" }
  /** Nobody has answered as a warmed function does. */
  | { readonly outcome: "failed"; readonly because: string };

/** How to call functions. */
export interface InvokerOptions {
  readonly region: string;
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]["credentials"];
  /** For tests and private endpoints; Lambda's of the region by default. */
  readonly endpoint?: string;
}

/** Calls an alias once. */
export type Invoke = (functionName: string, alias: string, holdMs: number) => Promise<CallOutcome>;

/** For a cold start and the hold. */
const timeoutMs = 20_000;

/**
 * Signed requests to Lambda, for which an SDK client would be a large bundle. Calls are not retried: the next round comes soon.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function invoker({ region, credentials, endpoint }: InvokerOptions): Invoke {
  const url = new URL(endpoint ?? `https://lambda.${region}.${dnsSuffix(region)}`);
  const signer = new SignatureV4({ service: "lambda", region, credentials, sha256: Sha256 });
  return async (functionName, alias, holdMs) => {
    const call: WarmingCall = { [warmingMember]: { holdMs } };
    const path = `/2015-03-31/functions/${functionName}/invocations`;
    const request = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      query: { Qualifier: alias },
      headers: {
        host: url.host,
        "content-type": "application/json",
        "x-amz-invocation-type": "RequestResponse",
        "x-amz-log-type": "None",
      },
      body: JSON.stringify(call),
    });
    const { host: _, ...headers } = request.headers;
    try {
      const answer = await fetch(new URL(`${path}?Qualifier=${alias}`, url), {
        method: "POST",
        headers,
        body: request.body,
        signal: abortedBy(AbortSignal.timeout(timeoutMs)),
      });
      const body = await answer.text();
      if (answer.status === 429) return { outcome: "busy" };
      if (!answer.ok) return { outcome: "failed", because: `Lambda answered with ${answer.status}` };
      if (answer.headers.has("x-amz-function-error"))
        return { outcome: "failed", because: "the function failed: its log says why" };
      return answered(body);
    } catch (error) {
      return { outcome: "failed", because: `Lambda did not answer (${(error as Error).name})` };
    }
  };
}

/** What a warmed function answers; anything else comes from a handler that does not know warming calls. */
function answered(body: string): CallOutcome {
  const { warming } = parsed(body);
  if (typeof warming?.environment !== "string" || typeof warming.cold !== "boolean") {
    return { outcome: "failed", because: "its handler does not answer warming calls; wrap it with warmable()" };
  }
  return { outcome: "answered", environment: warming.environment, cold: warming.cold };
}

function parsed(body: string): Partial<WarmingAnswer> {
  try {
    const value = JSON.parse(body) as Partial<WarmingAnswer> | null;
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
