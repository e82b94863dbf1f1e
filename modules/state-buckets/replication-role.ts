import { type PolicyStatement, partitionOf } from "../core";
import { dnsSuffixOf } from "../core/regions";

/** One of two buckets that are replicated to each other, as the role that does it needs it. */
export interface ReplicatedBucket {
  /** ARN of the bucket. */
  readonly arn: string;
  /** Its name, by which its objects are left out. */
  readonly name: string;
  readonly region: string;
  /** ARN of the key in this region. */
  readonly kmsKeyArn: string;
}

/** What is of one region and one moment: Terraform's lock of a state, and the lock of a rollout. */
const neverReplicated = ["*.tflock", "*.rollout-lock.json"];

/**
 * What S3 needs to replicate two buckets to each other. Locks are left out here, because the filter of a rule knows prefixes and tags
 * only, and a lock differs from its state by its end: a lock that came later, or stayed, would hold up whoever works in the other region.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export function replicationStatements(buckets: readonly ReplicatedBucket[]): PolicyStatement[] {
  const all = buckets.map(({ arn }) => arn);
  const objects = all.map((arn) => `${arn}/*`);
  const read = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"];
  const write = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"];
  return [
    { sid: "ReadBuckets", actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: all },
    { sid: "ReadVersions", actions: read, resources: objects },
    { sid: "WriteReplicas", actions: write, resources: objects },
    {
      sid: "LeaveLocksAlone",
      effect: "Deny",
      actions: [...read, ...write],
      resources: buckets.flatMap(({ name, region }) =>
        neverReplicated.map((key) => `arn:${partitionOf(region)}:s3:::${name}/${key}`),
      ),
    },
    ...buckets.map(
      ({ region, kmsKeyArn }, index): PolicyStatement => ({
        sid: `UseKey${index + 1}`,
        actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        resources: [kmsKeyArn],
        conditions: { StringEquals: { "kms:ViaService": `s3.${region}.${dnsSuffixOf(region)}` } },
      }),
    ),
  ];
}
