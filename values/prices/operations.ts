import { linesOf } from "./line";

const cloudwatch = linesOf({
  service: "Amazon CloudWatch",
  source: "https://aws.amazon.com/cloudwatch/pricing/",
  asOf: "2026-09-25",
});
const kms = linesOf({ service: "AWS KMS", source: "https://aws.amazon.com/kms/pricing/", asOf: "2026-09-24" });
const secrets = linesOf({
  service: "AWS Secrets Manager",
  source: "https://aws.amazon.com/secrets-manager/pricing/",
  asOf: "2026-09-24",
});

/** Prices of what watches and protects. */
export const operationsPrices = {
  "cloudwatch.alarms": cloudwatch("alarm metric", 1, 0.1, { free: 10 }),
  "cloudwatch.high-resolution-alarms": cloudwatch("alarm metric", 1, 0.3),
  "cloudwatch.composite-alarms": cloudwatch("composite alarm", 1, 0.5, { verified: false }),
  "cloudwatch.metrics": cloudwatch("custom metric", 1, 0.3, { verified: false, free: 10 }),
  "cloudwatch.dashboards": cloudwatch("dashboard", 1, 3, { free: 3 }),
  "cloudwatch.insight-rules": cloudwatch("Contributor Insights rule", 1, 0.5, { verified: false }),
  "logs.ingested": cloudwatch(
    "GB",
    1,
    {
      "us-east-1": 0.5,
      "us-east-2": 0.5,
      "us-west-2": 0.5,
      "eu-west-1": 0.57,
      "eu-central-1": 0.63,
      "ap-northeast-1": 0.76,
    },
    { free: 5 },
  ),
  "logs.ingested.infrequent-access": cloudwatch("GB", 1, {
    "us-east-1": 0.25,
    "us-east-2": 0.25,
    "us-west-2": 0.25,
    "eu-west-1": 0.285,
    "eu-central-1": 0.315,
    "ap-northeast-1": 0.38,
  }),
  "logs.stored": cloudwatch(
    "GB-month",
    1,
    { "us-east-1": 0.03, "eu-west-1": 0.03, "eu-central-1": 0.0324, "ap-northeast-1": 0.033 },
    { free: 5 },
  ),
  "xray.traces": linesOf({
    service: "AWS X-Ray",
    source: "https://aws.amazon.com/xray/pricing/",
    asOf: "2026-09-25",
  })("trace", 1_000_000, 5, { free: 100_000, verified: { except: ["eu-west-1", "eu-central-1"] } }),
  "kms.keys": kms("key", 1, 1),
  "kms.requests": kms("request", 10_000, 0.03, { free: 20_000 }),
  "secrets.secrets": secrets("secret", 1, 0.4),
  "ssm.advanced-parameters": linesOf({
    service: "AWS Systems Manager",
    source: "https://aws.amazon.com/systems-manager/pricing/",
    asOf: "2026-09-25",
  })("advanced parameter", 1, 0.05, { verified: false }),
  "budgets.action-days": linesOf({
    service: "AWS Budgets",
    source: "https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/",
    asOf: "2026-11-27",
  })("day of a budget with actions", 1, 0.1, { free: 62, verified: false }),
  "fis.action-minutes": linesOf({
    service: "AWS FIS",
    source: "https://aws.amazon.com/fis/pricing/",
    asOf: "2026-11-27",
  })("action-minute", 1, 0.1),
} as const;
