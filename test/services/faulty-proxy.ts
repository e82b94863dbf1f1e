import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to a call on its way: a DynamoDB error of this name and status, or no answer ever. */
export type Fault = { readonly error: string; readonly status: number } | "hang";

/** Decides for each call, by its operation (`PutItem`) and its input; undefined lets it through. */
export type FaultRule = (operation: string, input: string) => Fault | undefined;

/** Stands between the service under test and a backend. */
export interface FaultyProxy {
  readonly endpoint: string;
  /** The operations that arrived since the last {@link FaultyProxy.break}, retries included. */
  readonly operations: string[];
  break(rule: FaultRule): void;
  heal(): void;
  stop(): Promise<void>;
}

/** A proxy on the loopback interface that lets everything through until it is told to break something. */
export async function startFaultyProxy(backend: string): Promise<FaultyProxy> {
  let rule: FaultRule = () => undefined;
  const operations: string[] = [];

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = Buffer.concat(await incoming.toArray());
    const operation = String(incoming.headers["x-amz-target"]).split(".")[1] ?? "";
    operations.push(operation);
    const fault = rule(operation, body.toString());
    if (fault === "hang") {
      return;
    }
    if (fault !== undefined) {
      outgoing.writeHead(fault.status, { "content-type": "application/x-amz-json-1.0" });
      outgoing.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.error}`, message: "injected" }));
      return;
    }
    const { headers, method, url } = incoming;
    const forwarded = request(new URL(url ?? "/", backend), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    forwarded.end(body);
  };

  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations,
    break: (next) => {
      operations.length = 0;
      rule = next;
    },
    heal: () => {
      rule = () => undefined;
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
