import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Lambda, lambdaOf } from "../../../handlers/queue-pausing/lambda";

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Something that answers as Lambda does, and what it was asked. */
async function withLambda<T>(answer: Answer, work: (lambda: Lambda) => Promise<T>) {
  const asked: { readonly line: string; readonly body: string; readonly isSigned: boolean }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const isSigned = /^AWS4-HMAC-SHA256 .*\/eu-west-1\/lambda\/aws4_request/.test(request.headers.authorization ?? "");
    asked.push({ line: `${request.method} ${request.url}`, body, isSigned });
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? "{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };
  try {
    return { result: await work(lambdaOf({ region: "eu-west-1", credentials, endpoint })), asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("Lambda, as queue-pausing asks it", () => {
  test("says the state of a mapping", async () => {
    const body = JSON.stringify({ UUID: "0f1e", State: "Disabling" });
    const { result, asked } = await withLambda({ body }, (lambda) => lambda.mappingState("0f1e"));
    expect(result).toBe("Disabling");
    expect(asked).toEqual([{ line: "GET /2015-03-31/event-source-mappings/0f1e", body: "", isSigned: true }]);
  });

  test("switches a mapping, and nothing else of it", async () => {
    const { result, asked } = await withLambda({ status: 202 }, (lambda) => lambda.enableMapping("0f1e", false));
    expect(result).toBe(true);
    expect(asked).toEqual([
      { line: "PUT /2015-03-31/event-source-mappings/0f1e", body: '{"Enabled":false}', isSigned: true },
    ]);
  });

  test.each<[string, Answer]>([
    ["is changing the mapping", { status: 400, headers: { "x-amzn-errortype": "ResourceInUseException" } }],
    ["has another change of it", { status: 409, headers: { "x-amzn-errortype": "ResourceConflictException" } }],
    ["is asked too often", { status: 429 }],
  ])("takes a switch later when it %s", async (_, answer) => {
    expect((await withLambda(answer, (lambda) => lambda.enableMapping("0f1e", true))).result).toBe(false);
  });

  test.each([400, 403, 404, 500])("throws at %i", async (status) => {
    const message = `answered UpdateEventSourceMapping with ${status}; look at the policy of the function's role`;
    await expect(withLambda({ status }, (lambda) => lambda.enableMapping("0f1e", true))).rejects.toThrow(message);
    await expect(withLambda({ status }, (lambda) => lambda.mappingState("0f1e"))).rejects.toThrow(
      `answered GetEventSourceMapping with ${status}`,
    );
  });

  test("has a function probe", async () => {
    const body = JSON.stringify({ probe: { dependency: "warehouse", outcome: "answered" } });
    const { result, asked } = await withLambda({ body }, (lambda) =>
      lambda.probe("prod-picking", "live", "warehouse", 5_000),
    );
    expect(result).toBe("answered");
    expect(asked).toEqual([
      {
        line: "POST /2015-03-31/functions/prod-picking/invocations?Qualifier=live",
        body: '{"evenkeelProbe":{"dependency":"warehouse"}}',
        isSigned: true,
      },
    ]);
  });

  test.each<[string, Answer]>([
    ["Lambda answered with 429", { status: 429 }],
    ["the function failed: its log says why", { headers: { "x-amz-function-error": "Unhandled" } }],
    ["its handler does not answer probe calls", { body: '{"batchItemFailures":[]}' }],
    ["Lambda did not answer (SyntaxError)", { body: "{" }],
  ])("says of a probe: %s", async (expected, answer) => {
    const probe = (lambda: Lambda) => lambda.probe("prod-picking", "live", "warehouse", 5_000);
    expect((await withLambda(answer, probe)).result).toBe(expected);
  });

  test("says that it does not answer", async () => {
    const gone = await withLambda({}, async (lambda) => lambda);
    await expect(gone.result.mappingState("0f1e")).rejects.toThrow(/^Lambda did not answer \(\w+\)/);
    await expect(gone.result.probe("a", "live", "b", 1_000)).resolves.toEqual(
      expect.stringMatching(/^Lambda did not answer \(\w+\)/),
    );
  });
});
