import type { SQSRecord } from "aws-lambda";
import { newEvent } from "../../../runtime/events/domain-event";
import { boundedHandler } from "../../../runtime/invocation/bounded-handler";
import {
  carried,
  carriedHeaders,
  carriedMessageAttributes,
  correlated,
  currentCorrelationId,
} from "../../../runtime/observability/carried";
import { createLogger } from "../../../runtime/observability/logger";
import { queueConsumer } from "../../../runtime/queues/queue-consumer";
import { captureLogs, lambdaContext } from "../invocation";

const logger = createLogger({ service: "picking", environment: "prod", level: "INFO" });
const fresh = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

/** A message as SQS delivers what was sent with these attributes and this body. */
const message = (attributes: Readonly<Record<string, { readonly StringValue: string }>>, body: object = {}) =>
  ({
    messageId: "m-1",
    body: JSON.stringify(body),
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: "1767225600000" },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { StringValue }]) => [
        name,
        { stringValue: StringValue, dataType: "String" },
      ]),
    ),
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-west-1:111122223333:orders",
  }) as unknown as SQSRecord;

/** The ids that handlers of these messages see, by the argument, around them, and in the log. */
async function seen(...Records: SQSRecord[]) {
  const ids: (string | undefined)[] = [];
  const handler = queueConsumer({
    logger,
    store: "none",
    consumer: "picking",
    concurrency: 1,
    parse: (content) => content,
    handle: async ({ correlationId }) => {
      ids.push(correlationId, currentCorrelationId());
    },
  });
  await handler({ Records }, lambdaContext());
  return [...ids, ...logs.lines().map(({ correlation_id }) => correlation_id)];
}

describe("A correlation id", () => {
  it("goes with a message that code sends, in its attributes or in its body", async () => {
    const sent = correlated("correlation-1", carriedMessageAttributes);
    expect(sent).toEqual({ correlationId: { DataType: "String", StringValue: "correlation-1" } });
    await expect(seen(message(sent))).resolves.toEqual(["correlation-1", "correlation-1", "correlation-1"]);
    logs.restore();
    logs = captureLogs();
    const metadata = correlated("correlation-2", carried);
    await expect(seen(message(sent, { metadata }))).resolves.toEqual(Array(3).fill("correlation-2"));
  });

  it("is a fresh one for each message without, and for one that could not be in a line of the log", async () => {
    const odd = { correlationId: { StringValue: 'a"\n{}' } };
    const [first, , second, ...others] = await seen(message({}), message(odd));
    expect([first, second, ...others]).toEqual(Array(5).fill(expect.stringMatching(fresh)));
    expect(first).not.toBe(second);
  });

  it("is that of the work that makes an event, and a fresh one outside of any", () => {
    const event = () => newEvent({ source: "orders", detailType: "OrderPlaced", detail: {} }).detail.metadata;
    expect(correlated("correlation-1", event).correlationId).toBe("correlation-1");
    expect(event().correlationId).toMatch(fresh);
  });

  it("is that of a custom invocation's metadata, and goes on in headers", async () => {
    const handler = boundedHandler({ logger, handle: async (_: object) => carriedHeaders() });
    const metadata = { correlationId: "correlation-1" };
    await expect(handler({ metadata }, lambdaContext())).resolves.toEqual({ "x-correlation-id": "correlation-1" });
    await expect(handler({}, lambdaContext())).resolves.toEqual({ "x-correlation-id": expect.stringMatching(fresh) });
  });
});
