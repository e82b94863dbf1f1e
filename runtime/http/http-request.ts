import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { invocationSignal } from "../invocation/time.js";
import type { Logger } from "../observability/logger.js";
import { readJsonBody } from "./json-body.js";
import { type Schema, validate } from "./validation.js";

/** The parts of a request. */
export interface HttpRequestOptions {
  readonly event: APIGatewayProxyEventV2;
  readonly context: Context;
  readonly correlationId: string;
  readonly logger: Logger;
  /** In bytes. */
  readonly bodyLimit: number;
}

/**
 * One HTTP API request (payload format 2.0). Each accessor takes a zod schema and returns its result; a value that does
 * not fit it throws InvalidInputError naming the place. An absent parameter or header reaches the schema as undefined.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export class HttpRequest {
  constructor(private readonly options: HttpRequestOptions) {}

  /** Written to log lines and passed on to other services. */
  get correlationId(): string {
    return this.options.correlationId;
  }

  /** Writes lines that already carry the correlation id. */
  get logger(): Logger {
    return this.options.logger;
  }

  /** The event as API Gateway sent it, for anything without an accessor, such as authorizer claims; do not log it. */
  get event(): APIGatewayProxyEventV2 {
    return this.options.event;
  }

  /** The Lambda context, for the remaining time. */
  get context(): Context {
    return this.options.context;
  }

  /** Aborted when the time of the request is nearly over; pass it to what does not notice by itself, such as `fetch`. */
  get signal(): AbortSignal {
    return invocationSignal();
  }

  /** The JSON body. Also throws PayloadTooLargeError and UnsupportedMediaTypeError. */
  body<T>(schema: Schema<T>): T {
    return validate(schema, readJsonBody(this.event, this.options.bodyLimit), { in: "body" });
  }

  /** A header, by its name in lower case. */
  header<T>(name: string, schema: Schema<T>): T {
    return validate(schema, this.event.headers[name], { in: "header", name });
  }

  /** A path parameter, by its name in the route. */
  path<T>(name: string, schema: Schema<T>): T {
    return validate(schema, this.event.pathParameters?.[name], { in: "path", name });
  }

  /** A query string parameter; API Gateway joins repeated ones with commas. */
  query<T>(name: string, schema: Schema<T>): T {
    return validate(schema, this.event.queryStringParameters?.[name], { in: "query", name });
  }
}
