import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontResultResponse } from "aws-lambda";
import { unzipSync } from "fflate";
import { sign } from "../../../handlers/edge-signer/sign";
import { asksForSignature, type SignedRoutes } from "../../../handlers/edge-signer/signed-routes";
import { DeploymentStack } from "../../../modules/core";
import { originRoutingConstants } from "../../../modules/edge-distribution";
import { edgeLimits } from "../../../modules/edge-function/limits";
import { handlerBundle } from "../../../modules/service-function";
import { provesOrigin } from "../../../runtime/http/origin-proof";
import { type FakeSecretsManager, startFakeSecretsManager } from "../../support/fake-secrets-manager";
import { testApp } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";
import { answerOfApiGateway } from "./api-gateway";

const key = { id: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token: "session-token" };
const credentials = { accessKeyId: key.id, secretAccessKey: key.secret, sessionToken: key.token };
const now = new Date("2026-03-04T05:06:07.000Z");
const home = "abc123def4.execute-api.eu-west-1.amazonaws.com";
const standby = "zyx987wvu6.execute-api.eu-central-1.amazonaws.com";

interface Parts {
  readonly method?: string;
  readonly uri?: string;
  readonly query?: string;
  readonly body?: string;
  readonly truncated?: boolean;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as CloudFront hands it to an origin-request function. */
function originRequest({
  method = "GET",
  uri = "/orders/42",
  query = "",
  body,
  truncated = false,
  host = home,
  headers = {},
}: Parts = {}): CloudFrontRequest {
  return {
    clientIp: "203.0.113.178",
    method,
    uri,
    querystring: query,
    headers: {
      host: [{ key: "Host", value: host }],
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [{ key: name, value }]]),
      ),
    },
    origin: {
      custom: {
        customHeaders: {},
        domainName: host,
        keepaliveTimeout: 5,
        path: "",
        port: 443,
        protocol: "https",
        readTimeout: 30,
        sslProtocols: ["TLSv1.2"],
      },
    },
    ...(body !== undefined && {
      body: {
        action: "read-only" as const,
        data: Buffer.from(body).toString("base64"),
        encoding: "base64" as const,
        inputTruncated: truncated,
      },
    }),
  };
}

/** What the API receives, and answers. */
function received(
  request: CloudFrontRequest,
  changes: Partial<Parameters<typeof answerOfApiGateway>[0]> = {},
  at = now,
) {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, [first]]) => [name, first?.value ?? ""]),
  );
  return answerOfApiGateway(
    {
      method: request.method,
      host: request.origin?.custom?.domainName ?? "",
      path: request.uri,
      query: request.querystring,
      headers,
      body: Buffer.from(request.body?.data ?? "", "base64"),
      ...changes,
    },
    key,
    at,
  );
}

async function signed(parts: Parts = {}): Promise<CloudFrontRequest> {
  const result = await sign(originRequest(parts), credentials, now);
  if (!("uri" in result)) throw new Error(`it was answered at the edge: ${JSON.stringify(result)}`);
  return result;
}

describe("A request that the edge signs", () => {
  test.each<[string, Parts]>([
    ["a read", {}],
    ["a read in the other region", { host: standby }],
    ["the root", { uri: "/" }],
    ["a path that is encoded", { uri: "/files/a%20b/%C3%A9%2Fx" }],
    ["a path with characters that only some encode", { uri: "/a!b'(c)*~d:e@f" }],
    ["a query", { query: "limit=20&cursor=MXxh%3D%3D" }],
    ["a query with one name twice, in any order", { query: "b=2&a=2&a=1&A=0" }],
    ["a query with an empty value, and one without", { query: "a=&b" }],
    ["a query with a plus, which is a space", { query: "q=a+b%2Bc&x=*!" }],
    ["a write", { method: "POST", body: '{"customerId":"c-1"}' }],
    ["a write of bytes", { method: "PUT", body: "\u0000é\uD83D\uDE00" }],
    ["a write without a body", { method: "DELETE", body: "" }],
  ])("is taken by the API: %s", async (_, parts) => {
    expect(received(await signed(parts))).toBe(200);
  });

  test("carries the signature, and never the key", async () => {
    const request = await signed({ method: "POST", body: "{}" });
    expect(Object.keys(request.headers).sort()).toEqual([
      "authorization",
      "host",
      "x-amz-content-sha256",
      "x-amz-date",
      "x-amz-security-token",
    ]);
    expect(request.headers.host?.[0]?.value).toBe(home);
    expect(JSON.stringify(request)).not.toContain(key.secret);
  });

  test("has nothing of a signature that its viewer sent", async () => {
    const forged = {
      Authorization: "Bearer viewer",
      "X-Amz-Security-Token": "viewer",
      "X-Amz-Date": "20200101T000000Z",
      "X-Kept": "viewer",
    };
    const request = await signed({ headers: forged, query: "X-Amz-Signature=viewer&x-amz-credential=viewer&a=1" });
    expect(received(request)).toBe(200);
    expect(request.querystring).toBe("a=1");
    const { "x-kept": kept, ...others } = request.headers;
    expect(kept).toEqual([{ key: "X-Kept", value: "viewer" }]);
    expect(JSON.stringify(others)).not.toContain("viewer");
  });

  test("is answered at the edge where it cannot be signed", async () => {
    const answer = async (parts: Parts) =>
      (await sign(originRequest(parts), credentials, now)) as CloudFrontResultResponse;
    const large = await answer({ method: "POST", body: "x", truncated: true });
    expect([large.status, JSON.parse(large.body ?? "")]).toEqual(["413", expect.objectContaining({ status: 413 })]);
    for (const query of ["a=%", "%zz=1", "a=%ff"]) expect((await answer({ query })).status).toBe("400");
  });

  test("is for the endpoint of an API, and for nothing else", async () => {
    for (const host of [
      "shop.example.com",
      "abc.execute-api.eu-west-1.amazonaws.com.evil.example",
      "x.lambda-url.eu-west-1.on.aws",
    ]) {
      await expect(sign(originRequest({ host }), credentials, now)).rejects.toThrow(
        /not the default endpoint of an API/,
      );
    }
  });
});

describe("A request past the distribution is refused", () => {
  const body = { method: "POST", uri: "/orders", body: '{"customerId":"c-1"}' };

  test("without a signature, and with a token", () => {
    expect(received(originRequest(body))).toBe(403);
    expect(received(originRequest({ ...body, headers: { Authorization: "Bearer token" } }))).toBe(403);
  });

  test("with headers that only look as if they came from the edge", () => {
    const headers = {
      "X-Origin-Counterpart": standby,
      Via: "2.0 x.cloudfront.net (CloudFront)",
      "X-Amz-Cf-Id": "x",
      "CloudFront-Viewer-Country": "DE",
    };
    expect(received(originRequest({ ...body, headers }))).toBe(403);
  });

  test.each<[string, Partial<Parameters<typeof answerOfApiGateway>[0]>]>([
    ["another path", { path: "/orders/ord_1" }],
    ["another method", { method: "DELETE" }],
    ["another query", { query: "all=1" }],
    ["another body", { body: Buffer.from('{"customerId":"bob"}') }],
    ["the other region", { host: standby }],
  ])("with the signature of a request for %s", async (_, changes) => {
    expect(received(await signed(body), changes)).toBe(403);
  });

  test("with a signature of yesterday, or of somebody else's key", async () => {
    expect(received(await signed(body), {}, new Date(now.getTime() + 86_400_000))).toBe(403);
    const other = await sign(originRequest(body), { ...credentials, secretAccessKey: "guessed" }, now);
    expect(received(other as CloudFrontRequest)).toBe(403);
  });
});

describe("A route asks for a signature", () => {
  const routes: SignedRoutes = {
    "GET /health": true,
    "GET /orders/{orderId}": false,
    "GET /orders/mine": true,
    "ANY /orders/{orderId}": true,
    "POST /files/{path+}": false,
    "ANY /files/{path+}": true,
    "GET /files/public/{path+}": false,
    "GET /": true,
    $default: false,
  };

  test.each([
    ["GET", "/health", true],
    ["HEAD", "/health", false],
    ["GET", "/orders/42", false],
    ["GET", "/orders/mine", true],
    ["GET", "/orders/m%69ne", true],
    ["GET", "/orders/mine/", false],
    ["DELETE", "/orders/42", true],
    ["GET", "/orders/", false],
    ["POST", "/files/a/b", false],
    ["GET", "/files/a/b", true],
    ["GET", "/files/public/b", false],
    ["GET", "/", true],
    ["GET", "/%zz", false],
    ["GET", "/unknown", false],
  ])("where API Gateway selects one for %s %s that does: %s", (method, uri, expected) => {
    expect(asksForSignature(routes, method, uri)).toBe(expected);
  });

  test("if $default does, for whatever no other route is for", () => {
    expect(asksForSignature({ "GET /open": false, $default: true }, "GET", "/open")).toBe(false);
    expect(asksForSignature({ "GET /open": false, $default: true }, "GET", "/else")).toBe(true);
    expect(asksForSignature({}, "GET", "/else")).toBe(false);
  });
});

describe("The edge signer's bundle", () => {
  const projectRoot = path.resolve(__dirname, "..", "..", "..");
  const folder = temporaryFolder("evenkeel-edge-signer-");
  const stack = new DeploymentStack(testApp(), "test", { regions: ["us-east-1"], account: "111122223333", tags: {} });
  const proven = { name: "prod/shop/origin", regions: ["eu-west-1", "eu-central-1"], openRoutes: ["GET /health"] };
  const constants = {
    ...originRoutingConstants({ standbyCountries: ["DE"] }),
    SIGNED_ROUTES: { "GET /orders/{orderId}": true, "GET /open": false, "GET /health": false },
  };

  const originKey = "origin-key-s3cr3t";
  let secrets: FakeSecretsManager;
  beforeAll(async () => {
    secrets = await startFakeSecretsManager(originKey);
  });
  afterAll(() => secrets.stop());
  beforeEach(() => {
    secrets.failing = false;
    secrets.asked.length = 0;
  });

  const bundle = (originProof: object | null) =>
    handlerBundle(stack, {
      entry: "handlers/edge-signer/handler.ts",
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      define: Object.fromEntries(
        Object.entries({ ...constants, ORIGIN_PROOF: originProof }).map(([name, value]) => [
          name,
          JSON.stringify(value),
        ]),
      ),
      projectRoot,
    });

  const run = async (request: CloudFrontRequest, originProof: object | null = null) => {
    const { sourceCodeHash } = bundle(originProof);
    const sha256 = Buffer.from(sourceCodeHash, "base64").toString("hex");
    const zip = unzipSync(readFileSync(path.join(projectRoot, ".evenkeel", "bundles", sha256, "handler.zip")));
    for (const [name, content] of Object.entries(zip)) writeFileSync(path.join(folder, name), content);
    const event = { Records: [{ cf: { config: {}, request } }] } as unknown as CloudFrontRequestEvent;
    const module = pathToFileURL(path.join(folder, "index.mjs")).href;
    const script = `import(${JSON.stringify(module)}).then(async ({ handler }) => console.log(JSON.stringify(await handler(${JSON.stringify(event)}))))`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      env: {
        ...process.env,
        AWS_REGION: "eu-central-1",
        AWS_ACCESS_KEY_ID: key.id,
        AWS_SECRET_ACCESS_KEY: key.secret,
        AWS_SESSION_TOKEN: key.token,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
      },
    });
    return { answer: JSON.parse(stdout) as unknown, stderr };
  };
  const invoke = async (request: CloudFrontRequest, originProof: object | null = null) =>
    (await run(request, originProof)).answer as CloudFrontRequest;

  test("signs by the role's credentials what asks for it, for the region that it is sent to", async () => {
    const request = originRequest({ headers: { "CloudFront-Viewer-Country": "DE" } });
    const custom = request.origin?.custom;
    if (custom) custom.customHeaders = { "x-origin-counterpart": [{ key: "x-origin-counterpart", value: standby }] };
    const sent = await invoke(request);
    expect(sent.origin?.custom?.domainName).toBe(standby);
    expect(received(sent, {}, new Date())).toBe(200);
  });

  test("leaves the viewer's token to routes that ask for one", async () => {
    const sent = await invoke(originRequest({ uri: "/open", headers: { Authorization: "Bearer token" } }));
    expect(sent.headers.authorization).toEqual([{ key: "Authorization", value: "Bearer token" }]);
    expect(sent.headers).not.toHaveProperty("x-amz-date");
  });

  const forged = originRequest({
    uri: "/open",
    query: "a=1",
    headers: { Authorization: "Bearer t", "X-Origin-Proof": "mine" },
  });
  const proofOf = (request: CloudFrontRequest) => request.headers["x-origin-proof"] ?? [];
  const proves = (request: CloudFrontRequest, path: string) =>
    provesOrigin(
      proofOf(request)[0]?.value,
      [originKey],
      { method: "GET", host: home, path, query: "a=1" },
      Date.now(),
    );

  test("proves what does not ask for a signature, in place of what the viewer sent for it", async () => {
    const sent = await invoke(structuredClone(forged), { ...proven, required: true });
    expect(proofOf(sent)).toHaveLength(1);
    expect(proves(sent, "/open")).toBe(true);
    expect(proves(sent, "/other")).toBe(false);
    expect(sent.headers.authorization).toEqual([{ key: "Authorization", value: "Bearer t" }]);
    expect(new Set(secrets.asked)).toEqual(new Set([proven.name]));
    expect(JSON.stringify(sent)).not.toContain(originKey);
  });

  test("removes what a viewer sends for a proof from signed requests too, and where nothing is proven", async () => {
    const { uri: _, ...signedRoute } = forged;
    const signed = await invoke({ ...structuredClone(signedRoute), uri: "/orders/1" }, { ...proven, required: true });
    expect(proofOf(signed)).toEqual([]);
    expect(signed.headers["x-amz-date"]).toBeDefined();
    expect(proofOf(await invoke(structuredClone(forged)))).toEqual([]);
    expect(secrets.asked).toEqual([]);
  });

  test("answers 503 where the key cannot be read in any region, unless the request needs no proof", async () => {
    secrets.failing = true;
    const { answer, stderr } = await run(structuredClone(forged), { ...proven, required: true });
    expect(answer).toMatchObject({ status: "503" });
    expect(stderr).toContain('"message":"origin key not read","error_name":"AccessDeniedException"');
    expect(stderr).not.toMatch(/Bearer|mine/);
    for (const [uri, required] of [
      ["/health", true],
      ["/open", false],
    ] as const) {
      const sent = await invoke({ ...structuredClone(forged), uri }, { ...proven, required });
      expect([sent.uri, proofOf(sent)]).toEqual([uri, []]);
    }
  });

  test("is as small as CloudFront wants it", () => {
    const { zippedBytes } = bundle({ ...proven, required: true });
    expect(zippedBytes).toBeLessThan(edgeLimits(["origin-request"]).zippedBytes / 10);
  });
});
