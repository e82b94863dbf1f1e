import type { Report } from "../core";
import { identityHeaders, type LambdaAuthorizer } from "./authorizers";
import type { CorsConfig } from "./cors";
import { defaultRouteKey, routeShape } from "./route-key";

interface Route {
  readonly authorization: "AWS_IAM" | "JWT" | "CUSTOM" | "NONE";
  readonly authorizer?: string;
}

/** The parts of an API that browsers meet. */
interface Api {
  readonly routes: Readonly<Record<string, Route>>;
  readonly lambdaAuthorizers: Readonly<Record<string, LambdaAuthorizer>>;
}

/**
 * Checks that browsers get from their preflight request to the routes. API Gateway answers preflights itself unless a route
 * takes OPTIONS: then the route does, with its authorization, and preflights never carry a token.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function checkCors(cors: CorsConfig, { routes, lambdaAuthorizers }: Api, report: Report): void {
  const entries = Object.entries(routes);
  for (const [key, { authorization }] of entries) {
    if (authorization === "NONE" || !takesOptions(key)) continue;
    const open = openPreflight(key);
    if (
      open !== undefined &&
      entries.some(([other, route]) => isOpen(route) && routeShape(other) === routeShape(open))
    ) {
      continue;
    }
    report(["routes", key, "authorization"], preflightProblem(authorization, open));
  }
  checkHeaders(cors, entries, lambdaAuthorizers, report);
  checkMethods(cors, entries, report);
}

function preflightProblem(authorization: string, open: string | undefined): string {
  const what = `is ${authorization}, which also rejects preflight requests, because browsers send them without credentials`;
  if (open === undefined) return `${what}; set it to NONE, or remove the route and let API Gateway answer preflights`;
  return `${what}; write one route for each method, or add a route "${open}" with authorization NONE`;
}

const isOpen = ({ authorization }: Route): boolean => authorization === "NONE";

const methodOf = (key: string): string => key.split(" ")[0] ?? "";

const takesOptions = (key: string): boolean => [defaultRouteKey, "ANY", "OPTIONS"].includes(methodOf(key));

/** The route that would answer preflights in place of one that takes every method. */
function openPreflight(key: string): string | undefined {
  if (key === defaultRouteKey) return "OPTIONS /{proxy+}";
  return methodOf(key) === "ANY" ? `OPTIONS${key.slice("ANY".length)}` : undefined;
}

/** What says who calls comes in headers, which no page may send unasked: a token in Authorization. */
function checkHeaders(
  { allowHeaders }: CorsConfig,
  routes: readonly [string, Route][],
  lambdaAuthorizers: Api["lambdaAuthorizers"],
  report: Report,
): void {
  const allowed = allowHeaders.map((name) => name.toLowerCase());
  if (allowed.includes("*")) return;
  const told = new Set<string>();
  for (const [key, { authorization, authorizer = "" }] of routes) {
    const asked = Object.hasOwn(lambdaAuthorizers, authorizer) ? lambdaAuthorizers[authorizer] : undefined;
    const needed = authorization === "JWT" ? ["authorization"] : asked ? identityHeaders(asked) : [];
    for (const name of needed) {
      if (allowed.includes(name) || told.has(name)) continue;
      told.add(name);
      const what = authorization === "JWT" ? "token" : "header";
      report(
        ["cors", "allowHeaders"],
        `does not contain ${name}, so browsers cannot send the ${what} that ${key} requires; add it`,
      );
    }
  }
}

function checkMethods({ allowMethods }: CorsConfig, routes: readonly [string, Route][], report: Report): void {
  const methods = new Set(routes.map(([key]) => methodOf(key)));
  if (methods.has("ANY") || methods.has(defaultRouteKey)) return;
  allowMethods.forEach((method, index) => {
    if (method === "*" || method === "OPTIONS" || methods.has(method)) return;
    report(["cors", "allowMethods", index], "is a method that no route has; remove it, or add a route with it");
  });
}
