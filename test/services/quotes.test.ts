import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { filesBelow, zipOf } from "../../modules/service-function";
import { httpEvent, tokenOf } from "../runtime/invocation";
import { DeployedFunction, unpackBundle } from "../support/deployed-function";
import { RuntimeApi } from "../support/lambda-runtime-api";
import { pythonRuntime } from "../support/python-runtime";
import { temporaryFolder } from "../support/temporary-folder";
import { type Answer, comparable, told, utcTime } from "./twin";

const python = pythonRuntime("the service quotes, run by Lambda's client for Python");
const source = resolve("services/quotes");

const region = "eu-west-1";
const reader = tokenOf({ sub: "caller-1", scope: "quotes:read" });
const parcel = { country: "IE", weightGrams: 1200 };
const correlated = { "x-correlation-id": "parcel-of-a-customer.1" };

/** Requests that both services are sent, and what they are about. */
const requests: readonly (readonly [what: string, event: object])[] = [
  ["a quote", httpEvent("POST /quotes", { body: parcel, authorizer: reader, headers: correlated })],
  ["a health check", httpEvent("GET /health", { headers: correlated })],
  ["a route that is not there", httpEvent("GET /nothing", { headers: correlated })],
  ["a request of nobody", httpEvent("POST /quotes", { body: parcel, headers: correlated })],
  [
    "a token without the scope",
    httpEvent("POST /quotes", {
      body: parcel,
      authorizer: tokenOf({ sub: "caller-1", scope: "[other more]" }),
      headers: correlated,
    }),
  ],
  ["no body", httpEvent("POST /quotes", { authorizer: reader, headers: correlated })],
  ["a body that is not JSON", httpEvent("POST /quotes", { rawBody: "{", authorizer: reader, headers: correlated })],
  [
    "a member twice",
    httpEvent("POST /quotes", { rawBody: '{"country":"IE","country":"GB"}', authorizer: reader, headers: correlated }),
  ],
  [
    "another media type",
    httpEvent("POST /quotes", {
      rawBody: "a=b",
      authorizer: reader,
      headers: { ...correlated, "content-type": "text/plain" },
    }),
  ],
  [
    "a body that is too large",
    httpEvent("POST /quotes", { rawBody: `"${"x".repeat(70_000)}"`, authorizer: reader, headers: correlated }),
  ],
  ["a failure", httpEvent("GET /broken", { headers: correlated })],
];

(python ? describe : describe.skip)("The service quotes, in Python", () => {
  const folder = temporaryFolder("evenkeel-quotes-");
  const built = join(folder, "built");
  const variables = { ENVIRONMENT: "prod", SERVICE_NAME: "quotes", AWS_REGION: region };
  const answers: { python: Answer; node: Answer }[] = [];
  const lines: { python: readonly object[]; node: readonly object[] }[] = [];
  let running: RuntimeApi | undefined;
  let twin: DeployedFunction | undefined;

  /** Builds it as its README says, without a network. */
  function build(into: string): void {
    const env = { ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: python?.wheels ?? "" };
    const { status, stderr } = spawnSync("python3", [join(source, "build.py"), into], { encoding: "utf8", env });
    if (status !== 0) throw new Error(stderr);
  }

  const start = (options: { readonly snapStart?: boolean } = {}) =>
    RuntimeApi.start({
      command: ["python3", "-B", "-m", "awslambdaric", "broken.handler"],
      cwd: built,
      functionName: "prod-quotes",
      variables: {
        ...variables,
        PATH: process.env.PATH ?? "",
        PYTHONPATH: [built, python?.packages].join(":"),
        LAMBDA_TASK_ROOT: built,
        AWS_EXECUTION_ENV: "AWS_Lambda_python3.13",
      },
      ...options,
    });

  beforeAll(async () => {
    build(built);
    // A route that fails, which the service itself has none of.
    cpSync(resolve("test/services/quotes-broken.py"), join(built, "broken.py"));
    const main = unpackBundle(folder, "twin", { entry: "test/services/twin-handler.ts" });
    twin = DeployedFunction.start(main, {
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: "prod-quotes",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    });
    running = await start();
    for (const [, event] of requests) {
      const before = [running.lines.length, twin.lines.length];
      answers.push({ python: (await running.invoke(event)) as Answer, node: (await twin.invoke(event)) as Answer });
      lines.push({ python: running.lines.slice(before[0]), node: twin.lines.slice(before[1]) });
    }
  }, 60_000);
  afterAll(() => Promise.all([running?.stop(), twin?.stop()]));

  const of = (what: string): number => requests.findIndex(([name]) => name === what);

  test.each(requests.map(([what]) => what))("answers %s as a service in Node.js does", (what) => {
    const { python: own, node } = answers[of(what)] as (typeof answers)[number];
    expect(told(own)).toEqual(told(node));
    expect(Object.keys(JSON.parse(own.body) as object)).toEqual(Object.keys(JSON.parse(node.body) as object));
  });

  test.each(requests.map(([what]) => what))("writes the same lines about %s, with the same fields", (what) => {
    const { python: own, node } = lines[of(what)] as (typeof lines)[number];
    expect(own.map(comparable)).toEqual(node.map(comparable));
    for (const line of own) {
      expect((line as { timestamp: string }).timestamp).toMatch(utcTime);
    }
  });

  test("refuses what is no parcel, with a place for each value", async () => {
    const answer = (await running?.invoke(
      httpEvent("POST /quotes", { body: { country: "XX", weightGrams: true }, authorizer: reader }),
    )) as Answer;
    expect(answer.statusCode).toBe(400);
    const { errors, detail } = JSON.parse(answer.body) as { errors: { pointer: string }[]; detail: string };
    expect(detail).toBe("2 values are not acceptable.");
    expect(errors.map(({ pointer }) => pointer)).toEqual(["#/country", "#/weightGrams"]);
  });

  test("answers warming calls by itself, in one environment by one id", async () => {
    const call = { evenkeelWarming: { holdMs: 1 } };
    const [first, second] = [await running?.invoke(call), await running?.invoke(call)];
    expect(first).toEqual(second && { warming: { ...(second as { warming: object }).warming, cold: true } });
    expect(second).toMatchObject({ warming: { environment: expect.stringMatching(/^[0-9a-f-]{36}$/), cold: false } });
  });

  test("is restored from a snapshot, and then answers", async () => {
    const restored = await start({ snapStart: true });
    try {
      const answer = (await restored.invoke(httpEvent("GET /restores"))) as Answer;
      expect(JSON.parse(answer.body)).toEqual({ restores: 1 });
    } finally {
      await restored.stop();
    }
  }, 30_000);

  test("is built with the same bytes each time", () => {
    const again = join(folder, "again");
    build(again);
    const bytes = (at: string) =>
      Buffer.from(zipOf(filesBelow(undefined as never, at, at).filter(({ name }) => name !== "broken.py")));
    expect(bytes(again).equals(bytes(built))).toBe(true);
    expect(readFileSync(join(built, "handler.py"), "utf8")).toBe(readFileSync(join(source, "app/handler.py"), "utf8"));
  }, 30_000);
});
