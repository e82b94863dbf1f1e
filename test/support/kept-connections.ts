import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { turns } from "../../runtime/resilience/turns";

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
 *
 * Requests go to the server one at a time: moto answers each in a thread, and looks at the condition of a write and
 * writes in two steps that no lock keeps together, so that two writers may both be told that they were first.
 * @param server `http://127.0.0.1:<port>`
 */
export async function keepConnections(server: string): Promise<Front> {
  const inTurn = turns(1);
  const front = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (incoming, outgoing) => {
    passOn(server, incoming, outgoing, inTurn).catch((error: unknown) => {
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

async function passOn(
  server: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  inTurn: ReturnType<typeof turns>,
): Promise<void> {
  const body = await buffer(incoming);
  const ask = () => answerOf(server, incoming, body);
  // A queue is asked for up to 20 s for a message that another request is to send meanwhile.
  const waits = incoming.headers["x-amz-target"] === "AmazonSQS.ReceiveMessage";
  const { statusCode = 502, statusMessage, headers, content } = await (waits ? ask() : inTurn(ask));
  const { "transfer-encoding": _chunked, connection: _connection, ...others } = headers;
  const length = incoming.method === "HEAD" ? {} : { "content-length": content.length };
  outgoing.writeHead(statusCode, statusMessage, { ...others, ...length });
  outgoing.end(content);
}

async function answerOf(server: string, { method, url = "/", headers }: IncomingMessage, body: Buffer) {
  const { "transfer-encoding": _chunked, connection: _connection, expect: _expect, ...kept } = headers;
  const sent = request(`${server}${url}`, {
    method,
    headers: { ...kept, "content-length": body.length },
    agent: false,
  });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const { statusCode, statusMessage } = answer;
  return { statusCode, statusMessage, headers: answer.headers, content: await buffer(answer) };
}
