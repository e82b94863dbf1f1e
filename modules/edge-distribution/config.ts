import { z } from "zod";
import { answerErrorPercents, domainName, type Report, withRule } from "../core";
import { behavior, behaviorId, checkBehavior } from "./behavior";

/** Status codes that CloudFront takes as a reason to fail over. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
const failoverStatusCodes = [400, 403, 404, 416, 429, 500, 502, 503, 504] as const;

/** Behaviors in a distribution, the default one not counted: the account's default quota is 75 in all. */
const mostBehaviors = 74;

const fields = z.strictObject({
  comment: z.string().max(128).default("").describe("What the distribution is for."),
  aliases: z
    .array(domainName)
    .max(100)
    .default([])
    .describe("Domain names of the distribution, each with an alias record and in one certificate."),
  priceClass: z
    .enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"])
    .default("PriceClass_100")
    .describe("Edge locations that serve: 100 is North America, Europe and Israel, All is everywhere."),
  defaultBehavior: behavior.prefault({}).describe("Behavior of every path that no other pattern matches."),
  behaviors: z
    .array(
      behavior.extend({
        pathPattern: z
          .string()
          .regex(
            /^\/[A-Za-z0-9_\-.*$/~"'@:+&?]{0,254}$/,
            "is no path pattern; start with / and use * and ? as wildcards",
          )
          .describe('Paths by pattern, "/catalog/*"; the first that matches wins.'),
      }),
    )
    .max(mostBehaviors)
    .default([])
    .describe("Behaviors of single paths, in order of precedence."),
  failoverStatusCodes: z
    .array(z.union(failoverStatusCodes.map((code) => z.literal(code))))
    .min(1)
    .default([500, 502, 503, 504])
    .describe("Answers of the home region after which a read is tried in the standby."),
  origin: z
    .strictObject({
      connectionAttempts: z.int().min(1).max(3).default(2).describe("Attempts to connect before it counts as failed."),
      connectionTimeoutSeconds: z.int().min(1).max(10).default(3).describe("Wait for a connection, in seconds."),
      readTimeoutSeconds: z
        .int()
        .min(1)
        .max(60)
        .default(30)
        .describe("Wait for an answer, in seconds; an HTTP API gives up after 30."),
      keepaliveTimeoutSeconds: z.int().min(1).max(60).default(5).describe("Idle time of a connection, in seconds."),
    })
    .prefault({})
    .describe("How long CloudFront waits for a region."),
  geoRestriction: z
    .strictObject({
      restrictionType: z.enum(["none", "whitelist", "blacklist"]).default("none"),
      locations: z
        .array(z.string().regex(/^[A-Z]{2}$/, "is no country; use two capitals, as in ISO 3166-1"))
        .default([])
        .describe("Countries by their two capitals, as in ISO 3166-1."),
    })
    .prefault({})
    .describe("Countries that may, or may not, use the distribution."),
  responseHeaders: z
    .strictObject({
      contentSecurityPolicy: z
        .string()
        .min(1)
        .default("default-src 'none'; frame-ancestors 'none'")
        .describe("Content-Security-Policy; the default suits APIs."),
      strictTransportSecurityDays: z.int().min(180).max(3650).default(730).describe("HTTPS only for so many days."),
      includeSubdomains: z.boolean().default(true).describe("HTTPS only for the subdomains too."),
      preload: z.boolean().default(false).describe("Lets browsers ship the domain as HTTPS only; hard to undo."),
      referrerPolicy: z
        .enum(["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"])
        .default("no-referrer"),
    })
    .prefault({})
    .describe("Security headers of every answer, in place of the origin's."),
  accessLogRetentionDays: z.int().min(1).max(3650).default(90).describe("Days until access logs are deleted."),
  waitForDeployment: z
    .boolean()
    .default(true)
    .describe("Waits some minutes until every edge location has the change, so that what follows can rely on it."),
  alarms: z
    .strictObject({
      ...answerErrorPercents,
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/** One CloudFront distribution in front of a service's regions, in literal values. */
export const edgeDistributionConfig = withRule(fields, (config, report) => {
  checkBehavior(config.defaultBehavior, ["defaultBehavior"], report);
  config.behaviors.forEach((behavior, index) => {
    checkBehavior(behavior, ["behaviors", index], report);
    const same = config.behaviors.findIndex(({ pathPattern }) => pathPattern === behavior.pathPattern);
    if (same < index) {
      report(
        ["behaviors", index, "pathPattern"],
        `is that of behaviors[${same}], which always wins; remove one of them`,
      );
    }
    if (behavior.pathPattern === "/*") {
      report(
        ["behaviors", index, "pathPattern"],
        "matches every path, as the default does; set defaultBehavior instead",
      );
    }
  });
  checkCacheAddresses(config.behaviors, report);
  config.aliases.forEach((alias, index) => {
    if (config.aliases.indexOf(alias) < index) report(["aliases", index], "is named twice; name each domain once");
  });
  const { restrictionType, locations } = config.geoRestriction;
  if (restrictionType === "none" && locations.length > 0) {
    report(["geoRestriction", "locations"], "has no effect; set restrictionType to whitelist or blacklist");
  }
  if (restrictionType !== "none" && locations.length === 0) {
    report(["geoRestriction", "locations"], `is empty; name the countries of the ${restrictionType}`);
  }
  const { preload, includeSubdomains, strictTransportSecurityDays } = config.responseHeaders;
  if (preload && !(includeSubdomains && strictTransportSecurityDays >= 365)) {
    report(
      ["responseHeaders", "preload"],
      "is refused by browsers' lists as it stands; include subdomains and use at least 365 days",
    );
  }
});

export type EdgeDistributionConfig = z.output<typeof edgeDistributionConfig>;
export type EdgeDistributionConfigInput = z.input<typeof edgeDistributionConfig>;

/** Behaviors that cache have a policy each, whose address follows from the pattern. */
function checkCacheAddresses(behaviors: z.output<typeof fields>["behaviors"], report: Report): void {
  const owners = new Map([["default", "the default behavior"]]);
  behaviors.forEach(({ pathPattern, caching }, index) => {
    if (!caching) return;
    const id = behaviorId(pathPattern);
    const owner = owners.get(id);
    if (owner !== undefined && owner !== pathPattern) {
      report(
        ["behaviors", index, "pathPattern"],
        `would have a cache policy with the same Terraform address as that of ${owner}; choose patterns that differ in letters or digits`,
      );
    }
    owners.set(id, pathPattern);
  });
}

/**
 * The longest time, in seconds, until a read that finds the home region dead is answered by the standby: `unreachable`
 * where no connection comes about, `silent` where the region takes requests and never answers.
 */
export function failoverSeconds({ origin }: Pick<EdgeDistributionConfig, "origin">): {
  readonly unreachable: number;
  readonly silent: number;
} {
  const unreachable = origin.connectionAttempts * origin.connectionTimeoutSeconds;
  // GET and HEAD are tried again as often as connecting is.
  return { unreachable, silent: origin.connectionAttempts * origin.readTimeoutSeconds };
}
