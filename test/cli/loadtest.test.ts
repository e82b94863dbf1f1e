import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type LoadtestOptions, loadTestsOf } from "../../cli/commands/loadtest";
import { loadtestDocument } from "../../cli/documents/loadtest";
import project from "../../cli/project";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

const written = (options: LoadtestOptions = {}, name = "prod", stage = "optimization") =>
  loadTestsOf(project.find(name), stage, options);

/** One test of the orders service in prod. */
function ordersTest(scenario: string, options: LoadtestOptions = {}) {
  const [test] = written({ service: ["orders"], scenario: [scenario], ...options }).tests;
  if (!test) throw new Error(`no ${scenario}`);
  return test;
}

function requestsFile(requests: object): string {
  const file = join(folder, "requests.json");
  writeFileSync(file, JSON.stringify(requests));
  return file;
}

describe("evenkeel loadtest", () => {
  test("writes the tests of each service with an API, and says where", () => {
    const output = join(folder, "written");
    const args = ["loadtest", "prod", "--service", "orders", "--output", output, "--json"];
    const stdout = execFileSync(process.execPath, [resolve("dist", "cli", "main.js"), ...args], { encoding: "utf8" });
    const data = loadtestDocument.schema.parse(JSON.parse(stdout));
    const names = ["region-down", "slow-start", "spike", "steady", "throttled-dependency"];
    const files = [...names.map((name) => `orders.${name}.json`), "processor.cjs"];
    expect(readdirSync(output).sort()).toEqual(files);
    expect([...(data.files as string[])].sort()).toEqual(files.map((file) => join(output, file)));
    expect(JSON.parse(readFileSync(join(output, "orders.steady.json"), "utf8"))).toMatchObject({
      config: { target: "https://orders.example.com", phases: [{ name: "steady", duration: 300, arrivalRate: 700 }] },
    });
  });

  test("loads a service by its throttling, its concurrency and the time of a request", () => {
    expect(ordersTest("steady").peakPerSecond).toBe(700);
    // 400 executions of a second each answer fewer requests than the API lets through.
    expect(ordersTest("steady", { requestMs: 1000 }).peakPerSecond).toBe(280);
    // Above the ten requests per second of each execution, which is more than the throttling here.
    expect(ordersTest("spike").peakPerSecond).toBe(5000);
    expect(ordersTest("spike", { requestMs: 1000 }).peakPerSecond).toBe(1250);
    expect(ordersTest("spike", { percent: 10 }).peakPerSecond).toBe(500);
  });

  test("takes conditions from the thresholds and the recovery objective of the environment", () => {
    expect(ordersTest("steady").conditions.map(({ expression }) => expression)).toEqual([
      "loadtest.steady.failed + loadtest.steady.turned_away <= loadtest.steady.answers * 0.01",
      "loadtest.steady.latency_ms.p99 <= 3000",
    ]);
    expect(ordersTest("region-down").phases).toContainEqual(expect.objectContaining({ name: "outage", seconds: 420 }));
  });

  test("names the switch of faults where the service has one", () => {
    const { fault } = ordersTest("throttled-dependency");
    expect(fault?.parameter).toBe("/prod/orders/chaos/faults");
    expect(JSON.parse(fault?.value ?? "")).toMatchObject({
      minutes: 5,
      faults: [{ at: "dynamodb", kind: "status", percent: 20, status: 400, error: "ThrottlingException" }],
    });
    const [ledger] = written({ service: ["ledger"], scenario: ["throttled-dependency"] }).tests;
    expect(ledger).toMatchObject({ fault: null, meanwhile: expect.stringContaining("has no field chaos") });
  });

  test("says what it leaves out: regions that do not take over, services without a name", () => {
    const early = written({ service: ["orders"] }, "prod", "hardening");
    expect(early.leftOut).toEqual([
      { service: "orders", scenario: "region-down", reason: expect.stringContaining("no region takes over") },
    ]);
    expect(written({}, "sandbox", "foundation")).toMatchObject({
      tests: [],
      leftOut: [{ service: "orders", scenario: null, reason: expect.stringContaining("give a URL by --target") }],
    });
  });

  test("makes the requests of a file, with a token that stands in no file", () => {
    const requests = requestsFile({
      orders: [{ route: "GET /orders/{orderId}", path: { orderId: "ord_1" }, weight: 2 }, { route: "GET /health" }],
    });
    const { files } = written({ service: ["orders"], scenario: ["steady"], requests });
    const { scenarios } = JSON.parse(files["orders.steady.json"] ?? "");
    expect(scenarios[0]).toMatchObject({
      weight: 2,
      flow: [{ get: { url: "/orders/ord_1", headers: { authorization: "Bearer {{ $env.LOADTEST_TOKEN }}" } } }],
    });
    expect(scenarios[1].flow).toEqual([{ get: { url: "/health" } }]);
  });

  test.each([
    [{ service: ["order"] }, /--service: is not a service with an API; did you mean "orders"\?/],
    [{ scenario: ["steedy"] }, /--scenario: is not a load test; did you mean "steady"\?/],
    [{ target: "orders.example.com", service: ["orders"] }, /--target: is not a URL/],
    [{ target: "https://orders.example.com" }, /--target: is for one service/],
    [{ requests: "no-such-file.json" }, /--requests: cannot be read as JSON/],
  ])("refuses %j", (options, message) => {
    expect(() => written(options)).toThrow(message);
  });

  test.each([
    ["a route that there is not", [{ route: "GET /order" }], /orders\[0\]\.route: is not a route of the API/],
    ["a missing parameter", [{ route: "GET /orders/{orderId}" }], /orders\[0\]\.path\.orderId: is missing/],
    [
      "a credential",
      [{ route: "GET /health", headers: { authorization: "Bearer abc" } }],
      /orders\[0\]\.headers\.authorization: is a credential.*\(received \(hidden\)\)/s,
    ],
    ["an unknown field", [{ route: "GET /health", times: 3 }], /orders\[0\]\.times: unknown field/],
  ])("refuses requests with %s", (_what, orders, message) => {
    const requests = requestsFile({ orders });
    expect(() => written({ service: ["orders"], requests })).toThrow(message);
  });

  test("refuses routes that want signatures, which Artillery does not make", () => {
    const requests = requestsFile({ orders: [{ route: "POST /orders" }] });
    expect(() => written({ requests, target: "http://127.0.0.1:1" }, "sandbox", "foundation")).toThrow(
      /orders\[0\]\.route: wants signed requests/,
    );
  });
});
