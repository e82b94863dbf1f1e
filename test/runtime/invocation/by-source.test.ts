import { bySource } from "../../../runtime/invocation/by-source";
import { lambdaContext } from "../invocation";

const sources = ["api", "events", "queue", "stream", "schedule"] as const;
const all = bySource(Object.fromEntries(sources.map((source) => [source, async () => source])));

const events: Readonly<Record<(typeof sources)[number], object>> = {
  api: { version: "2.0", routeKey: "GET /a", requestContext: { http: { method: "GET" } } },
  events: { source: "orders", "detail-type": "OrderPlaced", detail: {} },
  queue: { Records: [{ eventSource: "aws:sqs", body: "{}" }] },
  stream: { Records: [{ eventSource: "aws:dynamodb", dynamodb: {} }] },
  schedule: { source: "evenkeel.schedule", schedule: "nightly" },
};

describe("bySource", () => {
  test.each(sources)("hands an event of %s to its handler", async (source) => {
    expect(await all(events[source], lambdaContext())).toBe(source);
  });

  test.each<[string, unknown]>([
    ["a topic", { Records: [{ EventSource: "aws:sns" }] }],
    ["no records", { Records: [] }],
    ["nothing", null],
    ["a text", "hello"],
    ["something else", { hello: "there" }],
  ])("refuses %s", async (_, event) => {
    await expect(all(event, lambdaContext())).rejects.toThrow(
      "came from an unknown source, for which there is no handler",
    );
  });

  test("refuses a source that has no handler", async () => {
    await expect(bySource({ queue: async () => "done" })(events.stream, lambdaContext())).rejects.toThrow(
      "An event came from stream, for which there is no handler",
    );
  });
});
