import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { denyWithoutTls, type PolicyStatement } from "./policy";

export interface PrivateBucketProps {
  /** The provider of the region that it is in. */
  readonly provider: AwsProvider;
  /** Name of the bucket, unique in the world. */
  readonly name: string;
  /** What becomes of objects as time goes by, beside the markers of what expired, which go by themselves. */
  readonly lifecycle: S3BucketLifecycleConfigurationRule;
  /** Whether a destruction deletes what is still in it. */
  readonly forceDestroy?: boolean;
  /** ARN of the KMS key that encrypts what is written without another one; the key of S3 if left out. */
  readonly kmsKeyArn?: string;
  /** Whether Terraform refuses every plan that would destroy it. */
  readonly preventDestroy?: boolean;
}

/** A private, versioned bucket with the encryption of S3 and what belongs to it; its policy comes from the caller. */
export function privateBucket(
  scope: Construct,
  { provider, name, lifecycle, forceDestroy, kmsKeyArn, preventDestroy }: PrivateBucketProps,
): {
  readonly bucket: S3Bucket;
  readonly publicAccess: S3BucketPublicAccessBlock;
  readonly versioning: S3BucketVersioningA;
} {
  const bucket = new S3Bucket(scope, "bucket", {
    provider,
    bucket: name,
    forceDestroy,
    ...(preventDestroy && { lifecycle: { preventDestroy } }),
  });
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
    rule: [
      kmsKeyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
            bucketKeyEnabled: true,
          },
    ],
  });
  const versioning = new S3BucketVersioningA(scope, "versioning", {
    ...inBucket,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketLifecycleConfiguration(scope, "lifecycle", {
    ...inBucket,
    rule: [
      lifecycle,
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
  return { bucket, publicAccess, versioning };
}

/** Refuses requests without TLS. */
export const requireTls = (bucketArn: string): PolicyStatement =>
  denyWithoutTls({ sid: "RequireTls", actions: ["s3:*"], resources: [bucketArn, `${bucketArn}/*`] });
