import { type LambdaOptions, type LambdaRequest, lambdaRequests } from "../../runtime/aws/lambda-requests.js";
import { type ProbeAnswer, type ProbeCall, probeMember } from "../../runtime/breaker/probe-call.js";
import { errorName } from "../../runtime/errors/error-name.js";

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

/**
 * Signed requests to Lambda, for which an SDK client would be a large bundle. None is retried: the next round comes in seconds.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export function lambdaOf(options: LambdaOptions): Lambda {
  const send = lambdaRequests(options);
  const sent = async (request: LambdaRequest) => {
    try {
      return await send(request);
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
      const { answer, text } = await sent({ method: "GET", path: mapping(uuid) });
      if (!answer.ok) throw refused("GetEventSourceMapping", answer.status);
      return String((JSON.parse(text) as { State?: unknown }).State);
    },
    async enableMapping(uuid, enabled) {
      const { answer } = await sent({ method: "PUT", path: mapping(uuid), body: { Enabled: enabled } });
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
        const { answer, text } = await send({
          method: "POST",
          path,
          body: call,
          query: { Qualifier: alias },
          timeoutMs: ms,
        });
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
