import { createHash } from "node:crypto";
import { arn, bareArn, form, generatedName, same, starting } from "../forms";
import { onEveryChange, type Rule, type ServiceRules } from "../subject";

/** Zones of S3 website endpoints. @see https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints */
const zones: Record<string, string> = {
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-northeast-2": "Z3W03O7B5YMIYP",
  "ap-south-1": "Z11RGJOFQNVJUP",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "sa-east-1": "Z7KQH4QJS55SO",
};

const etag: Rule = (s) =>
  createHash("md5")
    .update(s.text("content") || s.random.hex(32))
    .digest("hex");

/** The id of a bucket's settings: the bucket, and its expected owner if one is given. */
const ofBucket = { id: ((s) => [s.text("bucket"), s.text("expected_bucket_owner")].filter(Boolean).join(",")) as Rule };
const named = { id: form("{bucket}:{name}") };

const object = {
  id: same("key"),
  arn: bareArn("s3", "{bucket}/{key}"),
  etag: onEveryChange(etag),
  version_id: onEveryChange((s) => s.random.lower(32)),
  content_type: starting("application/octet-stream"),
  storage_class: starting("STANDARD"),
  server_side_encryption: starting("AES256"),
  kms_key_id: starting(""),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html */
export const s3: ServiceRules = {
  aws_s3_bucket: {
    bucket: generatedName("bucket_prefix"),
    id: same("bucket"),
    arn: bareArn("s3", "{bucket}"),
    bucket_domain_name: form("{bucket}.s3.{dns_suffix}"),
    bucket_regional_domain_name: form("{bucket}.s3.{region}.{dns_suffix}"),
    hosted_zone_id: (s) => zones[s.region] ?? `Z${s.shared("s3", s.region).upper(13)}`,
    region: form("{region}"),
    request_payer: starting("BucketOwner"),
    acceleration_status: starting(""),
    // The provider sets these for buckets with an access control list or a web site of their own.
    acl: starting(null),
    policy: starting(""),
    website_domain: starting(null),
    website_endpoint: starting(null),
  },
  aws_s3_object: {
    ...object,
    acl: starting(""),
    checksum_crc32: starting(""),
    checksum_crc32c: starting(""),
    checksum_crc64nvme: starting(""),
    checksum_sha1: starting(""),
    checksum_sha256: starting(""),
  },
  aws_s3_bucket_object: object,
  aws_s3_bucket_accelerate_configuration: ofBucket,
  aws_s3_bucket_acl: { id: form("{bucket},{acl}") },
  aws_s3_bucket_analytics_configuration: named,
  aws_s3_bucket_cors_configuration: ofBucket,
  aws_s3_bucket_intelligent_tiering_configuration: named,
  aws_s3_bucket_inventory: named,
  aws_s3_bucket_lifecycle_configuration: {
    ...ofBucket,
    expected_bucket_owner: starting(""),
    transition_default_minimum_object_size: starting("all_storage_classes_128K"),
  },
  aws_s3_bucket_logging: ofBucket,
  aws_s3_bucket_metric: named,
  aws_s3_bucket_notification: ofBucket,
  aws_s3_bucket_object_lock_configuration: ofBucket,
  aws_s3_bucket_ownership_controls: ofBucket,
  aws_s3_bucket_policy: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
  aws_s3_bucket_replication_configuration: ofBucket,
  aws_s3_bucket_request_payment_configuration: ofBucket,
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_versioning: { ...ofBucket, "versioning_configuration.mfa_delete": starting("") },
  aws_s3_bucket_website_configuration: {
    ...ofBucket,
    website_domain: form("s3-website.{region}.{dns_suffix}"),
    website_endpoint: form("{bucket}.s3-website.{region}.{dns_suffix}"),
  },
  aws_s3_account_public_access_block: { account_id: form("{account}"), id: same("account_id") },
  aws_s3_access_point: {
    account_id: form("{account}"),
    bucket_account_id: form("{account}"),
    arn: arn("s3", "accesspoint/{name}"),
    id: form("{account_id}:{name}"),
    alias: (s) => `${s.text("name")}-${s.random.lower(34)}-s3alias`,
    domain_name: form("{name}-{account}.s3-accesspoint.{region}.{dns_suffix}"),
    network_origin: starting("Internet"),
    policy: starting(""),
  },
};
