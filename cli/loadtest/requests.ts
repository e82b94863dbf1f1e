import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Service } from "../../config";
import { ConfigError, type ConfigIssue, parseConfig } from "../../modules/core";

type Routes = NonNullable<Service["api"]>["routes"];

const request = z.strictObject({
  route: z.string().describe('Route key of the API, such as "GET /orders/{orderId}".'),
  path: z.record(z.string(), z.string()).default({}).describe("Values of the parameters in the path."),
  query: z.record(z.string(), z.string()).default({}).describe("Query parameters."),
  headers: z.record(z.string(), z.string()).default({}).describe("Headers besides the token."),
  json: z.unknown().optional().describe("Body, sent as JSON."),
  weight: z.number().positive().default(1).describe("How often it is made, beside the others."),
});

const requestsFile = z.record(z.string(), z.array(request).min(1));

/** One kind of request of a load test; texts may hold what Artillery fills in, such as `{{ $randomString() }}`. */
export type LoadRequest = z.output<typeof request>;

/** What a header says in place of a token, which is taken from the environment of Artillery's process and stands in no file. */
export const tokenHeader = "Bearer {{ $env.LOADTEST_TOKEN }}";

/**
 * The requests of each service, by its name, from a file of the user's.
 * @throws ConfigError if it cannot be read, or has something else in it
 */
export function readRequests(file: string): Readonly<Record<string, readonly LoadRequest[]>> {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new ConfigError("evenkeel loadtest", [
      {
        path: "--requests",
        message: "cannot be read as JSON; name a file with lists of requests, by service",
        received: JSON.stringify(file),
      },
    ]);
  }
  return parseConfig(requestsFile, data, file);
}

/** Requests that can be made without being told more: open routes that read, without parameters. */
export function plainRequests(routes: Routes): LoadRequest[] {
  return Object.entries(routes)
    .filter(([route, { authorization }]) => authorization === "NONE" && /^GET \/[^{]*$/.test(route))
    .map(([route]) => request.parse({ route }));
}

/** What is wrong with the requests of a service, by the routes that its API has. */
export function requestProblems(service: string, requests: readonly LoadRequest[], routes: Routes): ConfigIssue[] {
  return requests.flatMap(({ route, path, headers }, index) => {
    const issue = (at: string, message: string, received: string): ConfigIssue => ({
      path: `${service}[${index}].${at}`,
      message,
      received,
    });
    const found = routes[route];
    const shown = JSON.stringify(route);
    if (!found) {
      return [issue("route", `is not a route of the API; use one of ${Object.keys(routes).join(", ")}`, shown)];
    }
    if (found.authorization === "AWS_IAM") {
      return [issue("route", "wants signed requests, which Artillery does not make; test another route", shown)];
    }
    const missing = parametersOf(route).filter((name) => !path[name]);
    const secret = Object.entries(headers).filter(([name, value]) => isCredential.test(name) && !value.includes("{{"));
    return [
      ...missing.map((name) => issue(`path.${name}`, "is missing; give it a value", "nothing")),
      ...secret.map(([name]) =>
        issue(
          `headers.${name}`,
          'is a credential, which must not stand in a file; write "{{ $env.NAME }}", and set the variable where Artillery runs',
          "(hidden)",
        ),
      ),
    ];
  });
}

const isCredential = /^(authorization|cookie|proxy-authorization|x-api-key|.*(token|secret|password).*)$/i;

/** The share of all requests that go to a route, from 0 to 1. */
export function shareOf(route: string, requests: readonly LoadRequest[]): number {
  const weightOf = (some: readonly LoadRequest[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  return weightOf(requests.filter((each) => each.route === route)) / weightOf(requests);
}

/** Names of the parameters in a route's path. */
const parametersOf = (route: string): string[] => [...route.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name ?? "");

/** One request, as Artillery's scenarios have it. */
export function artilleryRequest({ route, path, query, headers, json }: LoadRequest, routes: Routes): object {
  const [method = "GET", template = "/"] = route === "$default" ? ["GET", "/"] : route.split(" ");
  const url = template.replaceAll(/\{([^}+]+)\+?\}/g, (_, name: string) => path[name] ?? "");
  const withToken = ["JWT", "CUSTOM"].includes(routes[route]?.authorization ?? "NONE");
  const all = { ...(withToken && { authorization: tokenHeader }), ...headers };
  return {
    [method === "ANY" ? "get" : method.toLowerCase()]: {
      url,
      ...(Object.keys(query).length > 0 && { qs: query }),
      ...(Object.keys(all).length > 0 && { headers: all }),
      ...(json !== undefined && { json }),
    },
  };
}
