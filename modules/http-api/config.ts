import { z } from "zod";
import {
  answerErrorPercents,
  domainName,
  kebabName,
  logRetentionDays,
  type Report,
  strictObject,
  withRule,
} from "../core";
import { checkAuthorizers, jwtAuthorizer, lambdaAuthorizer } from "./authorizers";
import { corsConfig } from "./cors";
import { checkCors } from "./cors-rules";
import { checkMutualTls, mutualTls } from "./mutual-tls";
import { routeId, routeKeyProblem, routeShape } from "./route-key";

export type * from "./input";

/** The longest that an HTTP API waits for its integration before it answers 503. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const longestIntegrationTimeoutMs = 30_000;

/** With this many routes, the statements in the function's resource policy stay below its 20 KB limit. */
const mostRoutes = 40;

/** The period of the alarms on percentages. */
const alarmPeriodSeconds = 300;

const throttle = strictObject(() => ({
  rateLimit: z
    .number()
    .min(0)
    .max(1_000_000)
    .describe(
      "Requests per second. The account's default quota is 10,000, in newer regions 2,500, for all APIs together.",
    ),
  burstLimit: z
    .int()
    .min(0)
    .max(5_000)
    .describe("Concurrent requests in a burst. The account's default quota is 5,000."),
}));

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
const scope = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+$/,
    "is not a valid OAuth scope; use printable characters without spaces, quotes and backslashes",
  );

const route = strictObject(() => ({
  authorization: z
    .enum(["AWS_IAM", "JWT", "CUSTOM", "NONE"])
    .default("AWS_IAM")
    .describe(
      "Who may call the route: AWS principals with signed requests (AWS_IAM), holders of a token (JWT), whom a function of yours lets in (CUSTOM), or everyone (NONE).",
    ),
  authorizer: z
    .string()
    .optional()
    .describe("Name of the authorizer: one of authorizers with JWT, one of lambdaAuthorizers with CUSTOM."),
  scopes: z.array(scope).min(1).optional().describe("Scopes; the token must have at least one of them. Only with JWT."),
  throttle: throttle.optional().describe("Throttling of this route, instead of that of the API."),
  id: kebabName(64)
    .optional()
    .describe("Name of the route in its Terraform address, if the derived name is already used by another route."),
}));

const fields = strictObject(() => ({
  routes: z
    .record(z.string(), route)
    .describe('Routes by route key, such as "POST /orders", "GET /orders/{id}" or "$default".'),
  throttle: throttle
    .prefault({ rateLimit: 100, burstLimit: 100 })
    .describe("Throttling of routes that have no setting of their own."),
  timeoutMs: z
    .int()
    .min(50)
    .max(longestIntegrationTimeoutMs)
    .default(longestIntegrationTimeoutMs)
    .describe("How long the API waits for the function, in milliseconds."),
  authorizers: z.record(kebabName(32), jwtAuthorizer).default({}).describe("JWT authorizers by name."),
  lambdaAuthorizers: z
    .record(kebabName(32), lambdaAuthorizer)
    .default({})
    .describe("Functions that decide who may call, by name; they are asked in payload format 2.0."),
  cors: corsConfig
    .optional()
    .describe("Which pages on other domains may call the API from a browser; none if left out."),
  domainName: domainName.optional().describe("Custom domain. It disables the default endpoint."),
  mutualTls: mutualTls
    .optional()
    .describe(
      "Asks clients for a certificate, of an authority in the truststore of the region; by region. Only with domainName.",
    ),
  ipAddressType: z.enum(["ipv4", "dualstack"]).default("ipv4").describe("IP address types that clients may use."),
  logRetentionDays: logRetentionDays.default(30),
  alarms: strictObject(() => ({
    ...answerErrorPercents,
    minimumRequests: z
      .int()
      .min(1)
      .default(20)
      .describe("Requests in five minutes below which percentages are ignored."),
    latencyMs: z.int().min(1).default(3000).describe("99th percentile (p99) of the latency, in milliseconds."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** An HTTP API in one region, as literal values. */
export const httpApiConfig = withRule(fields, (config, report) => {
  checkRouteKeys(Object.entries(config.routes), report);
  if (config.cors) checkCors(config.cors, config, report);
  checkThresholds(config, report);
  checkAuthorizers(config, report);
  if (config.mutualTls) checkMutualTls(config.mutualTls, config.domainName, report);
});

/** Thresholds that nothing can reach. */
function checkThresholds({ alarms, timeoutMs, routes, throttle }: z.output<typeof fields>, report: Report): void {
  if (alarms.latencyMs > timeoutMs) {
    report(
      ["alarms", "latencyMs"],
      `is never reached, because the API answers after timeoutMs, ${timeoutMs}, at the latest; use at most ${timeoutMs}`,
    );
  }
  const most = Object.values(routes).reduce((sum, route) => {
    const { rateLimit, burstLimit } = route.throttle ?? throttle;
    return sum + rateLimit * alarmPeriodSeconds + burstLimit;
  }, 0);
  if (most > 0 && alarms.minimumRequests > most) {
    report(
      ["alarms", "minimumRequests"],
      `is never reached, because throttling allows at most ${Math.floor(most)} requests in five minutes; use at most that value`,
    );
  }
}

export type HttpApiConfig = z.output<typeof httpApiConfig>;

/**
 * Checks the timeout of a function behind an API. Returns what is wrong and what to do, or nothing. A function that
 * keeps running after the API has answered 503 does its work for nothing, or twice if the caller retries.
 */
export function integrationTimeoutProblem(
  functionTimeoutSeconds: number,
  timeoutMs: number = longestIntegrationTimeoutMs,
): string | undefined {
  if (functionTimeoutSeconds * 1000 <= timeoutMs) return undefined;
  return `is above the ${timeoutMs / 1000} s that the API waits for its function; use at most ${Math.floor(timeoutMs / 1000)}`;
}

/** The route's name in its Terraform address. */
export function addressOfRoute(key: string, { id }: { readonly id?: string }): string {
  return id ?? routeId(key);
}

function checkRouteKeys(routes: [string, z.output<typeof route>][], report: Report): void {
  if (routes.length === 0) report(["routes"], 'is empty; add a route, such as "$default" for all requests');
  if (routes.length > mostRoutes) {
    report(
      ["routes"],
      `has ${routes.length} routes, but a function's resource policy only holds the permissions of ${mostRoutes}; combine some with {proxy+} or ANY`,
    );
  }
  const shapes = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const [key, route] of routes) {
    const problem = routeKeyProblem(key);
    if (problem) {
      report(["routes", key], problem);
      continue;
    }
    const twin = shapes.get(routeShape(key));
    const namesake = ids.get(addressOfRoute(key, route));
    if (twin !== undefined) {
      report(["routes", key], `matches the same requests as "${twin}"; remove one of them`);
    } else if (namesake !== undefined) {
      report(["routes", key], `would have the same Terraform address as "${namesake}"; set id on one of them`);
    }
    shapes.set(routeShape(key), key);
    ids.set(addressOfRoute(key, route), key);
  }
}
