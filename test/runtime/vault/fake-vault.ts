import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown> | undefined;
}

type Answer = object | number;

/** Answers of the documented form, by `METHOD path`; a number is an error of that status. */
export type Routes = Record<string, (request: Received) => Answer | Promise<Answer>>;

/** A server that keeps to Vault's documented HTTP API: `/v1/`, JSON, errors as `{"errors": [...]}`, 404 for all else. */
export interface FakeVault {
  readonly url: string;
  /** `METHOD path` of each request, in order. */
  readonly received: Received[];
  routes: Routes;
  stop(): Promise<void>;
}

export async function startFakeVault(): Promise<FakeVault> {
  const fake = { received: [] as Received[], routes: {} as Routes };
  const server = createServer(async (incoming, outgoing) => {
    const text = Buffer.concat(await incoming.toArray()).toString();
    const { method = "", url = "", headers } = incoming;
    const request: Received = {
      method,
      path: url.replace(/^\/v1\//, ""),
      headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    fake.received.push(request);
    const answer = url.startsWith("/v1/") ? ((await fake.routes[`${method} ${request.path}`]?.(request)) ?? 404) : 404;
    const status = typeof answer === "number" ? answer : 200;
    const errors = { errors: status === 403 ? ["permission denied"] : [] };
    outgoing.writeHead(status, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(typeof answer === "number" ? errors : answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
