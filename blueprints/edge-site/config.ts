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
