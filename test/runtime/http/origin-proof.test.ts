import type { CloudFrontRequest, CloudFrontResultResponse } from "aws-lambda";
import { prove } from "../../../handlers/edge-signer/prove";
import { httpApi } from "../../../runtime/http/http-api";
import { HttpRequest } from "../../../runtime/http/http-request";
import { originCheck } from "../../../runtime/http/origin-check";
import { OriginKeys } from "../../../runtime/http/origin-keys";
import { originProof, provesOrigin } from "../../../runtime/http/origin-proof";
import { createLogger } from "../../../runtime/observability/logger";
import type { SecretSource, Stage } from "../../../runtime/secrets/secret-source";
import { captureLogs, httpEvent, lambdaContext, type RequestParts, signedBy, tokenOf } from "../invocation";

const start = 1_772_600_767_000;
const minute = 60_000;
const host = "api.example.com";

/** Secrets Manager in one region. */
class Secret {
  reads = 0;
  down = false;
  versions = [{ versionId: "v1", text: "first-key-s3cr3t", createdAt: start - 86_400_000 }];
  readonly source: SecretSource = async (stage: Stage) => {
    this.reads += 1;
    if (this.down) throw Object.assign(new Error("first-key-s3cr3t"), { name: "TimeoutError" });
    const [last, before] = [...this.versions].reverse();
    if (!last) throw new Error("there is no version");
    return stage === "AWSCURRENT" ? last : (before ?? last);
  };
  rotate(at: number): void {
    const number = this.versions.length + 1;
    this.versions.push({ versionId: `v${number}`, text: `key-${number}-s3cr3t`, createdAt: at });
  }
}

let secret: Secret;
let now: number;
let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  secret = new Secret();
  now = start;
  logs = captureLogs();
});
afterEach(() => logs.restore());

const clock = () => now;
const logger = () => createLogger({ service: "orders", environment: "test", level: "DEBUG" });
const edgeKeys = () => new OriginKeys({ sources: [secret.source], now: clock });
const regionCheck = (required = true) =>
  originCheck({ required, openRoutes: ["GET /health"], source: secret.source, now: clock });

interface Sent {
  readonly method?: string;
  readonly uri?: string;
  readonly query?: string;
}

/** What the edge sends to the API: the header, or an answer in its place. */
async function throughEdge(
  keys: OriginKeys,
  { method = "GET", uri = "/orders/42", query = "" }: Sent = {},
  isNeeded = true,
): Promise<CloudFrontRequest | CloudFrontResultResponse> {
  const origin = { custom: { domainName: host } };
  const request = { method, uri, querystring: query, headers: {}, origin } as unknown as CloudFrontRequest;
  return prove(request, { keys, isNeeded, now });
}

async function proofOf(keys: OriginKeys, sent: Sent = {}): Promise<string> {
  const request = (await throughEdge(keys, sent)) as CloudFrontRequest;
  return request.headers["x-origin-proof"]?.[0]?.value ?? "";
}

/** How API Gateway hands a request to the function. */
function asked(routeKey: string, rawPath: string, proof?: string, parts: RequestParts = {}, rawQueryString = "") {
  const headers = { ...parts.headers, ...(proof !== undefined && { "x-origin-proof": proof }) };
  const event = { ...httpEvent(routeKey, { ...parts, headers }), rawPath, rawQueryString };
  return new HttpRequest({ event, context: lambdaContext(), correlationId: "c", logger: logger(), bodyLimit: 1024 });
}

const order = (proof?: string, parts: RequestParts = {}) => asked("GET /orders/{orderId}", "/orders/42", proof, parts);
const refused = { status: 403, code: "forbidden" };

describe("A request by the distribution is let in", () => {
  test.each<[string, RequestParts]>([
    ["of a route with a token", { authorizer: tokenOf({ sub: "c-1" }) }],
    ["of a route with a Lambda authorizer", { authorizer: { lambda: { tenant: "t" } } }],
    ["of a route for everybody", {}],
  ])("%s", async (_, parts) => {
    await expect(regionCheck()(order(await proofOf(edgeKeys()), parts))).resolves.toBeUndefined();
  });

  test.each([
    ["/files/a%20b/%C3%A9", "/files/a b/é", "", ""],
    ["/a%2541", "/a%41", "", ""],
    ["/a%3Fb", "/a", "", ""],
    ["/orders", "/orders", "b=2&a=1&a=%20x", "a=1&a=+x&b=2"],
    ["/orders", "/orders", "a", "a="],
  ])("as API Gateway writes its path and query: %s", async (uri, rawPath, query, rawQuery) => {
    const proof = await proofOf(edgeKeys(), { uri, query });
    await expect(regionCheck()(asked("GET /x", rawPath, proof, {}, rawQuery))).resolves.toBeUndefined();
  });

  test("whatever the time is that its path takes to read", () => {
    const path = "%25".repeat(2_700);
    const request = { method: "GET", host, path, query: path };
    expect(provesOrigin(originProof("k", request, start), ["k"], request, start)).toBe(true);
  });
});

describe("A request past the distribution is refused", () => {
  test("without a proof, with a token or none, before Secrets Manager is asked", async () => {
    await expect(regionCheck()(order())).rejects.toMatchObject(refused);
    await expect(regionCheck()(order(undefined, { authorizer: tokenOf({ sub: "c-1" }) }))).rejects.toMatchObject(
      refused,
    );
    expect(secret.reads).toBe(0);
  });

  test.each(["", "x", "1.1772600767.", `1.1772600767.${"A".repeat(43)}`, "1.9".repeat(5_000), "2.1772600767.x"])(
    "with a made-up one: %.30s",
    async (proof) => {
      await expect(regionCheck()(order(proof))).rejects.toMatchObject(refused);
    },
  );

  test.each<[string, Sent]>([
    ["another path", { uri: "/orders/43" }],
    ["another method", { method: "DELETE" }],
    ["another query", { query: "all=1" }],
  ])("with the proof of a request for %s", async (_, sent) => {
    await expect(regionCheck()(order(await proofOf(edgeKeys(), sent)))).rejects.toMatchObject(refused);
  });

  test("with the proof for another API, or by another key", async () => {
    const request = { method: "GET", host, path: "/orders/42", query: "" };
    for (const proof of [
      originProof("first-key-s3cr3t", { ...request, host: "other.example.com" }, now),
      originProof("guessed", request, now),
    ]) {
      await expect(regionCheck()(order(proof))).rejects.toMatchObject(refused);
    }
  });

  test("with one that was captured, once five minutes are over; and with one of the future", async () => {
    const [proof, check] = [await proofOf(edgeKeys()), regionCheck()];
    now = start + 5 * minute;
    await check(order(proof));
    now += 1_000;
    await expect(check(order(proof))).rejects.toMatchObject(refused);
    now = start - 5 * minute - 1_000;
    await expect(regionCheck()(order(proof))).rejects.toMatchObject(refused);
  });

  test("but not of routes that are open, and of those that API Gateway compares a signature of", async () => {
    await regionCheck()(asked("GET /health", "/health"));
    await regionCheck()(order(undefined, { authorizer: signedBy("arn:aws:iam::111122223333:role/edge") }));
    expect(secret.reads).toBe(0);
  });

  test("is logged and let in while proofs are only sent, also when there is no key", async () => {
    await regionCheck(false)(order());
    secret.down = true;
    await regionCheck(false)(order(originProof("x", { method: "GET", host, path: "/", query: "" }, now)));
    expect(logs.text()).toMatch(/"refused":false/);
  });

  test("is logged without the header, the path and the key", async () => {
    const proof = originProof("guessed", { method: "GET", host, path: "/orders/42", query: "" }, now);
    await expect(regionCheck()(order(proof))).rejects.toMatchObject(refused);
    expect(logs.text()).toContain("not by the distribution");
    for (const hidden of [proof, proof.slice(-43), "/orders/42", "s3cr3t"]) expect(logs.text()).not.toContain(hidden);
  });
});

describe("A new key", () => {
  test("interrupts nothing, however late each side looks again", async () => {
    for (const delays of [
      [0, 0],
      [0, 5],
      [5, 0],
      [4, 5],
    ] as const) {
      secret = new Secret();
      now = start;
      const [keys, check] = [edgeKeys(), regionCheck()];
      // Each side has read at a moment of its own.
      now = start + (delays[0] - 5) * minute;
      const early = await proofOf(keys);
      await check(order(early));
      now = start + (delays[1] - 5) * minute;
      await check(order(await proofOf(keys)));
      secret.rotate(start);
      for (let passed = 0; passed <= 40; passed += 1) {
        now = start + passed * minute;
        await check(order(await proofOf(keys)));
      }
      expect(await keys.toProve()).toBe("key-2-s3cr3t");
    }
  });

  test("makes the one before the last one useless", async () => {
    const proofs = [await edgeKeys().toProve()];
    secret.rotate(start);
    secret.rotate(start + 30 * minute);
    now = start + 60 * minute;
    const old = originProof(proofs[0] ?? "", { method: "GET", host, path: "/orders/42", query: "" }, now);
    await expect(regionCheck()(order(old))).rejects.toMatchObject(refused);
  });

  test("is read at most every 30 s because of refusals, and else every 5 minutes", async () => {
    const check = regionCheck();
    const guess = originProof("guessed", { method: "GET", host, path: "/orders/42", query: "" }, now);
    for (let count = 0; count < 100; count += 1) await expect(check(order(guess))).rejects.toMatchObject(refused);
    expect(secret.reads).toBe(2);
    now += 31_000;
    await expect(check(order(guess))).rejects.toMatchObject(refused);
    expect(secret.reads).toBe(4);
    now += 4 * minute;
    const keys = edgeKeys();
    for (let count = 0; count < 100; count += 1) await keys.toProve();
    expect(secret.reads).toBe(6);
  });
});

describe("When Secrets Manager does not answer", () => {
  test("the last known key goes on, for hours, and few requests wait for it", async () => {
    const [keys, check] = [edgeKeys(), regionCheck()];
    await check(order(await proofOf(keys)));
    secret.down = true;
    secret.reads = 0;
    for (let passed = 6; passed < 600; passed += 6) {
      now = start + passed * minute;
      for (let count = 0; count < 10; count += 1) await check(order(await proofOf(keys)));
    }
    // Two stages on each side, once for each time.
    expect(secret.reads).toBeLessThanOrEqual(4 * 99);
    expect(logs.text()).toContain("origin key not read again");
    expect(logs.text()).not.toContain("s3cr3t");
  });

  test("the edge asks the next region", async () => {
    const other = new Secret();
    other.down = true;
    const keys = new OriginKeys({ sources: [other.source, secret.source], now: clock });
    await expect(regionCheck()(order(await proofOf(keys)))).resolves.toBeUndefined();
  });

  test("and never has, both sides answer 503 and say so without the key", async () => {
    const error = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const proof = await proofOf(edgeKeys());
    secret.down = true;
    expect(await throughEdge(edgeKeys())).toMatchObject({ status: "503" });
    expect(error.mock.calls.flat().join()).toBe(
      '{"level":"ERROR","message":"origin key not read","error_name":"TimeoutError"}',
    );
    error.mockRestore();
    await expect(regionCheck()(order(proof))).rejects.toMatchObject({ status: 503 });
    expect(logs.text()).not.toContain("s3cr3t");
  });
});

describe("A request that needs no proof", () => {
  test("has one all the same, so that its route can be closed at any time", async () => {
    const request = (await throughEdge(edgeKeys(), {}, false)) as CloudFrontRequest;
    await expect(regionCheck()(order(request.headers["x-origin-proof"]?.[0]?.value))).resolves.toBeUndefined();
  });

  test("goes on without one where the key cannot be read", async () => {
    const error = jest.spyOn(console, "error").mockImplementation(() => undefined);
    secret.down = true;
    expect(await throughEdge(edgeKeys(), {}, false)).toMatchObject({ uri: "/orders/42", headers: {} });
    expect(error).toHaveBeenCalledTimes(1);
    error.mockRestore();
  });
});

describe("httpApi", () => {
  const variables = {
    AWS_REGION: "eu-west-1",
    ORIGIN_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:test/orders/origin-AbCdEf",
    ORIGIN_OPEN_ROUTES: "GET /health",
  };
  const outside = process.env;
  afterEach(() => {
    process.env = outside;
  });
  const api = () => {
    const answer = jest.fn(() => ({ status: 200 }));
    const routes = { "GET /health": answer, "GET /orders": answer };
    return { answer, handler: httpApi({ logger: logger(), routes }) };
  };

  test("checks before the route runs, where the toolkit has said so", async () => {
    process.env = { ...outside, ...variables };
    const { handler, answer } = api();
    const { statusCode, headers } = await handler(httpEvent("GET /orders"), lambdaContext());
    expect([statusCode, headers?.["content-type"]]).toEqual([403, "application/problem+json"]);
    expect(answer).not.toHaveBeenCalled();
    expect((await handler(httpEvent("GET /health"), lambdaContext())).statusCode).toBe(200);
  });

  test("checks nothing else", async () => {
    const { handler } = api();
    expect((await handler(httpEvent("GET /orders"), lambdaContext())).statusCode).toBe(200);
  });
});
