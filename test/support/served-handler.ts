import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { httpEvent, lambdaContext } from "../runtime/invocation";

/** What stands in front of a handler, as API Gateway does. */
export interface ServedOptions {
  /** Route keys, such as `GET /orders/{orderId}`. */
  readonly routes: readonly string[];
  /** The handler that answers a request; undefined where nothing does, as in a region that is down. */
  readonly handler: () => HttpApiHandler | undefined;
  /** What the authorizer finds out from a token; undefined refuses it. */
  readonly authorizer?: (authorization: string | undefined) => object | undefined;
  /** Requests per second that are let through; others get 429. */
  readonly rateLimit?: number;
  /** Requests at the same time that the handler answers; others get 503. */
  readonly concurrency?: number;
  /** Called with each request. */
  readonly onRequest?: () => void;
}

/** A handler behind HTTP on the loopback interface. */
export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a handler as an HTTP API does: routes, authorizer, throttling, concurrency. */
export async function serveHandler(options: ServedOptions): Promise<Served> {
  const {
    routes,
    handler,
    authorizer,
    rateLimit = Number.POSITIVE_INFINITY,
    concurrency = Number.POSITIVE_INFINITY,
  } = options;
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route) }));
  let tokens = rateLimit;
  let filledAt = Date.now();
  let running = 0;

  const answer = async (incoming: IncomingMessage) => {
    const body = Buffer.concat(await incoming.toArray()).toString();
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const line = `${incoming.method} ${url.pathname}`;
    const found = patterns.find(({ pattern }) => pattern.test(line));
    const answers = handler();
    if (!answers) return undefined;
    if (!found) return { statusCode: 404, body: "" };
    const now = Date.now();
    tokens = Math.min(rateLimit, tokens + ((now - filledAt) * rateLimit) / 1000);
    filledAt = now;
    if (tokens < 1) return { statusCode: 429, body: "" };
    tokens -= 1;
    const isOpen = found.route.endsWith("/health");
    const who = authorizer?.(incoming.headers.authorization);
    if (authorizer && !isOpen && !who) return { statusCode: 401, body: "" };
    if (running >= concurrency) return { statusCode: 503, body: "" };
    running += 1;
    try {
      const event = httpEvent(found.route, {
        ...(body && { rawBody: body }),
        headers: incoming.headers as Record<string, string>,
        path: { ...found.pattern.exec(line)?.groups },
        query: Object.fromEntries(url.searchParams),
        authorizer: who,
      });
      return await answers(event, lambdaContext());
    } catch {
      // As API Gateway answers for a function that failed.
      return { statusCode: 500, body: "" };
    } finally {
      running -= 1;
    }
  };

  const server = createServer((incoming, outgoing) => {
    options.onRequest?.();
    void answer(incoming).then((result) => {
      if (!result) return void incoming.destroy();
      outgoing.writeHead(result.statusCode ?? 200, result.headers as Record<string, string> | undefined);
      outgoing.end(result.body);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** `GET /orders/{orderId}` as a pattern with groups. */
const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`)}$`);
