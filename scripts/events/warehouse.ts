import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { effectiveFaults, type FaultKind } from "./faults";
import type { Ledger } from "./ledger";

/** Longer than the service waits, in milliseconds. */
const lateMs = 4_000;

/** The dependency: an HTTP API that takes a pick list once under its order's id, and has each call written down. */
export class Warehouse {
  /** How it fails now. */
  fault?: FaultKind;
  /** Calls of lists, by whether a fault was on. */
  readonly calls = { failed: 0, fine: 0 };
  private readonly server = createServer((request, response) => {
    void this.answer(request, response).catch(() => request.destroy());
  });

  constructor(private readonly ledger: Ledger) {
    this.server.on("connection", (socket) => {
      if (this.fault === "blocked") socket.destroy();
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = this;
    for await (const _ of request);
    const orderId = /^\/pick-lists\/([^/]+)$/.exec(request.url ?? "")?.[1];
    if (fault === "blocked") return void request.destroy();
    const applied = !fault || effectiveFaults.includes(fault);
    const call = orderId && (await this.ledger.called(orderId, fault, applied));
    if (call) this.calls[fault ? "failed" : "fine"] += 1;
    const body = JSON.stringify({ orderId, status: "taken" });
    switch (fault) {
      case undefined:
        if (call) response.once("finish", () => void this.ledger.answered(call));
        return void response.end(body);
      case "latency":
        return void setTimeout(() => response.end(body), lateMs);
      case "timeout":
        return;
      case "corrupted":
        return void response.end(body.slice(0, body.length / 2));
      case "lost-answer":
        return void request.destroy();
      default:
        response.writeHead({ exception: 500, status: 503, throttled: 429 }[fault]).end();
    }
  }
}
