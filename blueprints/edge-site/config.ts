import { z } from "zod";
import { hostedZoneId, logRetentionDays, type Report, withRule } from "../../modules/core";
import {
  type EdgeDistributionConfig,
  edgeDistributionConfig,
  originRoutingConfig,
} from "../../modules/edge-distribution";

export type * from "./input";

const fields = z.strictObject({
  distribution: edgeDistributionConfig.prefault({}).describe("The CloudFront distribution, with its domain names."),
  hostedZoneId: hostedZoneId.optional().describe("Public Route 53 zone of the distribution's domain names."),
  router: originRoutingConfig
    .safeExtend({ logRetentionDays: logRetentionDays.default(30) })
    .optional()
    .describe(
      "Which region the edge router asks first, from the stage that brings it. Without this field there is no router.",
    ),
});

/** What is between the viewers and a service's regions, as literal values. */
export const edgeSiteConfig = withRule(fields, ({ distribution, hostedZoneId, router }, report) => {
  const [alias] = distribution.aliases;
  if (alias && !hostedZoneId) {
    report(["hostedZoneId"], `is required for the domain ${alias}; set it to the id of its public zone`);
  }
  if (hostedZoneId && !alias) {
    report(["hostedZoneId"], "has no effect without distribution.aliases; add the domain names or remove the zone");
  }
  (router?.standbyCountries ?? []).forEach((country, index) => {
    const { restrictionType, locations } = distribution.geoRestriction;
    if (restrictionType === "none" || locations.includes(country) === (restrictionType === "whitelist")) return;
    report(
      ["router", "standbyCountries", index],
      "has no effect, because distribution.geoRestriction lets nobody in from there; remove it from one of them",
    );
  });
  const seesCountry = (router?.standbyCountries ?? []).length > 0;
  checkBehavior(distribution.defaultBehavior, ["distribution", "defaultBehavior"], seesCountry, report);
  distribution.behaviors.forEach((behavior, index) => {
    checkBehavior(behavior, ["distribution", "behaviors", index], seesCountry, report);
  });
});

export type EdgeSiteConfig = z.output<typeof fields>;

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
      "has no effect, because stages decide when the edge router runs; remove it and set router",
    );
  }
  if (needsCountry && (viewerHeaders === "none" || viewerHeaders === "allExceptHost")) {
    report(
      [...path, "viewerHeaders"],
      "hides the viewer's country from the edge router, which needs it for router.standbyCountries; remove it",
    );
  }
}
