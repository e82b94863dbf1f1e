import { z } from "zod";
import { answerErrorPercents, domainName, kebabName, logRetentionDays, type Report, withRule } from "../core";
import { corsConfig } from "./cors";
import { routeId, routeKeyProblem, routeShape } from "./route-key";

/** After this many milliseconds an HTTP API answers 503 by itself. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const longestIntegrationTimeoutMs = 30_000;

/** Statements of the function's resource policy stay below its 20 KB with this many routes. */
const mostRoutes = 40;

const throttle = z.strictObject({
  rateLimit: z.number().min(0).max(10_000).describe("Requests per second; the account's default quota is 10,000."),
  burstLimit: z.int().min(0).max(5_000).describe("Requests at one moment; the account's default quota is 5,000."),
});

const route = z.strictObject({
  authorization: z
    .enum(["AWS_IAM", "JWT", "NONE"])
    .default("AWS_IAM")
    .describe("Who may call: signed requests of AWS principals, holders of a token, or everyone."),
  authorizer: z.string().optional().describe("Name of the JWT authorizer."),
  scopes: z.array(z.string().min(1)).optional().describe("Scopes of which the token must have one."),
  throttle: throttle.optional().describe("Limits of this route, in place of those of the API."),
  id: kebabName(64)
    .optional()
    .describe("The route's part of its Terraform address, where the derived one is taken by another route."),
});

const authorizer = z.strictObject({
  issuer: z
    .string()
    .regex(/^https:\/\/[^\s?#]+$/, { message: "is no issuer; use the https URL that the tokens have as iss" })
    .describe("Issuer of the tokens; its openid-configuration is read from there."),
  audience: z.array(z.string().min(1)).min(1).describe("Values of aud or client_id of which the token must have one."),
});

const fields = z.strictObject({
  routes: z.record(z.string(), route).describe('Routes by route key: "POST /orders", "GET /orders/{id}", "$default".'),
  throttle: throttle.prefault({ rateLimit: 100, burstLimit: 100 }).describe("Limits of each route that has none."),
  timeoutMs: z
    .int()
    .min(50)
    .max(longestIntegrationTimeoutMs)
    .default(longestIntegrationTimeoutMs)
    .describe("How long the API waits for the function, in milliseconds."),
  authorizers: z.record(kebabName(32), authorizer).default({}).describe("JWT authorizers by name."),
  cors: corsConfig.optional(),
  domainName: domainName.optional().describe("Custom domain; the default endpoint is then switched off."),
  ipAddressType: z.enum(["ipv4", "dualstack"]).default("ipv4").describe("Addresses that clients may use."),
  logRetentionDays: logRetentionDays.default(30),
  alarms: z
    .strictObject({
      ...answerErrorPercents,
      minimumRequests: z
        .int()
        .min(1)
        .default(20)
        .describe("Requests in five minutes below which percentages say nothing."),
      latencyMs: z.int().min(1).default(3000).describe("Latency of the slowest percentile (p99), in milliseconds."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/** One HTTP API in one region, in literal values. */
export const httpApiConfig = withRule(fields, (config, report) => {
  checkRouteKeys(Object.entries(config.routes), report);
  for (const [key, { authorization, authorizer, scopes }] of Object.entries(config.routes)) {
    if (authorization !== "JWT") {
      if (authorizer !== undefined) {
        report(["routes", key, "authorizer"], 'has no effect here; set authorization to "JWT" or remove it');
      }
      if (scopes !== undefined) {
        report(["routes", key, "scopes"], 'has no effect here; set authorization to "JWT" or remove it');
      }
    } else if (authorizer === undefined) {
      report(["routes", key, "authorizer"], "is required with JWT; name one of the authorizers");
    } else if (!Object.hasOwn(config.authorizers, authorizer)) {
      report(["routes", key, "authorizer"], "is none of the authorizers; name one of them or add it there");
    }
  }
});

export type HttpApiConfig = z.output<typeof httpApiConfig>;
export type HttpApiConfigInput = z.input<typeof httpApiConfig>;

/**
 * What is wrong with a function's timeout behind an API and what to do, or nothing: a function that may run on after
 * the API has answered 503 does its work for nobody, and twice when the caller tries again.
 */
export function integrationTimeoutProblem(
  functionTimeoutSeconds: number,
  timeoutMs: number = longestIntegrationTimeoutMs,
): string | undefined {
  if (functionTimeoutSeconds * 1000 <= timeoutMs) return undefined;
  return `is above the ${timeoutMs / 1000} s that the API waits for its function; use at most ${Math.floor(timeoutMs / 1000)}`;
}

/** The route's part of its Terraform address. */
export function addressOfRoute(key: string, { id }: { readonly id?: string }): string {
  return id ?? routeId(key);
}

function checkRouteKeys(routes: [string, z.output<typeof route>][], report: Report): void {
  if (routes.length === 0) report(["routes"], 'is empty; add a route, "$default" takes all requests');
  if (routes.length > mostRoutes) {
    report(
      ["routes"],
      `has ${routes.length} routes, permissions for ${mostRoutes} fit into a function's policy; join some with {proxy+} or ANY`,
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
      report(["routes", key], `would have the same Terraform address as "${namesake}"; give it an id`);
    }
    shapes.set(routeShape(key), key);
    ids.set(addressOfRoute(key, route), key);
  }
}
