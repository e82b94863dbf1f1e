import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Draw } from "../random";
import type { LambdaFunction } from "./environments";
import type { Queue, Received } from "./sqs";

/** How long SQS hides a message, in milliseconds: a claim of a process that was killed ends before. */
export const visibilityMs = 12_500;
/** Most invocations at a time of one mapping: Lambda's least. */
const concurrency = 2;

/** What a mapping tells of a message. */
interface Sent {
  readonly detail: { readonly order: { readonly orderId: string } };
}

/**
 * An event source mapping: reads a queue while it is enabled, gives batches to a function, deletes what was handled, and leaves the rest to the visibility
 * timeout. A change takes a while, within which it goes on and refuses further ones.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class Mapping {
  state: "Enabled" | "Disabling" | "Disabled" | "Enabling" = "Enabled";
  /** How often it was switched off, and on again. */
  readonly switched = { off: 0, on: 0 };
  /** The most messages that were there while it was off. */
  parkedMost = 0;
  private stopped = false;
  private readonly pollers: Promise<void>[] = [];
  private readonly returning = new Set<Promise<void>>();

  constructor(
    readonly uuid: string,
    readonly queue: Queue,
    private readonly target: LambdaFunction,
    private readonly timeoutMs: number,
    private readonly draw: Draw,
    private readonly onOutOfTime: (orderIds: readonly string[], beganAt: number) => Promise<void>,
  ) {}

  start(onError: (error: Error) => void): void {
    for (let poller = 0; poller < concurrency; poller += 1) this.pollers.push(this.poll().catch(onError));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.pollers);
  }

  /** @returns whether it takes the change now */
  change(enabled: boolean): boolean {
    if (this.state.endsWith("ing")) return false;
    if (this.state === (enabled ? "Enabled" : "Disabled")) return true;
    this.state = enabled ? "Enabling" : "Disabling";
    setTimeout(
      () => {
        this.state = enabled ? "Enabled" : "Disabled";
        this.switched[enabled ? "on" : "off"] += 1;
      },
      this.draw([200, 400, 800, 1_500]),
    ).unref();
    return true;
  }

  private async poll(): Promise<void> {
    while (!this.stopped) {
      const reads = this.state === "Enabled" || this.state === "Disabling";
      const messages = reads ? await this.queue.receive() : [];
      if (messages.length > 0) await this.hand(messages);
      else await delay(100);
    }
  }

  private async hand(messages: readonly Received[]): Promise<void> {
    const { name } = this.queue;
    const receivedAt = Date.now();
    const Records = messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
      awsRegion: "eu-west-1",
    }));
    const orderIds = messages.map(({ Body }) => (JSON.parse(Body) as Sent).detail.order.orderId);
    const ended = await this.target.invoke({ Records }, orderIds);
    const failed = new Set<string>(
      "answer" in ended
        ? (ended.answer as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(
            ({ itemIdentifier }) => itemIdentifier,
          )
        : messages.map(({ MessageId }) => MessageId),
    );
    const left = messages.filter(({ MessageId }) => failed.has(MessageId));
    // An invocation may abort what it was doing when its time is nearly over, as the dependency cannot know.
    if (left.length > 0 && Date.now() - receivedAt >= this.timeoutMs * 0.85) {
      await this.onOutOfTime(
        orderIds.filter((_, index) => left.includes(messages[index] as Received)),
        receivedAt,
      );
    }
    await this.queue.delete(messages.filter(({ MessageId }) => !failed.has(MessageId)));
    if (left.length === 0) return;
    const hidden = delay(Math.max(0, receivedAt + visibilityMs - Date.now()), undefined, { ref: false });
    // In a FIFO queue what follows in the group waits until then: the queue sees to it.
    const returning = hidden.then(() => this.queue.show(left)).catch(() => undefined);
    this.returning.add(returning);
    void returning.finally(() => this.returning.delete(returning));
  }
}

/** What the controller sees of Lambda: mappings, and a function that it invokes. */
export async function serveLambda(mappings: readonly Mapping[], target: LambdaFunction) {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const path = request.url ?? "";
    const mapping = mappings.find(({ uuid }) => path.endsWith(`/event-source-mappings/${uuid}`));
    if (mapping && request.method === "PUT") {
      if (!mapping.change((JSON.parse(body) as { Enabled: boolean }).Enabled)) {
        return void response.writeHead(400, { "x-amzn-errortype": "ResourceInUseException" }).end("{}");
      }
    }
    if (mapping) return void response.end(JSON.stringify({ UUID: mapping.uuid, State: mapping.state }));
    if (!/\/functions\/picking\/invocations\?Qualifier=live$/.test(path)) return void response.writeHead(404).end("{}");
    const ended = await target.invoke(JSON.parse(body));
    if ("answer" in ended) return void response.end(JSON.stringify(ended.answer));
    response.writeHead(200, { "x-amz-function-error": "Unhandled" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
