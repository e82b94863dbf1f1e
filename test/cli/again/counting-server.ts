import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One request of an AWS client. */
export interface Call {
  /** `AmazonSQS.ReceiveMessage`; the path where the protocol has no such header. */
  readonly operation: string;
  readonly body: string;
}

export interface CountingServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * A server of the test's own between the verbs and AWS: it sees every call, answers some itself, and passes the others on to moto.
 * @param see may answer a call itself, with a status; is told what moto has answered otherwise, and may change it
 */
export async function countingServer(
  moto: string,
  see: (call: Call, answer?: string) => { readonly status: number } | { readonly text: string } | undefined,
): Promise<CountingServer> {
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    const { method, url = "/", headers } = incoming;
    const call = { operation: String(headers["x-amz-target"] ?? url), body: body.toString() };
    const own = see(call);
    if (own && "status" in own) {
      outgoing.writeHead(own.status, { "content-length": 0 }).end();
      return;
    }
    const { host: _host, connection: _connection, "content-length": _length, expect: _expect, ...kept } = headers;
    const answer = await fetch(`${moto}${url}`, { method, headers: kept as Record<string, string>, body });
    // Clients of SQS call what the URL of a queue says.
    const text = (await answer.text()).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, endpoint());
    const seen = see(call, text);
    const { "content-length": _answered, ...answered } = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, answered).end(seen && "text" in seen ? seen.text : text);
  };
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: endpoint(),
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
