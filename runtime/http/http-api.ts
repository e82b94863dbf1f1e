import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { serviceErrorFromAws } from "../aws/aws-errors.js";
import { onDemand } from "../aws/on-demand.js";
import { NotFoundError } from "../errors/service-errors.js";
import { AnswerTooLargeError } from "../invocation/answer.js";
import { limitCounter } from "../invocation/limits.js";
import { OutOfTimeError, withinTime } from "../invocation/time.js";
import { correlated, nameTrace } from "../observability/carried.js";
import { correlationIdFrom } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { inSpan, type RunningSpan } from "../observability/tracing.js";
import { warmable } from "../warming/warmable.js";
import { HttpRequest } from "./http-request.js";
import { type HttpResponse, problem, toResult } from "./http-response.js";
import { limitError, requireSendableResult } from "./request-limits.js";

/** A route key of API Gateway, as the route is deployed: `GET /orders/{orderId}`, or `$default`. */
export type RouteKey =
  | `${"ANY" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT"} /${string}`
  | "$default";

/** Answers one request; throws a ServiceError for what the caller should know, anything else becomes a 500. */
export type RouteHandler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

/** A Lambda handler behind an HTTP API. */
export type HttpApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** The parts of {@link httpApi}. */
export interface HttpApiOptions {
  readonly logger: Logger;
  readonly routes: { readonly [Key in RouteKey]?: RouteHandler };
  /** The largest body that is read, in bytes; 64 KiB by default. */
  readonly bodyLimit?: number;
  /** What is left for the answer to a request that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler for the routes of an HTTP API: correlation id, validation and errors as RFC 9457 problems, and one
 * line per request, `request completed`, with `route`, `status`, `duration_ms` and, when it failed, `error_code`. A request
 * that runs out of time, or whose answer is larger than Lambda takes, gets an answer and a line as well; what it was doing
 * is aborted.
 * It rejects only for an event that is not of payload format 2.0. Calls of the scheduled warmer are answered before anything else.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpApi({ logger, routes, bodyLimit = 64 * 1024, reserveMs }: HttpApiOptions): HttpApiHandler {
  const count = limitCounter();
  const origin = originCheck();
  const respond = async (request: HttpRequest): Promise<HttpResponse> => {
    const key = request.event.routeKey;
    const route = Object.hasOwn(routes, key) ? routes[key as RouteKey] : undefined;
    if (route === undefined) {
      throw new NotFoundError("The service has no such route.");
    }
    return await route(request);
  };

  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    // Before anything else of the handler runs.
    if (origin) await (await origin())(request);
    return await respond(request);
  };

  const traced: HttpApiHandler = async (event, context) => {
    assertPayloadFormat(event);
    const correlationId = correlationIdFrom(event.headers);
    beginInvocation(logger, context, correlationId);
    return await correlated(correlationId, () =>
      inSpan("request", { event, context }, (span) => handled(event, context, correlationId, span)),
    );
  };

  const handled = async (
    event: APIGatewayProxyEventV2,
    context: Context,
    correlationId: string,
    span: RunningSpan,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const elapsed = stopwatch();
    nameTrace(logger);
    // The path itself stays out of the log: it holds the ids of customers.
    const line = { route: event.routeKey, api_request_id: event.requestContext.requestId };
    try {
      const request = new HttpRequest({ event, context, correlationId, logger, bodyLimit });
      const result = toResult(await withinTime(context, () => answer(request), reserveMs), correlationId);
      requireSendableResult(result);
      span.status(result.statusCode ?? 0);
      logger.info("request completed", { ...line, status: result.statusCode, ...elapsed() });
      return result;
    } catch (thrown) {
      const error = serviceErrorFromAws(limitError(thrown, event));
      const { code, status } = error;
      const isLimit = thrown instanceof OutOfTimeError || thrown instanceof AnswerTooLargeError;
      const level = status === 500 || isLimit ? "error" : status > 500 ? "warn" : "info";
      const cause = status >= 500 && { error: error.cause instanceof Error ? error.cause : error };
      logger[level]("request completed", { ...line, status, ...elapsed(), error_code: code, ...cause });
      span.status(status);
      if (status >= 500) span.fail(code);
      await count(thrown, context);
      return toResult(problem(error, correlationId), correlationId);
    }
  };

  return warmable(traced);
}

/** What lets through only what came by the distribution, loaded where the toolkit has said that there is one. */
const originCheck = () =>
  process.env.ORIGIN_SECRET_ARN
    ? onDemand(async () => (await import("./origin-check.js")).originCheckFromEnvironment())
    : undefined;

function assertPayloadFormat(event: Partial<APIGatewayProxyEventV2>): void {
  if (event.version !== "2.0" || typeof event.routeKey !== "string" || event.requestContext === undefined) {
    throw new TypeError(
      "The event is not an HTTP API request of payload format 2.0; " +
        'set payload_format_version = "2.0" on the integration, or give this event its own handler.',
    );
  }
}
