import { z } from "zod";
import { hostedZoneId, logRetentionDays, type Report, strictObject, withRule } from "../../modules/core";
import {
  type EdgeDistributionConfig,
  edgeDistributionConfig,
  originRoutingConfig,
} from "../../modules/edge-distribution";

export type * from "./input";

const originSecretConfig = strictObject(() => ({
  use: z
    .enum(["sent", "required"])
    .default("required")
    .describe(
      "required: functions refuse requests to routes other than AWS_IAM that did not come by the distribution. sent: they log them; deploy an environment that serves already with this first.",
    ),
  openRoutes: z
    .array(z.string().min(1).max(512))
    .max(20)
    .optional()
    .describe(
      "Routes that may be called past the distribution, by route key. Defaults to GET /health where the API has it, for health checkers.",
    ),
  version: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe("Raise it by one to make a new key; wait half an hour before the next one."),
  recoveryWindowDays: z
    .union([z.literal(0), z.int().min(7).max(30)])
    .optional()
    .describe(
      "How long the key, and its name, is kept after the edge is removed: 7 to 30 days, or 0. Defaults to 30, and to 0 in a disposable environment.",
    ),
}));

const fields = strictObject(() => ({
  distribution: edgeDistributionConfig.prefault({}).describe("The CloudFront distribution, with its domain names."),
  hostedZoneId: hostedZoneId.optional().describe("Public Route 53 zone of the distribution's domain names."),
  originSecret: originSecretConfig
    .prefault({})
    .describe("How routes other than AWS_IAM are closed to whoever does not come by the distribution."),
  router: originRoutingConfig
    .safeExtend({ logRetentionDays: logRetentionDays.default(30) })
    .optional()
    .describe(
      "Which region the edge router asks first, from the stage that brings it. Without this field there is no router.",
    ),
}));

/** What is between the viewers and a service's regions, as literal values. */
export const edgeSiteConfig = withRule(fields, ({ distribution, hostedZoneId, router }, report) => {
  const [alias] = distribution.aliases;
  if (alias && !hostedZoneId) {
    report(["hostedZoneId"], `is required for the domain ${alias}; set it to the id of its public hosted zone`);
  }
  if (hostedZoneId && !alias) {
    report(
      ["hostedZoneId"],
      "has no effect without distribution.aliases; add the domain names there, or remove this field",
    );
  }
  (router?.standbyCountries ?? []).forEach((country, index) => {
    const { restrictionType, locations } = distribution.geoRestriction;
    if (restrictionType === "none" || locations.includes(country) === (restrictionType === "whitelist")) return;
    report(
      ["router", "standbyCountries", index],
      "has no effect, because distribution.geoRestriction blocks this country; remove it here, or allow it there",
    );
  });
  const seesCountry = (router?.standbyCountries ?? []).length > 0;
  checkBehavior(distribution.defaultBehavior, ["distribution", "defaultBehavior"], seesCountry, report);
  distribution.behaviors.forEach((behavior, index) => {
    checkBehavior(behavior, ["distribution", "behaviors", index], seesCountry, report);
  });
});

export type EdgeSiteConfig = z.output<typeof fields>;

/** Whether a route needs a signature, a proof that the request came by the distribution, or neither. */
export type RouteGuard = "signature" | "proof" | "none";

/** What each route of the API behind an edge asks for, by route key. */
export function routeGuards(
  routes: Readonly<Record<string, { readonly authorization: string }>>,
  { originSecret: { openRoutes = ["GET /health"] } }: Pick<EdgeSiteConfig, "originSecret">,
): ReadonlyMap<string, RouteGuard> {
  const guardOf = (key: string, authorization: string): RouteGuard => {
    if (authorization === "AWS_IAM") return "signature";
    return openRoutes.includes(key) ? "none" : "proof";
  };
  return new Map(Object.entries(routes).map(([key, { authorization }]) => [key, guardOf(key, authorization)]));
}

/** The route keys that ask for something. */
export const routesWith = (guard: RouteGuard, guards: ReadonlyMap<string, RouteGuard>): string[] =>
  [...guards].flatMap(([key, asked]) => (asked === guard ? [key] : []));

type Behavior = EdgeDistributionConfig["defaultBehavior"];

function checkBehavior(
  { functions, viewerHeaders }: Behavior,
  path: PropertyKey[],
  needsCountry: boolean,
  report: Report,
): void {
  if (Object.keys(functions).length > 0) {
    report(
      [...path, "functions"],
      "has no effect, because the toolkit associates its own edge router; remove it, and set router instead",
    );
  }
  if (needsCountry && (viewerHeaders === "none" || viewerHeaders === "allExceptHost")) {
    report(
      [...path, "viewerHeaders"],
      "does not forward the viewer's country, which the edge router needs for router.standbyCountries; remove it",
    );
  }
}
