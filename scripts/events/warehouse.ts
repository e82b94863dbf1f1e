import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ledger } from "./ledger";

/** How the warehouse fails. What it does with a list is done before its answer is lost: the caller cannot know. */
export const faultKinds = [
  "latency",
  "exception",
  "status",
  "throttled",
  "timeout",
  "blocked",
  "corrupted",
  "lost-answer",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What each does, for the page. */
export const faultsInWords: Readonly<Record<FaultKind, string>> = {
  latency: "takes the list, and answers later than anybody waits",
  exception: "takes the list, and answers 500",
  status: "answers 503",
  throttled: "answers 429",
  timeout: "never answers",
  blocked: "closes each connection",
  corrupted: "takes the list, and answers with half of it",
  "lost-answer": "takes the list, and closes the connection",
};

/** Which of them have their effect all the same. */
const effective: readonly FaultKind[] = ["latency", "exception", "corrupted", "lost-answer"];

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
    const applied = !fault || effective.includes(fault);
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
