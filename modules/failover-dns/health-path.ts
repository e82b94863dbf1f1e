/** Routes of an API by route key, such as `GET /orders/{id}` or `$default`. */
type Routes = Readonly<Record<string, { readonly authorization: string }>>;

/**
 * Checks that health checkers can request a path. Returns what is wrong and what to do, or nothing. Without an open
 * route the API answers 401, 403 or 404, and its region would always be unhealthy.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function healthPathProblem(healthPath: string, routes: Routes): string | undefined {
  const path = healthPath.split("?")[0] ?? "";
  const found = Object.keys(routes)
    .map((key) => ({ key, rank: rank(key, path) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0];
  if (!found) return `does not match any route of the API; add the route "GET ${path}" with authorization NONE`;
  const authorization = routes[found.key]?.authorization;
  if (authorization === "NONE") return undefined;
  return `matches the route "${found.key}", which requires ${authorization}, but health checkers send no credentials; add the route "GET ${path}" with authorization NONE`;
}

/** How well a route matches a GET of the path, in API Gateway's order: exact, with parameters, greedy, `$default`. */
function rank(routeKey: string, path: string): number {
  if (routeKey === "$default") return 1;
  const [method, route = ""] = routeKey.split(" ");
  if (method !== "GET" && method !== "ANY") return 0;
  const fit = fitOf(route.split("/"), path.split("/"));
  return fit === 0 ? 0 : fit * 2 + (method === "GET" ? 1 : 0);
}

function fitOf(route: readonly string[], path: readonly string[]): number {
  if (route.join("/") === path.join("/")) return 3;
  const greedy = /^\{.+\+\}$/.test(route.at(-1) ?? "");
  const fixed = greedy ? route.slice(0, -1) : route;
  if (greedy ? path.length <= fixed.length : path.length !== fixed.length) return 0;
  const fits = fixed.every((part, at) => part === path[at] || (/^\{.+\}$/.test(part) && path[at] !== ""));
  return fits ? (greedy ? 1 : 2) : 0;
}
