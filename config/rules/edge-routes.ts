import type { Edge, Service } from "../../contract";
import type { Report } from "../../modules/core";
import { behaviorsOf, viewerHeadersOf } from "../../modules/edge-distribution";
import { identityHeaders } from "../../modules/http-api";

type Api = NonNullable<Service["api"]>;

/** Longer route keys are not compared, so that the time stays short whatever a file holds. */
const longestKey = 512;

/** An API has no more routes, which its config tells as well. */
const mostRoutes = 40;

/** Methods that CloudFront retries in a second region. */
const reads = ["GET", "HEAD", "OPTIONS"];

/** Methods of which CloudFront removes Authorization unless the cache key contains it. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html */
const cached = ["GET", "HEAD", "ANY", "$default"];

/** Headers by which API Gateway tells what a browser may do. */
const originHeaders = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];

/** Checks that each route gets through the distribution what it needs. Paths are relative to the service. */
export function checkRoutes(api: Api, { distribution }: Edge, report: Report): void {
  const told = new Set<string>();
  const servedBy = behaviorsOf(distribution);
  for (const [key, { authorization, authorizer = "" }] of Object.entries(api.routes).slice(0, mostRoutes)) {
    if (key.length > longestKey) continue;
    const [method = "", path] = key.split(" ");
    const serving = servedBy(path);
    if (serving.every(({ behavior }) => behavior.methods === "read") && isWrite(method)) {
      report(
        ["api", "routes", key],
        'is never reached, because all behaviors of edge.distribution only allow reads; set methods to "all" for its path',
      );
    }
    const asked = Object.hasOwn(api.lambdaAuthorizers, authorizer) ? api.lambdaAuthorizers[authorizer] : undefined;
    const needed = authorization === "JWT" ? ["Authorization"] : asked ? identityHeaders(asked) : [];
    if (needed.length === 0 || !cached.includes(method)) continue;
    const names = needed.join(", ");
    for (const { behavior, at } of serving) {
      const field = dropsIn(behavior, needed);
      const once = [...at, names].join();
      if (!field || told.has(once)) continue;
      told.add(once);
      report(
        ["edge", "distribution", ...at, ...field],
        `forwards no ${names}, so requests to ${key} would be refused with 401; ${remedy(behavior, names)}, or serve its path by another behavior`,
      );
    }
  }
  if (api.cors) checkCors(distribution, report);
}

function checkCors({ defaultBehavior, behaviors }: Edge["distribution"], report: Report): void {
  const all = [
    { behavior: defaultBehavior, at: ["defaultBehavior"] },
    ...behaviors.map((behavior, index) => ({ behavior, at: ["behaviors", index] })),
  ];
  for (const { behavior, at } of all) {
    const field = dropsIn(behavior, originHeaders);
    if (!field) continue;
    report(
      ["edge", "distribution", ...at, ...field],
      `does not forward ${originHeaders.join(", ")}, by which api.cors decides what pages may read; ${remedy(behavior, "them")}`,
    );
  }
}

/** The field that keeps one of these headers from the API; undefined if all of them reach it. */
function dropsIn(behavior: Edge["distribution"]["defaultBehavior"], names: readonly string[]): string[] | undefined {
  const { caching } = behavior;
  if (["allExceptHost", "allAndViewerCountry"].includes(viewerHeadersOf(behavior))) return undefined;
  const forwarded = (caching?.headers ?? []).map((name) => name.toLowerCase());
  if (names.every((name) => forwarded.includes(name.toLowerCase()))) return undefined;
  return caching ? ["caching"] : ["viewerHeaders"];
}

const remedy = ({ caching }: Edge["distribution"]["defaultBehavior"], names: string): string =>
  caching ? `add ${names} to caching.headers` : "remove viewerHeaders";

const isWrite = (method: string): boolean => /^[A-Z]+$/.test(method) && method !== "ANY" && !reads.includes(method);
