import { z } from "zod";
import { region, strictObject, withRule } from "../core";

export type * from "./input";

const bucketName = z
  .string()
  .regex(
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$/,
    "is not the name of a bucket of states; use 3 to 60 lower-case letters, digits and hyphens, to which -log is added for the log",
  );

const bucket = strictObject(() => ({
  name: bucketName.describe("Name of the bucket, unique in the world; its log goes to `<name>-log`. Cannot change."),
  region: region.describe("Region of the bucket. Cannot change."),
}));

const fence = strictObject(() => ({
  region: region.describe("Region of the bucket that is fenced."),
  keyPrefix: z
    .string()
    .regex(/^[a-z0-9][a-z0-9/_-]*[a-z0-9]$/, "is not a key prefix; use that of the environment's state")
    .describe("Prefix of the states that nobody may write there: `state.keyPrefix` of the environment."),
}));

/**
 * Two buckets for states of Terraform in two regions, replicated to each other.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export const stateBucketsConfig = withRule(
  strictObject(() => ({
    primary: bucket.describe("The first bucket; the primary of the key is in its region."),
    secondary: bucket.describe("The second bucket, in another region."),
    replicationTimeControl: z
      .boolean()
      .default(true)
      .describe(
        "Whether S3 replicates 99.9 % of the objects within 15 minutes, with metrics that say how far it is (S3 Replication Time Control); billed apart.",
      ),
    oldVersionDays: z
      .int()
      .min(30)
      .max(3650)
      .default(365)
      .describe("Days until versions that are not the current one are deleted, beside those that are always kept."),
    oldVersionsKept: z
      .int()
      .min(1)
      .max(100)
      .default(50)
      .describe("Versions of each state that are kept whatever their age, beside the current one."),
    logRetentionDays: z.int().min(1).max(3650).default(365).describe("Days until access logs are deleted."),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe(
        "Whether Terraform refuses every plan that would destroy a bucket or the key. To take them away: false, deploy, empty the buckets, destroy.",
      ),
    keyDeletionWindowDays: z
      .int()
      .min(7)
      .max(30)
      .default(30)
      .describe("Days between scheduling the deletion of the key and losing it, together with every state."),
    fences: z
      .array(fence)
      .default([])
      .describe("States that nobody may write in one of the buckets, as `evenkeel state failover` prints them."),
  })),
  ({ primary, secondary, fences }, report) => {
    if (primary.region === secondary.region)
      report(
        ["secondary", "region"],
        "is the region of the first bucket, and would be lost with it; use another region",
      );
    if (primary.name === secondary.name) report(["secondary", "name"], "is the first bucket; use another name");
    for (const [index, { region: of }] of fences.entries()) {
      if (of !== primary.region && of !== secondary.region)
        report(["fences", index, "region"], `has no bucket; use ${primary.region} or ${secondary.region}`);
    }
  },
);

export type StateBucketsConfig = z.output<typeof stateBucketsConfig>;
