import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { ServiceError, UnavailableError } from "../errors/service-errors.js";
import { AnswerTooLargeError, isSurelySendable, requireSendable } from "../invocation/answer.js";
import { OutOfTimeError } from "../invocation/time.js";

/** 503 without Retry-After: the time was over before the request was carried out, and it is unknown how far it had got. */
export class TimedOutError extends ServiceError {
  override readonly name = "TimedOutError";
  readonly status = 503;
  readonly code = "timed-out";
  readonly title = "It is unknown whether the request was carried out";
}

/** 500: the answer is larger than can be sent. */
export class AnswerNotSendableError extends ServiceError {
  override readonly name = "AnswerNotSendableError";
  readonly status = 500;
  readonly code = "answer-too-large";
  readonly title = "The answer is too large";
}

/**
 * Requests that may be sent again when it is unknown whether they were carried out.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods
 */
const repeatable: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "PUT"]);

/** What a caller sees of an error that a limit of Lambda is the reason for; any other error as it is. */
export function limitError(error: unknown, { headers, requestContext }: APIGatewayProxyEventV2): unknown {
  if (error instanceof AnswerTooLargeError) {
    return new AnswerNotSendableError("The answer is larger than can be sent; ask for less at a time.", {
      cause: error,
    });
  }
  if (!(error instanceof OutOfTimeError)) return error;
  if (repeatable.has(requestContext.http.method) || headers["idempotency-key"] !== undefined) {
    return new UnavailableError("The service ran out of time; send the request again later.", { cause: error });
  }
  return new TimedOutError(
    "The service ran out of time; look whether the request was carried out before repeating it.",
    {
      cause: error,
    },
  );
}

/** @throws AnswerTooLargeError for an answer that Lambda would drop */
export function requireSendableResult(result: APIGatewayProxyStructuredResultV2): void {
  const { body = "", headers = {}, cookies = [] } = result;
  const texts = [body, ...Object.entries(headers).flatMap(([name, value]) => [name, String(value)]), ...cookies];
  // Nearly all answers are so small that they need not be put into JSON twice.
  if (isSurelySendable(texts.reduce((units, text) => units + text.length, 0))) return;
  requireSendable(result);
}
