import { inRegions, linesOf } from "./line";

const dynamodb = linesOf({
  service: "Amazon DynamoDB",
  source: "https://aws.amazon.com/dynamodb/pricing/",
  asOf: "2026-09-24",
});
const aurora = linesOf({
  service: "Amazon Aurora",
  source: "https://aws.amazon.com/rds/aurora/pricing/",
  asOf: "2026-09-24",
});
const proxy = linesOf({
  service: "Amazon RDS Proxy",
  source: "https://aws.amazon.com/rds/proxy/pricing/",
  asOf: "2026-09-24",
});
const backup = linesOf({
  service: "AWS Backup",
  source: "https://aws.amazon.com/backup/pricing/",
  asOf: "2026-09-25",
});
const s3 = linesOf({ service: "Amazon S3", source: "https://aws.amazon.com/s3/pricing/", asOf: "2026-09-24" });

const writes = inRegions(0.625, 0.705, 0.7625, 0.715, 0.68, 0.71, 0.71, 0.71);
const writeCapacity = inRegions(0.00065, 0.000735, 0.000793, 0.000742, 0.0007049, 0.00074, 0.00074, 0.00074);

/** The price of a replicated write was read in Virginia and Seoul only. */
const replicated = { verified: { except: ["eu-west-1", "eu-central-1", "ap-northeast-1", "ap-south-1"] } } as const;

/** Prices of what holds data. */
export const dataPrices = {
  "dynamodb.reads": dynamodb(
    "read request unit",
    1_000_000,
    inRegions(0.125, 0.1415, 0.1525, 0.1425, 0.1355, 0.1425, 0.1425, 0.1425),
  ),
  "dynamodb.writes": dynamodb("write request unit", 1_000_000, writes),
  "dynamodb.replicated-writes": dynamodb("replicated write request unit", 1_000_000, writes, replicated),
  "dynamodb.read-capacity": dynamodb(
    "read capacity unit-hour",
    1,
    inRegions(0.00013, 0.000147, 0.0001586, 0.0001484, 0.00014098, 0.000148, 0.000148, 0.000148),
    { free: 18_600 },
  ),
  "dynamodb.write-capacity": dynamodb("write capacity unit-hour", 1, writeCapacity, { free: 18_600 }),
  "dynamodb.replicated-write-capacity": dynamodb("replicated write capacity unit-hour", 1, writeCapacity, replicated),
  "dynamodb.storage": dynamodb("GB-month", 1, inRegions(0.25, 0.283, 0.306, 0.285, 0.27075, 0.285, 0.285, 0.285), {
    free: 25,
  }),
  "dynamodb.point-in-time-recovery": dynamodb(
    "GB-month",
    1,
    { "us-east-1": 0.2, "us-east-2": 0.2, "us-west-2": 0.2, "eu-west-1": 0.2264, "eu-central-1": 0.2448 },
    { verified: { except: ["us-east-1", "us-east-2", "eu-west-1"] } },
  ),
  "dynamodb.insights-events": dynamodb("event", 1_000_000, { "us-east-1": 0.03 }, { verified: false }),
  "aurora.acu": aurora("ACU-hour", 1, inRegions(0.12, 0.14, 0.14, 0.15, 0.2, 0.18, 0.2, 0.2)),
  // A size is a multiple of `large`, as in the price list.
  "aurora.r6g-large": aurora(
    "instance-hour",
    1,
    { "us-east-1": 0.26, "us-east-2": 0.26, "us-west-2": 0.26, "eu-west-1": 0.286, "eu-central-1": 0.313 },
    { verified: false },
  ),
  "aurora.r7g-large": aurora(
    "instance-hour",
    1,
    { "us-east-1": 0.276, "us-east-2": 0.276, "us-west-2": 0.276, "eu-west-1": 0.304, "eu-central-1": 0.333 },
    { verified: false },
  ),
  "aurora.storage": aurora("GB-month", 1, inRegions(0.1, 0.11, 0.119, 0.12, 0.12, 0.11, 0.11, 0.11)),
  "aurora.io": aurora("I/O", 1_000_000, inRegions(0.2, 0.22, 0.22, 0.24, 0.24, 0.22, 0.22, 0.22)),
  "aurora.replicated-io": aurora("replicated write I/O", 1_000_000, { "us-east-1": 0.2 }, { verified: false }),
  "aurora.acu.io-optimized": aurora("ACU-hour", 1, inRegions(0.16, 0.19, 0.19, 0.2, 0.26, 0.24, 0.26, 0.26)),
  "aurora.storage.io-optimized": aurora("GB-month", 1, inRegions(0.225, 0.248, 0.268, 0.27, 0.27, 0.248, 0.248, 0.248)),
  "aurora.backup": aurora("GB-month", 1, inRegions(0.021, 0.021, 0.023, 0.023, 0.023, 0.023, 0.023, 0.023), {
    asOf: "2026-09-25",
  }),
  "rds-proxy": proxy(
    "vCPU-hour or ACU-hour",
    1,
    { "us-east-1": 0.015, "eu-west-1": 0.018, "eu-central-1": 0.018 },
    { verified: { except: ["eu-west-1", "eu-central-1"] } },
  ),
  "backup.dynamodb": backup("GB-month", 1, inRegions(0.1, 0.11, 0.1224, 0.114, 0.1083, 0.114, 0.114, 0.114)),
  "backup.dynamodb.cold": backup("GB-month", 1, { "us-east-1": 0.03 }, { verified: false }),
  "s3.storage": s3(
    "GB-month",
    1,
    { "us-east-1": 0.023, "eu-west-1": 0.023, "eu-central-1": 0.0245, "ap-northeast-1": 0.025 },
    { verified: { except: ["eu-west-1", "eu-central-1"] } },
  ),
} as const;
