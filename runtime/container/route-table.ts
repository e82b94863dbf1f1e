import type { RouteKey } from "../http/http-api.js";

/** A route that a request fits, with what its parameters are, still as they stand in the path. */
export interface FoundRoute {
  readonly routeKey: RouteKey;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request; undefined where there is none. */
export type RouteTable = (method: string, path: string) => FoundRoute | undefined;

interface Entry {
  readonly routeKey: RouteKey;
  readonly method: string;
  readonly pattern: RegExp;
  /** The higher, the better it fits. */
  readonly rank: number;
}

/**
 * The routes of a container in the order that API Gateway has: an exact path before parameters, those before a greedy one, `$default` last; and a
 * method before ANY.
 * @throws TypeError for a route that is listed twice
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeTable(routes: readonly RouteKey[]): RouteTable {
  const twice = routes.find((route, at) => routes.indexOf(route) < at);
  if (twice !== undefined) throw new TypeError(`The route "${twice}" is listed twice.`);
  const entries = routes.map(entryOf).sort((one, other) => other.rank - one.rank);
  return (method, path) => {
    for (const { routeKey, method: own, pattern } of entries) {
      if (own !== "ANY" && own !== method) continue;
      const found = pattern.exec(path);
      if (found) return { routeKey, parameters: { ...found.groups } };
    }
    return undefined;
  };
}

function entryOf(routeKey: RouteKey): Entry {
  if (routeKey === "$default") return { routeKey, method: "ANY", pattern: /^/, rank: -1 };
  const [method = "", path = ""] = routeKey.split(" ");
  const parts = path.split("/");
  const source = parts.map((part) => {
    const name = /^\{(\w+)(\+)?\}$/.exec(part);
    if (!name) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return name[2] ? `(?<${name[1]}>.+)` : `(?<${name[1]}>[^/]+)`;
  });
  const greedy = path.endsWith("+}");
  const exact = parts.filter((part) => !part.startsWith("{")).length;
  // Exact parts count most, then that it ends, then the method.
  const rank = exact * 8 + (greedy ? 0 : 4) + (path.includes("{") ? 0 : 2) + (method === "ANY" ? 0 : 1);
  return { routeKey, method, pattern: new RegExp(`^${source.join("/")}$`), rank };
}
