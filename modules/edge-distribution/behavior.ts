import { z } from "zod";
import type { Report } from "../core";

/** HTTP header names; those that CloudFront adds may not be part of a cache key here. */
const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is no header name; use letters, digits and hyphens");

const cacheKeyValues = z.union([z.enum(["none", "all"]), z.array(z.string().min(1).max(256)).min(1).max(10)]);

const caching = z.strictObject({
  minTtlSeconds: z.int().min(0).max(31_536_000).default(0).describe("Shortest time in the cache, in seconds."),
  defaultTtlSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .default(60)
    .describe("Time in the cache of answers without Cache-Control, in seconds."),
  maxTtlSeconds: z.int().min(1).max(31_536_000).default(3600).describe("Longest time in the cache, in seconds."),
  queryStrings: cacheKeyValues.default("all").describe("Query strings that make answers differ."),
  headers: z
    .array(header)
    .max(10)
    .default([])
    .describe("Headers that make answers differ; Authorization belongs here where answers are personal."),
  cookies: cacheKeyValues.default("none").describe("Cookies that make answers differ."),
});

const functionAssociation = z.strictObject({
  function: z.string().min(1).describe("Name of one of the distribution's edge functions."),
  includeBody: z.boolean().default(false).describe("Lets the function see the request's body; request events only."),
});

/** What CloudFront does with the requests of one path pattern. */
export const behavior = z.strictObject({
  methods: z
    .enum(["read", "all"])
    .default("all")
    .describe("read: GET, HEAD and OPTIONS, which fail over between the regions; all: every method, from home only."),
  caching: caching.optional().describe("What makes answers differ and how long they are kept; no cache unless given."),
  viewerHeaders: z
    .enum(["none", "viewerCountry", "allExceptHost", "allAndViewerCountry"])
    .optional()
    .describe(
      "Headers that reach the origin next to the cache key's; allExceptHost without a cache, none with one, unless given.",
    ),
  functions: z
    .strictObject({
      "viewer-request": functionAssociation.optional(),
      "origin-request": functionAssociation.optional(),
      "origin-response": functionAssociation.optional(),
      "viewer-response": functionAssociation.optional(),
    })
    .default({})
    .describe("At most one edge function for each event."),
});

export type BehaviorConfig = z.output<typeof behavior>;

/** The headers that reach the origin, with the default that follows from caching. */
export function viewerHeadersOf({
  viewerHeaders,
  caching,
}: BehaviorConfig): NonNullable<BehaviorConfig["viewerHeaders"]> {
  return viewerHeaders ?? (caching ? "none" : "allExceptHost");
}

/** The rules between the fields of a behavior. */
export function checkBehavior(config: BehaviorConfig, path: PropertyKey[], report: Report): void {
  const { caching, functions } = config;
  const headers = viewerHeadersOf(config);
  if (caching) {
    if (caching.minTtlSeconds > caching.maxTtlSeconds) {
      report([...path, "caching", "minTtlSeconds"], "is above maxTtlSeconds; use at most that");
    }
    if (caching.defaultTtlSeconds < caching.minTtlSeconds || caching.defaultTtlSeconds > caching.maxTtlSeconds) {
      report(
        [...path, "caching", "defaultTtlSeconds"],
        "is not between minTtlSeconds and maxTtlSeconds; choose a value there",
      );
    }
    if (caching.headers.some((name) => name.toLowerCase() === "host")) {
      report(
        [...path, "caching", "headers"],
        "has Host, by which the regional APIs would refuse the request; remove it",
      );
    }
    if (headers === "allExceptHost" || headers === "allAndViewerCountry") {
      report(
        [...path, "viewerHeaders"],
        "lets headers decide the answer that the cache does not know, so one viewer could get another's; name them in caching.headers and use none or viewerCountry",
      );
    }
  }
  if (headers === "allAndViewerCountry" && !functions["origin-request"]) {
    report(
      [...path, "viewerHeaders"],
      "sends the viewer's Host to the origin, which regional APIs refuse; associate an origin-request function that replaces it, or use allExceptHost",
    );
  }
  for (const eventType of ["origin-response", "viewer-response"] as const) {
    if (functions[eventType]?.includeBody) {
      report([...path, "functions", eventType, "includeBody"], "has no effect at responses; remove it");
    }
  }
}

/** A path pattern's part of an address: `/catalog/*` is `catalog-any`, `/*.css` is `any-css`. */
export function behaviorId(pathPattern: string): string {
  const words = pathPattern
    .replaceAll("*", " any ")
    .replaceAll("?", " one ")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.length > 0 ? words.join("-") : "root";
}
