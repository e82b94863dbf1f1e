import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type BreakerMeasurement, writeBreakerMetric } from "../../../runtime/breaker/breaker-metric";
import { dependency, undeclaredDependency } from "../../../runtime/breaker/dependency";
import { breakerVariables, dependencyFromEnvironment } from "../../../runtime/breaker/from-environment";
import { breakerReporter } from "../../../runtime/breaker/reporter";
import { readEnvironment } from "../../../runtime/environment/environment";
import { createLogger } from "../../../runtime/observability/logger";
import { captureLogs } from "../invocation";
import { inTurn } from "./breakers";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("the variable of a dependency", () => {
  const told = { endpoints: {}, failures: { consecutive: 5 }, openMs: 1, maxOpenMs: 2, probeMs: 3 };

  test("is what the toolkit writes, with the name that the function calls it by", () => {
    expect(dependency("carrier").parse(JSON.stringify(told))).toEqual({ ...told, name: "carrier" });
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    JSON.stringify({ ...told, openMs: "1" }),
    JSON.stringify({ ...told, failures: undefined }),
  ])("is refused at the cold start where it is %s", (text) => {
    expect(dependency("carrier").parse(text)).toBeUndefined();
  });
});

describe("dependencyFromEnvironment", () => {
  const failing = () => Promise.reject(new Error("down"));
  let server: Server;
  let answers: Record<string, string>;
  let asked: string[];
  const outside = process.env;

  beforeEach(async () => {
    answers = {};
    asked = [];
    // Parameter Store, as the function sees it.
    server = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on("data", (chunk: Buffer) => body.push(chunk));
      request.on("end", () => {
        const { Path } = JSON.parse(Buffer.concat(body).toString()) as { Path: string };
        asked.push(Path);
        const Parameters = Object.entries(answers).map(([name, Value]) => ({ Name: `${Path}/${name}`, Value }));
        response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify({ Parameters }));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    process.env = {
      ...outside,
      AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "none",
      AWS_SECRET_ACCESS_KEY: "none",
    };
  });
  afterEach(async () => {
    process.env = outside;
    const closed = once(server, "close");
    server.closeAllConnections();
    server.close();
    await closed;
  });

  const carrierWith = (variables: Record<string, string>, endpoints: Record<string, string> = {}) =>
    dependencyFromEnvironment(
      readEnvironment(breakerVariables, { AWS_REGION: "eu-central-1", ENVIRONMENT: "test", ...variables }),
      { ...undeclaredDependency("carrier"), endpoints, failures: { consecutive: 2 } },
      { logger: createLogger({ service: "test", environment: "test", level: "INFO" }) },
    );

  test("has a breaker in each execution environment where nothing is said", async () => {
    const carrier = carrierWith({});
    expect(await inTurn(3, () => carrier.call(failing))).toEqual(["failed", "failed", "refused"]);
    expect(asked).toEqual([]);
    expect(logs.lines().filter(({ message }) => message)).toMatchObject([
      {
        message: "circuit breaker opened",
        dependency: "carrier",
        endpoint_region: "eu-central-1",
        error_name: "Error",
      },
    ]);
  });

  test("asks the endpoint of the function's own region first, whatever the order", async () => {
    const carrier = carrierWith({}, { "eu-west-1": "https://one.example", "eu-central-1": "https://two.example" });
    await expect(carrier.call(async ({ url }) => url)).resolves.toBe("https://two.example");
  });

  test("follows the switches, each for its endpoint", async () => {
    answers = { "carrier.eu-central-1": "open", "carrier.eu-west-1": "closed" };
    const carrier = carrierWith(
      { CIRCUIT_BREAKERS_PATH: "/test/circuit-breakers" },
      { "eu-west-1": "https://one.example", "eu-central-1": "https://two.example" },
    );
    const reached = () => carrier.call(async ({ url }) => url);
    while ((await reached()) !== "https://one.example") await new Promise((resolve) => setTimeout(resolve, 5));
    expect(asked).toEqual(["/test/circuit-breakers"]);
    expect(await inTurn(4, () => carrier.call(failing))).toEqual(Array(4).fill("failed"));
  });
});

describe("what a breaker reports", () => {
  test("is measured at changes, and while it refuses at most every 30 s, with all calls that were refused", () => {
    const measured: BreakerMeasurement[] = [];
    let now = 0;
    const report = breakerReporter({
      environment: "test",
      logger: createLogger({ service: "test", environment: "test", level: "INFO" }),
      now: () => now,
      measure: (measurement) => measured.push(measurement),
    });
    const of = { dependency: "carrier", region: "eu-west-1" };
    report({ ...of, what: "opened", error: new RangeError("secret") });
    for (let time = 0; time < 10; time += 1) report({ ...of, what: "refused" });
    now = 30_000;
    report({ ...of, what: "refused" });
    report({ ...of, what: "alone", error: new Error("gone") });
    report({ ...of, what: "closed" });
    expect(measured.map(({ open, refused, opened }) => [open, refused, opened])).toEqual([
      [true, 0, true],
      [true, 11, false],
      [false, 0, false],
    ]);
    expect(JSON.stringify(logs.lines())).not.toContain("secret");
    expect(logs.lines().map(({ message, error_name }) => [message, error_name])).toEqual([
      ["circuit breaker opened", "RangeError"],
      ["circuit breaker alone", "Error"],
      ["circuit breaker closed", undefined],
    ]);
  });

  test("is a line in the embedded metric format with the dimensions of the alarm, and no other", () => {
    const lines: string[] = [];
    writeBreakerMetric(
      { environment: "test", dependency: "carrier", region: "eu-west-1", open: true, refused: 3, opened: false },
      (line) => lines.push(line),
    );
    const [line] = lines.map((one) => JSON.parse(one));
    expect(line).toMatchObject({ Open: 1, Refused: 3, Opened: 0, Dependency: "carrier", EndpointRegion: "eu-west-1" });
    expect(line._aws.CloudWatchMetrics).toEqual([
      expect.objectContaining({
        Namespace: "Evenkeel/CircuitBreakers",
        Dimensions: [["Environment", "Dependency", "EndpointRegion"]],
      }),
    ]);
  });
});
