/** The files of a new service: its handler, and a test that calls it as Lambda does. */
export function serviceFiles(name: string): ReadonlyMap<string, string> {
  return new Map([
    [`services/${name}/handler.ts`, handler(name)],
    [`test/${name}.test.ts`, handlerTest(name)],
  ]);
}

const handler = (name: string): string => `import { readEnvironment, string } from "evenkeel/runtime/environment";
import { healthRoute, httpApi } from "evenkeel/runtime/http";
import { loggerFromEnvironment, loggerVariables } from "evenkeel/runtime/observability";

// Read once, at the cold start: a missing variable fails the deployment's first request, not every later one.
const environment = readEnvironment({ ...loggerVariables, AWS_REGION: string() });

export const handler = httpApi({
  logger: loggerFromEnvironment(environment),
  routes: {
    "GET /health": healthRoute(environment.AWS_REGION),
    "GET /${name}": () => ({ status: 200, body: { message: "Hello from ${name}" } }),
  },
});
`;

const handlerTest = (
  name: string,
): string => `import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";

/** What Lambda and the deployment give the function. */
Object.assign(process.env, { AWS_REGION: "eu-west-1", ENVIRONMENT: "test", LOG_LEVEL: "ERROR", SERVICE_NAME: "${name}" });

/** Calls the handler as API Gateway does; loaded here, once the variables are set. */
function call(routeKey: string): Promise<APIGatewayProxyStructuredResultV2> {
  const { handler } = require("../services/${name}/handler") as typeof import("../services/${name}/handler");
  const [method, path] = routeKey.split(" ");
  const event = {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: {},
    requestContext: { requestId: "test", http: { method, path } },
    isBase64Encoded: false,
  };
  const context = { functionName: "${name}", awsRequestId: "test" };
  return handler(event as unknown as APIGatewayProxyEventV2, context as unknown as Context);
}

describe("${name}", () => {
  test("answers", async () => {
    const { statusCode, body } = await call("GET /${name}");
    expect(statusCode).toBe(200);
    expect(JSON.parse(body ?? "")).toEqual({ message: "Hello from ${name}" });
  });

  test("tells health checkers that its region answers", async () => {
    expect(await call("GET /health")).toMatchObject({ statusCode: 200 });
  });

  test("has no other route", async () => {
    expect(await call("GET /nothing")).toMatchObject({ statusCode: 404 });
  });
});
`;
