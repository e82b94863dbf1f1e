import type { APIGatewayProxyEventV2, Context } from "aws-lambda";

/** What a test says about a request; everything else is as API Gateway would send it. */
export interface RequestParts {
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly rawBody?: string;
  readonly base64?: boolean;
  /** Says that `rawBody` is base64, whatever it is. */
  readonly calledBase64?: boolean;
  readonly headers?: Record<string, string>;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** What the route's authorizer found out; nothing by default, as of a route that is open. */
  readonly authorizer?: object;
}

/** What API Gateway says of a token that its JWT authorizer took. */
export const tokenOf = (claims: Readonly<Record<string, string>>) => ({ jwt: { claims, scopes: null } });

/** What API Gateway says of a signed request. */
export const signedBy = (userArn: string, identityId?: string) => ({
  iam: {
    accessKey: "AKIAIOSFODNN7EXAMPLE",
    accountId: "111122223333",
    callerId: "AROAEXAMPLE:session",
    cognitoIdentity: identityId === undefined ? null : { amr: ["authenticated"], identityId, identityPoolId: "pool" },
    principalOrgId: null,
    userArn,
    userId: "AROAEXAMPLE:session",
  },
});

/** An HTTP API event of payload format 2.0 for a route key. */
export function httpEvent(routeKey: string, parts: RequestParts = {}): APIGatewayProxyEventV2 {
  const [method = "GET", template = "/"] = routeKey.split(" ");
  const rawPath = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts.path?.[name] ?? "");
  const body = parts.rawBody ?? (parts.body === undefined ? undefined : JSON.stringify(parts.body));
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: new URLSearchParams(parts.query).toString(),
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...parts.headers },
    ...(parts.path && { pathParameters: parts.path }),
    ...(parts.query && { queryStringParameters: parts.query }),
    requestContext: {
      accountId: "111122223333",
      apiId: "api",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "api-request-1",
      ...(parts.authorizer && { authorizer: parts.authorizer }),
      routeKey,
      stage: "$default",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 1_767_225_600_000,
    },
    ...(body !== undefined && { body: parts.base64 ? Buffer.from(body).toString("base64") : body }),
    isBase64Encoded: parts.base64 ?? parts.calledBase64 ?? false,
  };
}

/** The context of one invocation of the function `orders`. */
export const lambdaContext = (awsRequestId = "lambda-request-1"): Context => ({
  awsRequestId,
  callbackWaitsForEmptyEventLoop: false,
  functionName: "orders",
  functionVersion: "7",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:orders:live",
  logGroupName: "/aws/lambda/orders",
  logStreamName: "stream",
  memoryLimitInMB: "256",
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

/** Keeps what is written to standard output and standard error from reaching the terminal, and hands it out as lines. */
export function captureLogs(): { text(): string; lines(): Record<string, unknown>[]; restore(): void } {
  const chunks: string[] = [];
  const keep = (chunk: unknown) => {
    chunks.push(String(chunk));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation(keep),
    jest.spyOn(process.stderr, "write").mockImplementation(keep),
  ];
  const text = () => chunks.join("");
  return {
    text,
    lines: () =>
      text()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    restore: () => {
      for (const spy of spies) {
        spy.mockRestore();
      }
    },
  };
}
