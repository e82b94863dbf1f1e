import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { ServiceError } from "../errors/service-errors.js";
import { correlationHeader } from "../observability/correlation-id.js";

/** What a route answers; `body` is sent as JSON. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The answer to a failed request as an RFC 9457 problem; `errors` lists the issues of a request that is not valid.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problem(error: ServiceError, correlationId: string): HttpResponse {
  const { code, headers, issues, message, status, title } = error;
  return {
    status,
    headers: { ...headers, "content-type": "application/problem+json" },
    body: {
      type: `urn:problem-type:${code}`,
      title,
      status,
      detail: message,
      correlationId,
      ...(issues.length > 0 && { errors: issues }),
    },
  };
}

/** The response in payload format 2.0, with the correlation id and marked as not to be cached. */
export function toResult(response: HttpResponse, correlationId: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: response.status,
    headers: {
      ...(response.body !== undefined && { "content-type": "application/json" }),
      "cache-control": "no-store",
      ...response.headers,
      [correlationHeader]: correlationId,
    },
    ...(response.body !== undefined && { body: JSON.stringify(response.body) }),
  };
}
