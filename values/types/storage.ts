import { reservedBucketName } from "../rules/storage";
import type { Family, OwnLimits } from "./type-values";

const replication = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html";
const lifecycle = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html";

const bucketName: OwnLimits = {
  minLength: 3,
  maxLength: 63,
  pattern: "^[a-z0-9](-*\\.?-*[a-z0-9])*$",
  says: "is not a valid bucket name; use lower-case letters, digits, hyphens and single periods, and begin and end with a letter or digit",
  see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
};

/** Values of S3's buckets. */
export const storage: Family = {
  aws_s3_bucket: {
    api: ["s3.CreateBucket"],
    cfn: "AWS::S3::Bucket",
    own: {
      bucket: bucketName,
    },
    rules: [reservedBucketName],
  },
  aws_s3_bucket_lifecycle_configuration: {
    api: ["s3.PutBucketLifecycleConfiguration.LifecycleConfiguration", "s3.PutBucketLifecycleConfiguration"],
    members: { "rule.id": "ID" },
    own: {
      rule: { maxItems: 1000, see: lifecycle },
      "rule.id": { maxLength: 255, see: lifecycle },
      "rule.abort_incomplete_multipart_upload.days_after_initiation": { min: 1, max: 2_147_483_647, see: lifecycle },
      "rule.expiration.days": { min: 1, max: 2_147_483_647, see: lifecycle },
      "rule.noncurrent_version_expiration.noncurrent_days": { min: 1, max: 2_147_483_647, see: lifecycle },
      "rule.noncurrent_version_expiration.newer_noncurrent_versions": { min: 1, max: 100, see: lifecycle },
      "rule.filter.prefix": { maxLength: 1024, bytes: true, see: lifecycle },
    },
  },
  aws_s3_bucket_logging: {
    api: ["s3.PutBucketLogging.BucketLoggingStatus.LoggingEnabled", "s3.PutBucketLogging"],
    own: { bucket: bucketName, target_bucket: bucketName },
    unchecked: { target_prefix: "S3 takes any text, and puts it before the names of the files" },
  },
  aws_s3_bucket_ownership_controls: {
    api: ["s3.PutBucketOwnershipControls.OwnershipControls", "s3.PutBucketOwnershipControls"],
    own: { bucket: bucketName },
  },
  aws_s3_bucket_policy: {
    api: ["s3.PutBucketPolicy"],
    own: {
      bucket: bucketName,
      policy: {
        maxLength: 20_480,
        bytes: true,
        see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html",
      },
    },
  },
  aws_s3_bucket_public_access_block: {
    api: ["s3.PutPublicAccessBlock.PublicAccessBlockConfiguration", "s3.PutPublicAccessBlock"],
    own: { bucket: bucketName },
  },
  aws_s3_bucket_replication_configuration: {
    api: ["s3.PutBucketReplication.ReplicationConfiguration", "s3.PutBucketReplication"],
    members: { "rule.id": "ID" },
    own: {
      bucket: bucketName,
      rule: { maxItems: 1000, see: replication },
      "rule.id": { maxLength: 255, see: replication },
      "rule.priority": { min: 0, max: 2_147_483_647, see: replication },
      "rule.filter.prefix": { maxLength: 1024, bytes: true, see: replication },
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    api: ["s3.PutBucketEncryption.ServerSideEncryptionConfiguration", "s3.PutBucketEncryption"],
    members: {
      "rule.apply_server_side_encryption_by_default.sse_algorithm": "SSEAlgorithm",
      "rule.apply_server_side_encryption_by_default.kms_master_key_id": "KMSMasterKeyID",
    },
  },
  aws_s3_bucket_versioning: {
    api: ["s3.PutBucketVersioning.VersioningConfiguration", "s3.PutBucketVersioning"],
    members: { "versioning_configuration.status": "Status" },
    own: { bucket: bucketName },
  },
  aws_s3_object: {
    api: ["s3.PutObject"],
    own: { bucket: bucketName },
    computed: { source: "the zip that is uploaded", source_hash: "the zip that is uploaded" },
  },
};
