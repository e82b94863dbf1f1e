/** Routes of an API by route key, `GET /orders/{id}` or `$default`. */
type Routes = Readonly<Record<string, { readonly authorization: string }>>;

/**
 * What is wrong with the path that health checkers request and what to do, or nothing: an API that has no open route for it
 * answers 401, 403 or 404, and its region would be unhealthy for ever.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function healthPathProblem(healthPath: string, routes: Routes): string | undefined {
  const path = healthPath.split("?")[0] ?? "";
  const found = Object.keys(routes)
    .map((key) => ({ key, rank: rank(key, path) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)[0];
  if (!found) return `is answered by no route of the API; add the route "GET ${path}" with authorization NONE`;
  const authorization = routes[found.key]?.authorization;
  if (authorization === "NONE") return undefined;
  return `is answered by the route "${found.key}", which asks for ${authorization}, and health checkers sign nothing; add the route "GET ${path}" with authorization NONE`;
}

/** How closely a route fits a GET of the path, as API Gateway chooses: exact, with parameters, greedy, `$default`. */
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
