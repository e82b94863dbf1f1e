import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One entry of a PutEvents call. */
export interface PutEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** A server that takes PutEvents calls, or refuses them. */
export interface FakeEventBus {
  readonly endpoint: string;
  readonly entries: PutEntry[];
  /** While true, each entry is refused for good, so that nobody tries until the deadline. */
  refusing: boolean;
  stop(): Promise<void>;
}

/** Starts a fake of EventBridge's PutEvents on a free port of this machine. */
export async function startFakeEventBus(): Promise<FakeEventBus> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { Entries } = JSON.parse(body) as { Entries: PutEntry[] };
    if (!bus.refusing) bus.entries.push(...Entries);
    const refusal = { ErrorCode: "MalformedDetail", ErrorMessage: "refused for the test" };
    const answers = Entries.map((_, index) => (bus.refusing ? refusal : { EventId: `event-${index}` }));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ FailedEntryCount: bus.refusing ? Entries.length : 0, Entries: answers }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bus: FakeEventBus = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    entries: [],
    refusing: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return bus;
}
