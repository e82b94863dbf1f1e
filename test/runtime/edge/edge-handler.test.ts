import type { CloudFrontRequestEvent, CloudFrontResponseEvent, CloudFrontResultResponse } from "aws-lambda";
import { edgeLimits } from "../../../modules/edge-function";
import { type EdgeEvent, type EdgeResult, edgeHandler } from "../../../runtime/edge/edge-handler";
import { captureLogs, lambdaContext } from "../invocation";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

type EventType = Parameters<typeof edgeLimits>[0][number];
const eventTypes: readonly EventType[] = ["viewer-request", "origin-request", "origin-response", "viewer-response"];

const request = { clientIp: "203.0.113.178", method: "GET", uri: "/", querystring: "", headers: {} };
const response = { status: "200", statusDescription: "OK", headers: {} };
const eventOf = (eventType: EventType) =>
  ({
    Records: [
      {
        cf: {
          config: { eventType, distributionId: "D", distributionDomainName: "d", requestId: "r" },
          request,
          response,
        },
      },
    ],
  }) as unknown as CloudFrontRequestEvent & CloudFrontResponseEvent;

const send = (
  eventType: EventType,
  handle: (event: EdgeEvent, signal: AbortSignal) => EdgeResult | Promise<EdgeResult>,
  ms = 5_000,
) => edgeHandler({ handle })(eventOf(eventType), { ...lambdaContext(), getRemainingTimeInMillis: () => ms });

describe.each(eventTypes)("A function of Lambda@Edge at %s events", (eventType) => {
  const { responseBytes } = edgeLimits([eventType]);
  const cannotAnswer = eventType === "viewer-response";
  const headers = { "content-type": [{ key: "Content-Type", value: "text/html" }] };
  const overhead = "200".length + "Content-Type: text/html\r\n".length;
  const page = (bytes: number): CloudFrontResultResponse => ({
    status: "200",
    headers,
    body: "x".repeat(bytes - overhead),
  });

  test("passes on what came, whatever its size", async () => {
    const large = { ...request, headers: { "x-large": [{ key: "X-Large", value: "x".repeat(responseBytes) }] } };
    expect(await send(eventType, () => large)).toBe(large);
    expect(await send(eventType, () => undefined)).toBeUndefined();
  });

  test("sends the largest response that CloudFront takes, and an error in place of a larger one", async () => {
    const largest = page(responseBytes);
    expect(await send(eventType, () => largest)).toBe(largest);
    expect(logs.lines()).toEqual([]);
    const outcome = send(eventType, () => page(responseBytes + 1));
    if (cannotAnswer) await expect(outcome).rejects.toMatchObject({ bytes: responseBytes + 1 });
    else expect(await outcome).toMatchObject({ status: "500" });
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: "ERROR", error_code: "AnswerTooLargeError", event_type: eventType }),
      expect.objectContaining({ AnswersTooLarge: 1 }),
    ]);
  });

  test("answers before its time is over, and aborts what it was doing", async () => {
    let seen: AbortSignal | undefined;
    const outcome = send(
      eventType,
      (_, signal) => {
        seen = signal;
        return new Promise(() => {});
      },
      50,
    );
    if (cannotAnswer) await expect(outcome).rejects.toMatchObject({ name: "OutOfTimeError" });
    else expect(await outcome).toMatchObject({ status: "503", headers: { "retry-after": [{ value: "1" }] } });
    expect(seen?.aborted).toBe(true);
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: "ERROR", error_code: "OutOfTimeError", event_type: eventType }),
      expect.objectContaining({ OutOfTime: 1 }),
    ]);
  });

  test("fails as its function does", async () => {
    const own = new Error("own");
    await expect(send(eventType, () => Promise.reject(own))).rejects.toBe(own);
  });
});
