import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { acceptFinding, denyWithoutTls, type PolicyStatement } from "../core";

export interface LogBucketProps {
  readonly provider: AwsProvider;
  /** Name of the bucket, unique in the world. */
  readonly name: string;
  /** Days until logs are deleted. */
  readonly retentionDays: number;
}

/** How long what was overwritten or deleted can be got back, in days. */
const earlierVersionDays = 30;

/** A private bucket for logs, with what belongs to it; its policy comes from the caller. */
export function logBucket(scope: Construct, { provider, name, retentionDays }: LogBucketProps) {
  const bucket = new S3Bucket(scope, "bucket", { provider, bucket: name });
  const inBucket = { provider, bucket: bucket.id };
  new S3BucketOwnershipControls(scope, "ownership", { ...inBucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
  const publicAccess = new S3BucketPublicAccessBlock(scope, "public-access", {
    ...inBucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "encryption", {
    ...inBucket,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  const versioning = new S3BucketVersioningA(scope, "versioning", {
    ...inBucket,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    ...inBucket,
    rule: [
      {
        id: "expire",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ days: retentionDays }],
        noncurrentVersionExpiration: [{ noncurrentDays: earlierVersionDays }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
      },
      {
        // What expires leaves a marker, which takes no days of its own in the same rule.
        id: "expired-markers",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
    ],
    dependsOn: [versioning],
  });
  acceptFinding(
    bucket,
    "CKV_AWS_145",
    "S3 encrypts it with its own key: log delivery takes another one only with a statement in the policy of that key, and S3's log of readers none.",
  );
  acceptFinding(bucket, "CKV_AWS_144", "Logs of one region; without them nothing stops, and they expire.");
  acceptFinding(bucket, "CKV2_AWS_62", "Nothing waits for a log file.");
  return { bucket, publicAccess };
}

/** Refuses requests without TLS. */
export const requireTls = (bucketArn: string): PolicyStatement =>
  denyWithoutTls({ sid: "RequireTls", actions: ["s3:*"], resources: [bucketArn, `${bucketArn}/*`] });
