import { type LambdaOptions, lambdaRequests } from "../../runtime/aws/lambda-requests.js";
import { errorName } from "../../runtime/errors/error-name.js";
import { type WarmingAnswer, type WarmingCall, warmingMember } from "../../runtime/warming/warming-call.js";

/** What became of one call. */
export type CallOutcome =
  /** An execution environment has answered. */
  | { readonly outcome: "answered"; readonly environment: string; readonly cold: boolean }
  /** Lambda has refused it, as all executions that the function may have are in use: they are warm. */
  | { readonly outcome: "busy" }
  /** Nobody has answered as a warmed function does. */
  | { readonly outcome: "failed"; readonly because: string };

/** Calls an alias once. */
export type Invoke = (functionName: string, alias: string, holdMs: number) => Promise<CallOutcome>;

/** For a cold start and the hold. */
const timeoutMs = 20_000;

/**
 * Signed requests to Lambda, for which an SDK client would be a large bundle. Calls are not retried: the next round comes soon.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function invoker(options: LambdaOptions): Invoke {
  const send = lambdaRequests(options);
  return async (functionName, alias, holdMs) => {
    const call: WarmingCall = { [warmingMember]: { holdMs } };
    const path = `/2015-03-31/functions/${functionName}/invocations`;
    try {
      const { answer, text } = await send({
        method: "POST",
        path,
        query: { Qualifier: alias },
        body: call,
        timeoutMs,
      });
      if (answer.status === 429) return { outcome: "busy" };
      if (!answer.ok) return { outcome: "failed", because: `Lambda answered with ${answer.status}` };
      if (answer.headers.has("x-amz-function-error"))
        return { outcome: "failed", because: "the function failed: its log says why" };
      return answered(text);
    } catch (error) {
      return { outcome: "failed", because: `Lambda did not answer (${errorName(error)})` };
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
