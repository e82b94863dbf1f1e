import { SignatureV4 } from "@smithy/signature-v4";
import { dnsSuffix } from "../../runtime/aws/dns-suffix.js";
import { Sha256 } from "../../runtime/aws/sha256.js";
import { type ProbeAnswer, type ProbeCall, probeMember } from "../../runtime/breaker/probe-call.js";
import { errorName } from "../../runtime/errors/error-name.js";
import { abortedBy } from "../../runtime/invocation/time.js";

/** What is asked of Lambda. */
export interface Lambda {
  /** The state of a mapping, such as `Enabled` or `Disabling`. @throws LambdaError */
  mappingState(uuid: string): Promise<string>;
  /** Has a mapping read its queue or not; false if Lambda is still changing it, or asks to come later. @throws LambdaError */
  enableMapping(uuid: string, enabled: boolean): Promise<boolean>;
  /** Has a function probe a dependency; what the outcome was, or why nothing is known. */
  probe(functionName: string, alias: string, dependency: string, timeoutMs: number): Promise<string>;
}

/** Lambda has refused a request, or not answered. */
export class LambdaError extends Error {
  override readonly name = "LambdaError";
}

/** How to call Lambda. */
export interface LambdaOptions {
  readonly region: string;
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]["credentials"];
  /** For tests and private endpoints; Lambda's of the region by default. */
  readonly endpoint?: string;
}

const timeoutMs = 5_000;

/**
 * Signed requests to Lambda, for which an SDK client would be a large bundle. None is retried: the next round comes in seconds.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export function lambdaOf({ region, credentials, endpoint }: LambdaOptions): Lambda {
  const url = new URL(endpoint ?? `https://lambda.${region}.${dnsSuffix(region)}`);
  const signer = new SignatureV4({ service: "lambda", region, credentials, sha256: Sha256 });

  const send = async (
    method: string,
    path: string,
    body?: object,
    query: Record<string, string> = {},
    ms = timeoutMs,
  ) => {
    const request = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      query,
      headers: { host: url.host, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const { host: _, ...headers } = request.headers;
    const target = new URL(path, url);
    target.search = new URLSearchParams(query).toString();
    const signal = abortedBy(AbortSignal.timeout(ms));
    const answer = await fetch(target, { method, headers, body: request.body, signal });
    return { answer, text: await answer.text() };
  };
  const sent: typeof send = async (...request) => {
    try {
      return await send(...request);
    } catch (error) {
      throw new LambdaError(`Lambda did not answer (${errorName(error)}); the next round asks again.`);
    }
  };
  const refused = (what: string, status: number) =>
    new LambdaError(
      `Lambda answered ${what} with ${status}; look at the policy of the function's role, and whether the mapping is there.`,
    );
  const mapping = (uuid: string) => `/2015-03-31/event-source-mappings/${uuid}`;

  return {
    async mappingState(uuid) {
      const { answer, text } = await sent("GET", mapping(uuid));
      if (!answer.ok) throw refused("GetEventSourceMapping", answer.status);
      return String((JSON.parse(text) as { State?: unknown }).State);
    },
    async enableMapping(uuid, enabled) {
      const { answer } = await sent("PUT", mapping(uuid), { Enabled: enabled });
      // One update of a mapping at a time, and few in a second.
      const isInUse = answer.headers.get("x-amzn-errortype")?.startsWith("ResourceInUseException");
      if (isInUse || answer.status === 409 || answer.status === 429) return false;
      if (!answer.ok) throw refused("UpdateEventSourceMapping", answer.status);
      return true;
    },
    async probe(functionName, alias, dependency, ms) {
      const call: ProbeCall = { [probeMember]: { dependency } };
      const path = `/2015-03-31/functions/${functionName}/invocations`;
      try {
        const { answer, text } = await send("POST", path, call, { Qualifier: alias }, ms);
        if (!answer.ok) return `Lambda answered with ${answer.status}`;
        if (answer.headers.has("x-amz-function-error")) return "the function failed: its log says why";
        const { probe } = JSON.parse(text) as Partial<ProbeAnswer>;
        return probe ? probe.outcome : "its handler does not answer probe calls";
      } catch (error) {
        return `Lambda did not answer (${errorName(error)})`;
      }
    },
  };
}
