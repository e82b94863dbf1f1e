import { z } from "zod";
import { answerErrorPercents, domainName, type Report, strictObject, withRule } from "../core";
import { behavior, behaviorId, checkBehavior } from "./behavior";
import { PathPattern, patternParts } from "./path-pattern";

export type * from "./input";

/** Status codes on which CloudFront can fail over. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
const failoverStatusCodes = [400, 403, 404, 416, 429, 500, 502, 503, 504] as const;

/** Behaviors in a distribution, excluding the default one. The default quota is 75 in total. */
const mostBehaviors = 74;

/** Headers that a policy adds beside those for security, and that it removes. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const mostFurtherHeaders = 10;

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,128}$/, "is not the name of a header; use letters, digits and hyphens");

const headerValue = z
  .string()
  .regex(/^[\x20-\x7e]{1,1024}$/, "is not the value of a header; use up to 1024 characters of ASCII");

const fields = strictObject(() => ({
  comment: z.string().max(128).default("").describe("What the distribution is for."),
  aliases: z
    .array(domainName)
    .max(100)
    .default([])
    .describe("Domain names of the distribution. Each gets an alias record, and one certificate covers all of them."),
  priceClass: z
    .enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"])
    .default("PriceClass_100")
    .describe(
      "Edge locations to use. PriceClass_100 is North America, Europe and Israel; PriceClass_All is everywhere.",
    ),
  defaultBehavior: behavior.prefault({}).describe("Behavior for every path that no other pattern matches."),
  behaviors: z
    .array(
      behavior.extend({
        pathPattern: z
          .string()
          .regex(
            /^\/[A-Za-z0-9_\-.*$/~"'@:+&?]{0,254}$/,
            "is not a path pattern; start with / and use * and ? as wildcards",
          )
          .describe('Path pattern, such as "/catalog/*". The first match wins.'),
      }),
    )
    .max(mostBehaviors)
    .default([])
    .describe("Behaviors for specific paths, in order of precedence."),
  failoverStatusCodes: z
    .array(z.union(failoverStatusCodes.map((code) => z.literal(code))))
    .min(1)
    .default([500, 502, 503, 504])
    .describe("Status codes of the home region after which a read is retried in the standby."),
  origin: strictObject(() => ({
    connectionAttempts: z
      .int()
      .min(1)
      .max(3)
      .default(2)
      .describe("Connection attempts before the origin counts as failed."),
    connectionTimeoutSeconds: z.int().min(1).max(10).default(3).describe("Longest wait for a connection, in seconds."),
    readTimeoutSeconds: z
      .int()
      .min(1)
      .max(60)
      .default(30)
      .describe("Longest wait for a response, in seconds. An HTTP API gives up after 30."),
    keepaliveTimeoutSeconds: z
      .int()
      .min(1)
      .max(60)
      .default(5)
      .describe("How long idle connections are kept open, in seconds."),
  }))
    .prefault({})
    .describe("How long CloudFront waits for an origin."),
  geoRestriction: strictObject(() => ({
    restrictionType: z
      .enum(["none", "whitelist", "blacklist"])
      .default("none")
      .describe("whitelist: only the countries in locations may use the distribution. blacklist: all others may."),
    locations: z
      .array(z.string().regex(/^[A-Z]{2}$/, "is not a country code; use two capital letters, as in ISO 3166-1"))
      .default([])
      .describe("Two-letter country codes, as in ISO 3166-1."),
  }))
    .prefault({})
    .describe("Countries that may or may not use the distribution."),
  responseHeaders: strictObject(() => ({
    contentSecurityPolicy: z
      .string()
      .min(1)
      .default("default-src 'none'; frame-ancestors 'none'")
      .describe("Content-Security-Policy; the default suits APIs."),
    strictTransportSecurityDays: z
      .int()
      .min(180)
      .max(3650)
      .default(730)
      .describe("How long browsers must use HTTPS only, in days."),
    includeSubdomains: z.boolean().default(true).describe("Applies HTTPS only to subdomains too."),
    preload: z
      .boolean()
      .default(false)
      .describe("Allows the domain on browsers' HTTPS-only preload lists. Hard to undo."),
    referrerPolicy: z
      .enum(["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"])
      .default("no-referrer")
      .describe("How much of its own address a page sends to others, in the header Referer."),
    frameOptions: z
      .enum(["DENY", "SAMEORIGIN"])
      .default("DENY")
      .describe("Whether pages may be in a frame: of none, or of pages of the same origin. X-Frame-Options."),
    permissionsPolicy: headerValue
      .optional()
      .describe('What pages may use of a browser, "camera=(), geolocation=()". Permissions-Policy.'),
    add: z
      .record(headerName, headerValue)
      .default({})
      .describe("Further headers, such as Cross-Origin-Resource-Policy."),
    remove: z
      .array(headerName)
      .max(mostFurtherHeaders)
      .default([])
      .describe("Headers of the origin that viewers do not get, such as Server or X-Powered-By."),
  }))
    .prefault({})
    .describe("Security headers for every response; they override the origin's."),
  accessLogRetentionDays: z.int().min(1).max(3650).default(90).describe("Days until access logs are deleted."),
  waitForDeployment: z
    .boolean()
    .default(true)
    .describe("Waits a few minutes until every edge location has the change, so that later steps can rely on it."),
  alarms: strictObject(() => ({
    ...answerErrorPercents,
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** A CloudFront distribution in front of a service's regions, as literal values. */
export const edgeDistributionConfig = withRule(fields, (config, report) => {
  checkBehavior(config.defaultBehavior, ["defaultBehavior"], report);
  const patterns = config.behaviors.map(({ pathPattern }) =>
    pathPattern === "/*" ? undefined : new PathPattern(pathPattern),
  );
  config.behaviors.forEach((behavior, index) => {
    checkBehavior(behavior, ["behaviors", index], report);
    const same = config.behaviors.findIndex(({ pathPattern }) => pathPattern === behavior.pathPattern);
    if (same < index) {
      report(
        ["behaviors", index, "pathPattern"],
        `is the path pattern of behaviors[${same}] as well, which takes precedence; remove one of them`,
      );
    }
    const parts = patternParts(behavior.pathPattern);
    const wider = patterns.findIndex((pattern, at) => at < index && pattern?.covers(parts));
    if (same === index && wider >= 0) {
      report(
        ["behaviors", index, "pathPattern"],
        `is never used, because behaviors[${wider}] (${config.behaviors[wider]?.pathPattern}) matches all of its paths first; move this behavior before it`,
      );
    }
    if (behavior.pathPattern === "/*") {
      report(
        ["behaviors", index, "pathPattern"],
        "matches every path, like the default behavior; set defaultBehavior instead",
      );
    }
  });
  checkCacheAddresses(config.behaviors, report);
  config.aliases.forEach((alias, index) => {
    if (config.aliases.indexOf(alias) < index) report(["aliases", index], "is listed twice; remove the duplicate");
  });
  const { restrictionType, locations } = config.geoRestriction;
  if (restrictionType === "none" && locations.length > 0) {
    report(
      ["geoRestriction", "locations"],
      "has no effect with restrictionType none; set restrictionType to whitelist or blacklist, or remove the countries",
    );
  }
  if (restrictionType !== "none" && locations.length === 0) {
    report(
      ["geoRestriction", "locations"],
      `is empty, but restrictionType is ${restrictionType}; list the countries, or set restrictionType to none`,
    );
  }
  checkHeaders(config.responseHeaders, report);
  const { preload, includeSubdomains, strictTransportSecurityDays } = config.responseHeaders;
  if (preload && !(includeSubdomains && strictTransportSecurityDays >= 365)) {
    report(
      ["responseHeaders", "preload"],
      "does not meet the requirements of browsers' preload lists; set includeSubdomains to true and strictTransportSecurityDays to at least 365",
    );
  }
});

export type EdgeDistributionConfig = z.output<typeof edgeDistributionConfig>;

/** Headers that have a field of their own; CloudFront takes them there only. */
const ownFields: Readonly<Record<string, string>> = {
  "content-security-policy": "contentSecurityPolicy",
  "permissions-policy": "permissionsPolicy",
  "referrer-policy": "referrerPolicy",
  "strict-transport-security": "strictTransportSecurityDays",
  "x-frame-options": "frameOptions",
};

/**
 * Headers that CloudFront keeps for itself.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
const keptHeaders =
  /^(connection|content-(encoding|length)|expect|host|keep-alive|proxy-(authenticate|authorization|connection)|trailer|transfer-encoding|upgrade|via|warning|x-accel-.*|x-amz-cf-.*|x-amzn-(auth|cf-.*|errortype|fle-profile|header-.*|lambda-.*|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;

function checkHeaders(headers: z.output<typeof fields>["responseHeaders"], report: Report): void {
  const { add, remove, permissionsPolicy } = headers;
  const added = Object.keys(add);
  const count = added.length + (permissionsPolicy === undefined ? 0 : 1);
  if (count > mostFurtherHeaders) {
    report(
      ["responseHeaders", "add"],
      `has ${count} headers with permissionsPolicy, but a policy adds ${mostFurtherHeaders} at most; let the origin send the others`,
    );
  }
  for (const [list, names] of [["add", added] as const, ["remove", remove] as const]) {
    const lower = names.map((name) => name.toLowerCase());
    lower.forEach((name, index) => {
      const path = ["responseHeaders", list, list === "add" ? (names[index] ?? "") : index];
      const field = ownFields[name] ?? (name === "x-content-type-options" ? "" : undefined);
      if (field) report(path, `has a field of its own; use ${field}`);
      else if (field === "") report(path, "is always nosniff; take it out");
      else if (keptHeaders.test(name)) report(path, "is set by CloudFront itself; take it out");
      else if (lower.indexOf(name) < index) report(path, "is listed twice; remove one of them");
      else if (list === "remove" && added.some((each) => each.toLowerCase() === name)) {
        report(path, "is added as well, which takes the place of the origin's; take it out of one of the lists");
      }
    });
  }
}

/** Each behavior that caches has a cache policy, whose Terraform address is derived from the path pattern. */
function checkCacheAddresses(behaviors: z.output<typeof fields>["behaviors"], report: Report): void {
  const owners = new Map([["default", "the default behavior"]]);
  behaviors.forEach(({ pathPattern, caching }, index) => {
    if (!caching) return;
    const id = behaviorId(pathPattern);
    const owner = owners.get(id);
    if (owner !== undefined && owner !== pathPattern) {
      report(
        ["behaviors", index, "pathPattern"],
        `would get a cache policy with the same Terraform address as that of ${owner}; choose patterns that differ in letters or digits`,
      );
    }
    owners.set(id, pathPattern);
  });
}

/**
 * The longest time, in seconds, until the standby answers a read that fails in the home region: `unreachable` if
 * connections fail, `silent` if the region accepts requests but never responds.
 */
export function failoverSeconds({ origin }: Pick<EdgeDistributionConfig, "origin">): {
  readonly unreachable: number;
  readonly silent: number;
} {
  const unreachable = origin.connectionAttempts * origin.connectionTimeoutSeconds;
  // CloudFront retries GET and HEAD as many times as it attempts to connect.
  return { unreachable, silent: origin.connectionAttempts * origin.readTimeoutSeconds };
}
