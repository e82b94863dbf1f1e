/**
 * Route keys of HTTP APIs, such as `POST /orders`, `ANY /files/{proxy+}` or `$default`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */

export const defaultRouteKey = "$default";

const methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const parameter = /^\{[A-Za-z0-9._-]+\}$/;
const greedyParameter = /^\{[A-Za-z0-9._-]+\+\}$/;
const literal = /^[A-Za-z0-9._~:-]+$/;

/** Returns what is wrong with a route key and what to do, or undefined. */
export function routeKeyProblem(key: string): string | undefined {
  if (key === defaultRouteKey) return undefined;
  const [method = "", path, ...rest] = key.split(" ");
  if (path === undefined || rest.length > 0 || !path.startsWith("/")) {
    return `the route key "${key}" is malformed; write a method, one space and a path, such as "POST /orders", or "$default"`;
  }
  if (!methods.includes(method)) {
    return `the route key "${key}" has the unknown method "${method}"; use one of ${methods.join(", ")}`;
  }
  if (path === "/") return undefined;
  const segments = segmentsOf(path);
  const wrong = segments.find((segment) => ![parameter, greedyParameter, literal].some((form) => form.test(segment)));
  if (wrong !== undefined) {
    return wrong === ""
      ? `the route key "${key}" has an empty path segment; remove the extra slash`
      : `the route key "${key}" has the malformed path segment "${wrong}"; use letters, digits and ._~:-, or one parameter such as {id}`;
  }
  if (segments.slice(0, -1).some((segment) => greedyParameter.test(segment))) {
    return `the route key "${key}" has a greedy parameter before the end; move {...+} to the end`;
  }
  const names = segments.filter((segment) => segment.startsWith("{")).map((segment) => segment.replace(/[{}+]/g, ""));
  if (new Set(names).size < names.length) {
    return `the route key "${key}" has two parameters with the same name; rename one of them`;
  }
  return undefined;
}

/** Route keys with the same shape match the same requests, regardless of parameter names. */
export function routeShape(key: string): string {
  return key.replace(/\{[^}]*\+\}/g, "{+}").replace(/\{[^}+]*\}/g, "{}");
}

/** A route key as part of a Terraform address: `GET /orders/{orderId}` becomes `get-orders-by-order-id`. */
export function routeId(key: string): string {
  if (key === defaultRouteKey) return "default";
  const [method = "", path = ""] = key.split(" ");
  const words = segmentsOf(path).map((segment) =>
    segment.startsWith("{") ? `${greedyParameter.test(segment) ? "all" : "by"}-${segment}` : segment,
  );
  return [method, ...(path === "/" ? ["root"] : words)]
    .join("-")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/**
 * The source ARN that API Gateway sends when it invokes a function for a route.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export function routeSourceArn(executionArn: string, key: string): string {
  if (key === defaultRouteKey) return `${executionArn}/*/$default`;
  const [method = "", path = ""] = key.split(" ");
  // A wildcard matches a parameter both as declared and with its actual value.
  return `${executionArn}/*/${method === "ANY" ? "*" : method}${path.replace(/\{[^}]*\}/g, "*")}`;
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split("/");
}
