import { bucket } from "../forms";
import type { Rule, Rules } from "../rule";

/** Settings that a bucket has once; the bucket's own name is taken for everybody in the partition. */
const ofBucket = (what: string): Rule => ({ scope: "region", name: `${what} of bucket {bucket}`, read: { bucket } });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const buckets: Rules = {
  aws_s3_bucket: { scope: "partition", name: "bucket {bucket}", read: { bucket } },
  aws_s3_bucket_policy: ofBucket("the policy"),
  // An upload takes the place of one that has its key.
  aws_s3_object: { scope: "region", name: "object {key} in bucket {bucket}", read: { bucket } },
  aws_s3_bucket_acl: ofBucket("the ACL"),
  aws_s3_bucket_lifecycle_configuration: ofBucket("the lifecycle"),
  aws_s3_bucket_logging: ofBucket("the access log"),
  aws_s3_bucket_notification: ofBucket("the notifications"),
  aws_s3_bucket_ownership_controls: ofBucket("the ownership"),
  aws_s3_bucket_public_access_block: ofBucket("the public access block"),
  aws_s3_bucket_replication_configuration: ofBucket("the replication"),
  aws_s3_bucket_server_side_encryption_configuration: ofBucket("the encryption"),
  aws_s3_bucket_versioning: ofBucket("the versioning"),
};
