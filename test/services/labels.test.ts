import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { httpEvent, tokenOf } from "../runtime/invocation";
import { DeployedFunction, unpackBundle } from "../support/deployed-function";
import { RuntimeApi } from "../support/lambda-runtime-api";
import { canBuildRust, labelsBuild } from "../support/native-build";
import { temporaryFolder } from "../support/temporary-folder";
import { type Answer, comparable, told, utcTime } from "./twin";

const isBuilt = canBuildRust("the service labels, a native program");

const reader = tokenOf({ sub: "caller-1", scope: "[labels:read other]" });
const headers = { "x-correlation-id": "parcel-of-a-customer.1" };
const label = (serial: string, more: object = { authorizer: reader }) =>
  httpEvent("GET /labels/{serial}", { path: { serial }, headers, ...more });

/** Requests that both services are sent, and what they are about. */
const requests: readonly (readonly [what: string, event: object])[] = [
  ["a label", label("10614141192837465".slice(0, 17))],
  ["another label", label("00000000000000000")],
  ["a health check", httpEvent("GET /health", { headers })],
  ["a route that is not there", httpEvent("GET /nothing", { headers })],
  ["a request of nobody", label("10614141192837465", {})],
  [
    "a token without the scope",
    label("10614141192837465", { authorizer: tokenOf({ sub: "a", scope: "labels:write" }) }),
  ],
  ["a serial that is none", label("1061414119283746x")],
  ["a text with quotes and other letters", label('"\\ü\u0001😀')],
];

(isBuilt ? describe : describe.skip)("The service labels, a native program", () => {
  const folder = temporaryFolder("evenkeel-labels-");
  const variables = { ENVIRONMENT: "prod", SERVICE_NAME: "labels", AWS_REGION: "eu-west-1" };
  const answers: { native: Answer; node: Answer }[] = [];
  const lines: { native: readonly object[]; node: readonly object[] }[] = [];
  let running: RuntimeApi | undefined;
  let twin: DeployedFunction | undefined;

  beforeAll(async () => {
    const [program = "", ...rest] = labelsBuild(folder);
    const { status, stderr } = spawnSync(program, rest, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const main = unpackBundle(folder, "twin", { entry: "test/services/twin-handler.ts" });
    twin = DeployedFunction.start(main, {
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: "prod-labels",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    });
    running = await RuntimeApi.start({
      command: [join(folder, "bootstrap")],
      functionName: "prod-labels",
      variables,
    });
    for (const [, event] of requests) {
      const before = [running.lines.length, twin.lines.length];
      answers.push({ native: (await running.invoke(event)) as Answer, node: (await twin.invoke(event)) as Answer });
      lines.push({ native: running.lines.slice(before[0]), node: twin.lines.slice(before[1]) });
    }
  }, 60_000);
  afterAll(() => Promise.all([running?.stop(), twin?.stop()]));

  test.each(requests.map(([what], index) => [what, index] as const))(
    "answers %s as a service in Node.js does, and writes the same lines",
    (_, index) => {
      const { native, node } = answers[index] as (typeof answers)[number];
      expect(told(native)).toEqual(told(node));
      const { native: own, node: others } = lines[index] as (typeof lines)[number];
      expect(own.map(comparable)).toEqual(others.map(comparable));
      for (const line of own) expect((line as { timestamp: string }).timestamp).toMatch(utcTime);
    },
  );

  test("makes the check digit of GS1", () => {
    expect(JSON.parse(answers[0]?.native.body ?? "")).toEqual({
      serial: "10614141192837465",
      sscc: "106141411928374657",
    });
  });

  test("takes an event of any JSON, and gives each request without an id one of its own", async () => {
    const first = (await running?.invoke({
      routeKey: "GET /health",
      list: [1, -2.5e3, true, null, { a: [] }],
    })) as Answer;
    const second = (await running?.invoke({ routeKey: "GET /health" })) as Answer;
    const ids = [first, second].map((answer) => answer.headers["x-correlation-id"]);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
