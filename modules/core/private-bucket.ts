import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import { denyWithoutTls, type PolicyStatement, policyDocument } from "./policy";

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

export interface AccessLogProps {
  /** The bucket whose requests are logged. */
  readonly of: S3Bucket;
  /** The bucket that takes the log. */
  readonly bucket: S3Bucket;
  /** Settings that its policy waits for. */
  readonly publicAccess: S3BucketPublicAccessBlock;
  /** Provider of the region in which the log's bucket is. */
  readonly provider: AwsProvider;
  /** AWS account id, 12 digits. */
  readonly account: string;
}

/**
 * S3's own log of who has read or changed what is in a bucket, in another bucket, which gets its policy here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function logAccess(scope: Construct, { of, bucket, publicAccess, provider, account }: AccessLogProps): void {
  const policy = new S3BucketPolicy(scope, "policy", {
    provider,
    bucket: bucket.id,
    policy: policyDocument([
      {
        sid: "WriteLog",
        principals: { Service: "logging.s3.amazonaws.com" },
        actions: ["s3:PutObject"],
        resources: [`${bucket.arn}/*`],
        conditions: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": of.arn } },
      },
      requireTls(bucket.arn),
    ]),
    dependsOn: [publicAccess],
  });
  new S3BucketLoggingA(scope, "logging", {
    provider,
    bucket: of.id,
    targetBucket: bucket.id,
    targetPrefix: "",
    dependsOn: [policy],
  });
}
