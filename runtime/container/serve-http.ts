import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvokeStore, type InvokeStoreBase } from "@aws/lambda-invoke-store";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { serviceErrorFromAws } from "../aws/aws-errors.js";
import { codeName } from "../environment/code-name.js";
import { InvalidInputError, PayloadTooLargeError, type ServiceError } from "../errors/service-errors.js";
import type { HttpApiHandler, RouteKey } from "../http/http-api.js";
import { problem, toResult } from "../http/http-response.js";
import { correlationIdFrom } from "../observability/correlation-id.js";
import { apiEvent, requestContext, sentOf } from "./api-event.js";
import { type RouteTable, routeTable } from "./route-table.js";

/** How a handler is served. What is left out comes from the variables that the toolkit gives a container. */
export interface ServeHttpOptions {
  /** The handler of `httpApi`, as a function has it. */
  readonly handler: HttpApiHandler;
  /** The routes that it has, as an environment's file names those of an API. */
  readonly routes: readonly RouteKey[];
  /** Port; `PORT` or 8080 by default, 0 for any that is free. */
  readonly port?: number;
  /** The path of health checks, which is told 503 from SIGTERM on; `/health` by default. */
  readonly healthPath?: string;
  /** Milliseconds that a request has; 29,000 by default, as API Gateway gives it. */
  readonly timeoutMs?: number;
  /** Bytes of the largest body; 10 MiB by default. */
  readonly bodyLimit?: number;
  /** Milliseconds from SIGTERM in which new requests are still answered; `DRAIN_SECONDS` or 30 s by default. */
  readonly drainMs?: number;
  /** Milliseconds from SIGTERM until requests that still run are given up; a second less than `STOP_TIMEOUT_SECONDS`, or 55 s. */
  readonly stopMs?: number;
  /** Milliseconds that idle connections are kept, more than the load balancer keeps them; by `LOAD_BALANCER_IDLE_SECONDS`. */
  readonly keepAliveMs?: number;
}

/** A handler that is served. */
export interface ServedHttp {
  readonly port: number;
  /** Stops as SIGTERM does; settles when the last request has been answered. */
  stop(): Promise<void>;
}

/** Read by Powertools: with it, what one request logs has no fields of another that runs at the same time. */
const concurrency = "AWS_LAMBDA_MAX_CONCURRENCY";

/**
 * Serves the handler of an HTTP API by Node.js itself, as a container does: the same handler, log lines, correlation ids and problem
 * answers as in a function, with many requests at a time. From SIGTERM on health checks are told 503 while requests are still answered,
 * each with `connection: close`; then no new ones are taken, and the process ends by itself when the last has been answered.
 *
 * There is no authorizer in front of a load balancer: routes with `authorize` answer 401.
 * @throws TypeError for a route that is listed twice
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export async function serveHttp(options: ServeHttpOptions): Promise<ServedHttp> {
  const { port = numberIn("PORT", 8080), drainMs = numberIn("DRAIN_SECONDS", 30) * 1000 } = options;
  const stopMs = options.stopMs ?? (numberIn("STOP_TIMEOUT_SECONDS", 56) - 1) * 1000;
  const keepAliveMs = options.keepAliveMs ?? (numberIn("LOAD_BALANCER_IDLE_SECONDS", 60) + 5) * 1000;
  process.env[concurrency] ??= "1000";
  // Loaded where the toolkit has said where spans go.
  const sendSpans = process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
    ? (await import("../tracing/container.js")).traceContainer()
    : undefined;
  const store = await InvokeStore.getInstanceAsync(true);
  const serving = new Serving(options, store);
  const server = createServer((incoming, outgoing) => void serving.answer(incoming, outgoing));
  server.keepAliveTimeout = keepAliveMs;
  // Counted from the last answer on kept connections: it must not end before they do.
  server.headersTimeout = keepAliveMs + 1000;
  server.listen(port);
  await once(server, "listening");

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      serving.drain();
      const givenUp = setTimeout(() => server.closeAllConnections(), stopMs);
      await new Promise((resolve) => setTimeout(resolve, Math.min(drainMs, stopMs)));
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      await closed;
      clearTimeout(givenUp);
      await sendSpans?.();
    })();
    return stopped;
  };
  process.once("SIGTERM", () => void stop());
  return { port: (server.address() as AddressInfo).port, stop };
}

class Serving {
  private readonly find: RouteTable;
  private isDraining = false;
  private readonly name = codeName() ?? "container";

  constructor(
    private readonly options: ServeHttpOptions,
    private readonly store: InvokeStoreBase & { run<T>(context: object, work: () => T): T },
  ) {
    this.find = routeTable(options.routes);
  }

  /** From now on clients are told to connect anew, elsewhere. */
  drain(): void {
    this.isDraining = true;
  }

  async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const result = await this.resultOf(incoming);
    const { headers, bytes } = sentOf(result);
    if (this.isDraining) headers.connection = "close";
    outgoing.writeHead(result.statusCode ?? 200, headers);
    // A client that is gone is nobody to answer.
    outgoing.on("error", () => undefined);
    outgoing.end(incoming.method === "HEAD" ? undefined : bytes);
  }

  private async resultOf(incoming: IncomingMessage): Promise<APIGatewayProxyStructuredResultV2> {
    const { handler, healthPath = "/health", timeoutMs = 29_000, bodyLimit = 10 * 1024 * 1024 } = this.options;
    const { method = "GET", url = "/" } = incoming;
    const path = url.split("?")[0] ?? "/";
    if (this.isDraining && path === healthPath) return { statusCode: 503, headers: { "cache-control": "no-store" } };
    const refuse = (error: ServiceError): APIGatewayProxyStructuredResultV2 => {
      const id = correlationIdFrom(incoming.headers as Record<string, string>);
      return toResult(problem(error, id), id);
    };
    try {
      const body = await bodyOf(incoming, bodyLimit);
      if (body === undefined) return refuse(new PayloadTooLargeError(`The body is larger than ${bodyLimit} bytes.`));
      // Without a route, the handler itself answers and logs.
      const route = this.find(method, path) ?? { routeKey: "$default" as const, parameters: {} };
      const event = apiEvent(incoming, route, body);
      const context = requestContext(this.name, timeoutMs);
      return await this.store.run({ [requestId]: context.awsRequestId }, () => handler(event, context));
    } catch (error) {
      if (error instanceof URIError)
        return refuse(new InvalidInputError([{ in: "path", name: "path", detail: "is no valid text" }]));
      return refuse(serviceErrorFromAws(error));
    }
  }
}

const requestId = Symbol.for("_AWS_LAMBDA_REQUEST_ID");

/** The body; undefined for one that is larger. */
async function bodyOf(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read as well, as an answer before its end would not arrive.
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

function numberIn(variable: string, byDefault: number): number {
  const value = Number(process.env[variable] || byDefault);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`The variable ${variable} is no number; the toolkit sets it, so leave it as it is.`);
}
