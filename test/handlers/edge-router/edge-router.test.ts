import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CloudFrontRequest, CloudFrontRequestEvent } from "aws-lambda";
import { unzipSync } from "fflate";
import { route } from "../../../handlers/edge-router/route";
import type { OriginRouting } from "../../../handlers/edge-router/routing";
import { DeploymentStack, parseConfig } from "../../../modules/core";
import { originRoutingConfig, originRoutingConstants } from "../../../modules/edge-distribution";
import { EdgeFunction, edgeLimits } from "../../../modules/edge-function";
import { handlerBundle } from "../../../modules/service-function";
import { testApp } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const home = "eu-west-1.api.example.com";
const standby = "us-west-2.api.example.com";
const constants = originRoutingConstants(
  parseConfig(
    originRoutingConfig,
    { standbyCountries: ["US", "CA"], standbyEdgeRegions: ["us-east-1"], writes: "home" },
    "routing",
  ),
);
// What the distribution's module bakes in is what the handler declares.
const routing: OriginRouting = constants.ORIGIN_ROUTING;

/** As CloudFront forms it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html */
function originRequest(
  changes: { method?: string; country?: string; at?: "home" | "standby" | "home-alone" } = {},
): CloudFrontRequestEvent {
  const { method = "GET", country, at = "home" } = changes;
  const [domainName, counterpart] = at === "standby" ? [standby, home] : [home, standby];
  return {
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: "d111111abcdef8.cloudfront.net",
            distributionId: "EDFDVBD6EXAMPLE",
            eventType: "origin-request",
            requestId: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
          },
          request: {
            clientIp: "203.0.113.178",
            headers: {
              "x-forwarded-for": [{ key: "X-Forwarded-For", value: "203.0.113.178" }],
              "user-agent": [{ key: "User-Agent", value: "Amazon CloudFront" }],
              via: [{ key: "Via", value: "2.0 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)" }],
              host: [{ key: "Host", value: "shop.example.com" }],
              "cache-control": [{ key: "Cache-Control", value: "no-cache" }],
              ...(country
                ? { "cloudfront-viewer-country": [{ key: "CloudFront-Viewer-Country", value: country }] }
                : {}),
            },
            method,
            origin: {
              custom: {
                customHeaders:
                  at === "home-alone"
                    ? {}
                    : { "x-origin-counterpart": [{ key: "x-origin-counterpart", value: counterpart }] },
                domainName,
                keepaliveTimeout: 5,
                path: "",
                port: 443,
                protocol: "https",
                readTimeout: 30,
                sslProtocols: ["TLSv1.2"],
              },
            },
            querystring: "size=large",
            uri: "/orders/42",
          },
        },
      },
    ],
  };
}

const requestOf = (event: CloudFrontRequestEvent) => event.Records[0]?.cf.request as CloudFrontRequest;
const routed = (
  changes: Parameters<typeof originRequest>[0],
  edgeRegion?: string,
  other: Partial<OriginRouting> = {},
) => route(requestOf(originRequest(changes)), { ...routing, ...other }, edgeRegion);
const domainOf = (request: CloudFrontRequest) => request.origin?.custom?.domainName;

describe("The edge router", () => {
  test.each([
    ["a viewer near home", { country: "DE" }, home],
    ["a viewer near the standby", { country: "US" }, standby],
    ["a viewer whose country is not known", {}, home],
  ])("asks the region that suits %s", (_, changes, domain) => {
    expect(domainOf(routed(changes))).toBe(domain);
  });

  test("keeps the failover of an origin group, in either order", () => {
    const attempts = (country: string) => (["home", "standby"] as const).map((at) => domainOf(routed({ country, at })));
    expect(attempts("DE")).toEqual([home, standby]);
    expect(attempts("US")).toEqual([standby, home]);
  });

  test("goes by the region of the edge cache where no country is known, and by the country where one is", () => {
    expect(domainOf(routed({}, "us-east-1"))).toBe(standby);
    expect(domainOf(routed({}, "eu-central-1"))).toBe(home);
    expect(domainOf(routed({ country: "DE" }, "us-east-1"))).toBe(home);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("sends %s home, unless data takes writes everywhere", (method) => {
    expect(domainOf(routed({ method, country: "US" }))).toBe(home);
    expect(domainOf(routed({ method, country: "US" }, undefined, { writes: "nearest" }))).toBe(standby);
  });

  test.each(["HEAD", "OPTIONS"])("routes %s as it does GET", (method) => {
    expect(domainOf(routed({ method, country: "CA" }))).toBe(standby);
  });

  test("puts the origin's own name into Host, always", () => {
    for (const country of ["DE", "US"]) {
      const request = routed({ country });
      expect(request.headers.host).toEqual([{ key: "Host", value: domainOf(request) }]);
    }
    expect(routed({ at: "home-alone" }).headers.host?.[0]?.value).toBe(home);
  });

  test("stays with home while there is no standby", () => {
    expect(domainOf(routed({ at: "home-alone", country: "US" }))).toBe(home);
  });

  test("changes nothing else, and keeps the counterpart's name to itself", () => {
    const before = requestOf(originRequest({ country: "US" }));
    const after = routed({ country: "US" });
    expect(after).toEqual({
      ...before,
      headers: { ...before.headers, host: [{ key: "Host", value: standby }] },
      origin: { custom: { ...before.origin?.custom, domainName: standby, customHeaders: {} } },
    });
  });

  test("leaves requests to buckets alone", () => {
    const request: CloudFrontRequest = {
      ...requestOf(originRequest({ country: "US" })),
      origin: {
        s3: { authMethod: "none", customHeaders: {}, domainName: "bucket.s3.eu-west-1.amazonaws.com", path: "" },
      },
    };
    expect(route(structuredClone(request), routing, undefined)).toEqual(request);
  });
});

describe("The edge router's bundle", () => {
  const projectRoot = path.resolve(__dirname, "..", "..", "..");
  const entry = "handlers/edge-router/handler.ts";
  const stack = new DeploymentStack(testApp(), "test", {
    regions: ["us-east-1"],
    account: "111122223333",
    tags: {},
  });
  const folder = temporaryFolder("evenkeel-edge-");

  test("is far below the limit of any event", () => {
    const { codeSize } = new EdgeFunction(stack, "router", {
      config: { entry, eventTypes: ["origin-request"], constants },
      name: "router",
      account: "111122223333",
      logRegions: ["us-east-1"],
      projectRoot,
    });
    expect(codeSize.zippedBytes).toBeLessThan(4_096);
    expect(codeSize.zippedBytes).toBeLessThan(edgeLimits(["viewer-request"]).zippedBytes);
  });

  test("routes in Node.js by the constants baked into it, and answers with a request that fits", () => {
    const { sourceCodeHash } = handlerBundle(stack, {
      entry,
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      define: { ORIGIN_ROUTING: JSON.stringify(constants.ORIGIN_ROUTING) },
      projectRoot,
    });
    const sha256 = Buffer.from(sourceCodeHash, "base64").toString("hex");
    const zip = readFileSync(path.join(projectRoot, ".evenkeel", "bundles", sha256, "handler.zip"));
    const module = path.join(folder, "index.mjs");
    writeFileSync(module, unzipSync(zip)["index.mjs"] ?? "");
    const script = `import(${JSON.stringify(pathToFileURL(module).href)}).then(async ({ handler }) => {
      console.log(JSON.stringify(await handler(${JSON.stringify(originRequest({ country: "US" }))})));
    })`;
    const output = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const answer = JSON.parse(output) as CloudFrontRequest;
    expect(domainOf(answer)).toBe(standby);
    expect(answer).not.toHaveProperty("status");
    expect(Buffer.byteLength(output)).toBeLessThan(edgeLimits(["origin-request"]).responseBytes);
  });
});
