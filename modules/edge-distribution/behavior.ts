import { z } from "zod";
import type { Report } from "../core";
import { strictObject } from "../core/strict-object";

/** HTTP header names. The headers that CloudFront adds cannot be part of a cache key here. */
const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is not a header name; use letters, digits and hyphens");

const cacheKeyValues = z.union([z.enum(["none", "all"]), z.array(z.string().min(1).max(256)).min(1).max(10)]);

const caching = strictObject(() => ({
  minTtlSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .default(0)
    .describe("Shortest time to keep a response in the cache, in seconds."),
  defaultTtlSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .default(60)
    .describe("Time to keep responses without Cache-Control in the cache, in seconds."),
  maxTtlSeconds: z
    .int()
    .min(1)
    .max(31_536_000)
    .default(3600)
    .describe("Longest time to keep a response in the cache, in seconds."),
  queryStrings: cacheKeyValues.default("all").describe("Query strings that are part of the cache key."),
  headers: z
    .array(header)
    .max(10)
    .default([])
    .describe("Headers that are part of the cache key. Include Authorization if responses are personal."),
  cookies: cacheKeyValues.default("none").describe("Cookies that are part of the cache key."),
}));

const functionAssociation = strictObject(() => ({
  function: z.string().min(1).describe("Name of one of the distribution's edge functions."),
  includeBody: z.boolean().default(false).describe("Passes the request body to the function. Only for request events."),
}));

/** How CloudFront handles requests that match one path pattern. */
export const behavior = strictObject(() => ({
  methods: z
    .enum(["read", "all"])
    .default("all")
    .describe("read: GET, HEAD and OPTIONS, which fail over between regions. all: every method, served by home only."),
  caching: caching
    .optional()
    .describe("What the cache key contains and how long responses are kept. Omit it to disable caching."),
  viewerHeaders: z
    .enum(["none", "viewerCountry", "allExceptHost", "allAndViewerCountry"])
    .optional()
    .describe(
      "Headers that reach the origin in addition to those in the cache key. Defaults to none with caching and allExceptHost without.",
    ),
  functions: strictObject(() => ({
    "viewer-request": functionAssociation
      .optional()
      .describe("Runs for every request, before CloudFront looks into its cache."),
    "origin-request": functionAssociation
      .optional()
      .describe("Runs for requests that the cache does not answer, before they go to an origin."),
    "origin-response": functionAssociation
      .optional()
      .describe("Runs when an origin has answered, before the answer is cached."),
    "viewer-response": functionAssociation
      .optional()
      .describe("Runs for every answer, cached ones included, before the viewer gets it."),
  }))
    .default({})
    .describe("At most one edge function per event."),
}));

export type BehaviorConfig = z.output<typeof behavior>;

/** The headers that reach the origin; the default depends on caching. */
export function viewerHeadersOf({
  viewerHeaders,
  caching,
}: BehaviorConfig): NonNullable<BehaviorConfig["viewerHeaders"]> {
  return viewerHeaders ?? (caching ? "none" : "allExceptHost");
}

/** Checks the rules that involve several fields of a behavior. */
export function checkBehavior(config: BehaviorConfig, path: PropertyKey[], report: Report): void {
  const { caching, functions } = config;
  const headers = viewerHeadersOf(config);
  if (caching) {
    if (caching.minTtlSeconds > caching.maxTtlSeconds) {
      report([...path, "caching", "minTtlSeconds"], "is above maxTtlSeconds; use at most that value");
    }
    if (caching.defaultTtlSeconds < caching.minTtlSeconds || caching.defaultTtlSeconds > caching.maxTtlSeconds) {
      report(
        [...path, "caching", "defaultTtlSeconds"],
        "is not between minTtlSeconds and maxTtlSeconds; choose a value in that range",
      );
    }
    if (caching.headers.some((name) => name.toLowerCase() === "host")) {
      report(
        [...path, "caching", "headers"],
        "contains Host, so the regional APIs would reject the request; remove it",
      );
    }
    if (headers === "allExceptHost" || headers === "allAndViewerCountry") {
      report(
        [...path, "viewerHeaders"],
        "forwards headers that are not in the cache key, so a viewer could get a response that was made for another; list the headers in caching.headers, and use none or viewerCountry here",
      );
    }
  }
  if (headers === "allAndViewerCountry" && !functions["origin-request"]) {
    report(
      [...path, "viewerHeaders"],
      "sends the viewer's Host header to the origin, but the regional APIs reject it; associate an origin-request function that replaces it, or use allExceptHost",
    );
  }
  for (const eventType of ["origin-response", "viewer-response"] as const) {
    if (functions[eventType]?.includeBody) {
      report([...path, "functions", eventType, "includeBody"], "has no effect on response events; remove it");
    }
  }
}

/** A path pattern as part of a Terraform address: `/catalog/*` becomes `catalog-any`, `/*.css` becomes `any-css`. */
export function behaviorId(pathPattern: string): string {
  const words = pathPattern
    .replaceAll("*", " any ")
    .replaceAll("?", " one ")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.length > 0 ? words.join("-") : "root";
}
