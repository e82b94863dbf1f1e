import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { FoundRoute } from "./route-table.js";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A request as API Gateway would send it to a function, in payload format 2.0.
 * @throws URIError for a path parameter that is no valid text
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function apiEvent(
  { method = "GET", url = "/", headers: received, socket }: IncomingMessage,
  { routeKey, parameters }: FoundRoute,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const [rawPath = "/", rawQueryString = ""] = splitAt(url, "?");
  const { cookie, ...rest } = received;
  const headers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    // API Gateway joins repeated ones.
    query.set(name, query.has(name) ? `${query.get(name)},${value}` : value);
  }
  const path = Object.entries(parameters).map(([name, value]) => [name, decodeURIComponent(value)] as const);
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(cookie && { cookies: cookie.split("; ") }),
    ...(path.length > 0 && { pathParameters: Object.fromEntries(path) }),
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId: "",
      apiId: "container",
      domainName: headers.host ?? "",
      domainPrefix: (headers.host ?? "").split(".")[0] ?? "",
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: sourceOf(headers["x-forwarded-for"]) ?? socket.remoteAddress ?? "",
        userAgent: headers["user-agent"] ?? "",
      },
      // That of the load balancer, which its access log has as well.
      requestId: headers["x-amzn-trace-id"] ?? randomUUID(),
      routeKey,
      stage: "$default",
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...bodyOf(body),
  };
}

/** What a handler learns of where it runs; its time ends with that of the request. */
export function requestContext(name: string, timeoutMs: number): Context {
  const endsAt = performance.now() + timeoutMs;
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: "container",
    invokedFunctionArn: name,
    logGroupName: `/aws/ecs/${name}`,
    logStreamName: "",
    memoryLimitInMB: "0",
    getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** What is sent of a handler's answer: the headers, and the body as it leaves. */
export function sentOf({ headers = {}, cookies = [], body, isBase64Encoded }: APIGatewayProxyStructuredResultV2) {
  const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
  const fields: Record<string, string | string[]> = { "content-length": String(bytes.length) };
  for (const [name, value] of Object.entries(headers)) fields[name] = String(value);
  if (cookies.length > 0) fields["set-cookie"] = [...cookies];
  return { headers: fields, bytes };
}

/** The load balancer appends the address that it was called from; what stands before it, the client itself wrote. */
const sourceOf = (forwarded: string | undefined): string | undefined => forwarded?.split(",").at(-1)?.trim();

function bodyOf(body: Buffer): Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded"> {
  if (body.length === 0) return { isBase64Encoded: false };
  try {
    return { body: utf8.decode(body), isBase64Encoded: false };
  } catch {
    return { body: body.toString("base64"), isBase64Encoded: true };
  }
}

function splitAt(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
