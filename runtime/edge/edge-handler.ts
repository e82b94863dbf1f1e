import type {
  CloudFrontRequestEvent,
  CloudFrontRequestResult,
  CloudFrontResponseEvent,
  CloudFrontResponseResult,
  CloudFrontResultResponse,
  Context,
} from "aws-lambda";
import { AnswerTooLargeError } from "../invocation/answer.js";
import { writeLimitMetric } from "../invocation/limit-metric.js";
import { invocationSignal, OutOfTimeError, withinTime } from "../invocation/time.js";
import { writeToStandardOutput } from "../observability/metrics.js";

/** What CloudFront invokes a function of Lambda@Edge with. */
export type EdgeEvent = CloudFrontRequestEvent | CloudFrontResponseEvent;

/** What the function answers: the request or the response, changed or not, or a response of its own. */
export type EdgeResult = CloudFrontRequestResult | CloudFrontResponseResult;

/** The options of {@link edgeHandler}. */
export interface EdgeHandlerOptions<Event extends EdgeEvent> {
  readonly handle: (event: Event, signal: AbortSignal) => EdgeResult | Promise<EdgeResult>;
  /** What is left for the answer when the time is nearly over, in milliseconds: 500 by default, and at most a tenth of the time there is. */
  readonly reserveMs?: number;
}

/** Bytes of a response with its headers, when a function makes it or its body. */
const maxBytes = (eventType: string): number => (eventType.startsWith("viewer-") ? 40 * 1024 : 1024 * 1024);

/**
 * A function of Lambda@Edge that answers before its time is over, and with no response that CloudFront would refuse: in its place the viewer gets
 * a 500 or a 503, and the log a line and a metric. A viewer-response function cannot change the status, so it fails, and the viewer gets a 502.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
export function edgeHandler<Event extends EdgeEvent>({
  handle,
  reserveMs,
}: EdgeHandlerOptions<Event>): (event: Event, context: Context) => Promise<EdgeResult> {
  return async (event, context) => {
    const eventType = event.Records[0]?.cf.config.eventType ?? "";
    try {
      const result = await withinTime(context, () => handle(event, invocationSignal()), reserveMs);
      requireTaken(result, maxBytes(eventType));
      return result;
    } catch (error) {
      if (!(error instanceof OutOfTimeError || error instanceof AnswerTooLargeError)) throw error;
      const { name: error_code, message } = error;
      const { awsRequestId: function_request_id, functionName } = context;
      const line = {
        level: "ERROR",
        message: "invocation failed",
        error_code,
        event_type: eventType,
        function_request_id,
      };
      writeToStandardOutput(JSON.stringify({ ...line, detail: message, timestamp: new Date().toISOString() }));
      writeLimitMetric(functionName, error instanceof OutOfTimeError ? "OutOfTime" : "AnswersTooLarge");
      if (eventType === "viewer-response") throw error;
      return failure(error);
    }
  };
}

/** A request has no status, and what an origin answered counts only if the function replaced its body. */
function requireTaken(result: EdgeResult, limit: number): void {
  if (!result || !("status" in result)) return;
  const { body = "", headers = {}, status, statusDescription = "" } = result as CloudFrontResultResponse;
  const fields = Object.entries(headers).flatMap(([name, values]) =>
    (values ?? []).flatMap(({ key = name, value }) => [key, ": ", value, "\r\n"]),
  );
  const bytes = Buffer.byteLength([status, statusDescription, ...fields, body].join(""));
  if (bytes > limit) throw new AnswerTooLargeError(bytes, limit);
}

function failure(error: OutOfTimeError | AnswerTooLargeError): CloudFrontResultResponse {
  const outOfTime = error instanceof OutOfTimeError;
  const header = (key: string, value: string) => [{ key, value }];
  return {
    status: outOfTime ? "503" : "500",
    statusDescription: outOfTime ? "Service Unavailable" : "Internal Server Error",
    headers: {
      "cache-control": header("Cache-Control", "no-store"),
      ...(outOfTime ? { "retry-after": header("Retry-After", "1") } : {}),
    },
  };
}
