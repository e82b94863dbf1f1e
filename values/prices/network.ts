import { inRegions, linesOf } from "./line";

const route53 = linesOf({
  service: "Amazon Route 53",
  source: "https://aws.amazon.com/route53/pricing/",
  asOf: "2026-09-25",
});
const recovery = linesOf({
  service: "Amazon Application Recovery Controller",
  source: "https://aws.amazon.com/application-recovery-controller/pricing/",
  asOf: "2026-09-25",
});
const cloudfront = linesOf({
  service: "Amazon CloudFront",
  source: "https://aws.amazon.com/cloudfront/pricing/",
  asOf: "2026-09-24",
});
const waf = linesOf({ service: "AWS WAF", source: "https://aws.amazon.com/waf/pricing/", asOf: "2026-09-24" });
const vpc = linesOf({
  service: "Amazon VPC",
  source: "https://aws.amazon.com/privatelink/pricing/",
  asOf: "2026-09-24",
});
const transfer = linesOf({
  service: "Data transfer",
  source: "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer",
  asOf: "2026-09-25",
});

/** Prices of names, edges and what moves between them. */
export const networkPrices = {
  "route53.zones": route53("hosted zone", 1, 0.5),
  "route53.checks": route53("health check", 1, 0.5, { free: 50 }),
  "route53.check-options": route53("option of a health check", 1, 1),
  "recovery-controller.clusters": recovery("cluster-hour", 1, 2.5, { verified: false }),
  // Viewers in Europe; those of other continents cost otherwise.
  "cloudfront.requests": cloudfront("HTTPS request", 10_000, 0.012, { free: 10_000_000 }),
  "cloudfront.transfer": cloudfront("GB to viewers", 1, 0.085, { free: 1_024 }),
  "waf.acls": waf("web ACL", 1, 5),
  "waf.rules": waf("rule", 1, 1),
  "waf.requests": waf("request", 1_000_000, 0.6),
  "vpc.interface-endpoints": vpc("hour and zone", 1, inRegions(0.01, 0.011, 0.012, 0.014, 0.013, 0.013, 0.013, 0.013)),
  "transfer.internet": transfer(
    "GB",
    1,
    { "us-east-1": 0.09, "eu-west-1": 0.09, "eu-central-1": 0.09 },
    {
      free: 100,
      verified: false,
    },
  ),
  "transfer.regions": transfer("GB", 1, 0.02, { verified: false }),
} as const;
