import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A server that stands before another one. */
export interface Front {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Stands before a server that closes the connection after each answer, as moto does, and keeps its own connections open.
 * Go's HTTP client, and so the AWS provider, now and then loses an answer of such a server: "use of closed network
 * connection" (https://github.com/aws/aws-sdk-go-v2/issues/1825). Requests and answers are passed on whole.
 * @param server `http://127.0.0.1:<port>`
 */
export async function keepConnections(server: string): Promise<Front> {
  const front = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (incoming, outgoing) => {
    passOn(server, incoming, outgoing).catch((error: unknown) => {
      // The caller sees that there was no answer, as it would without the front.
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const { port } = front.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(front, "close");
      front.close();
      front.closeAllConnections();
      await closed;
    },
  };
}

async function passOn(server: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  const { method, url = "/", headers } = incoming;
  const { "transfer-encoding": _chunked, connection: _connection, expect: _expect, ...kept } = headers;
  const sent = request(`${server}${url}`, {
    method,
    headers: { ...kept, "content-length": body.length },
    agent: false,
  });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const answered = await buffer(answer);
  const { "transfer-encoding": _answerChunked, connection: _answerConnection, ...others } = answer.headers;
  const length = method === "HEAD" ? {} : { "content-length": answered.length };
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, { ...others, ...length });
  outgoing.end(answered);
}
