import { SeededRandom } from "../../fill/random";
import { blocksOf, either, textOf } from "../forms";
import { deletedPrincipals } from "../policies";
import { type ReadSubject, type ServiceReads, untouched } from "../rule";

/** The setting of a bucket that is a resource of its own. */
const settingOf = (bucket: ReadSubject, typeName: string) =>
  bucket.neighbours.of(typeName).find((setting) => setting.bucket === bucket.text("bucket"));

/** Every bucket is encrypted since 2023. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html */
const encryption = [
  {
    rule: [
      {
        apply_server_side_encryption_by_default: [{ kms_master_key_id: "", sse_algorithm: "AES256" }],
        bucket_key_enabled: false,
      },
    ],
  },
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export const s3: ServiceReads = {
  aws_s3_bucket: {
    untouched: ["force_destroy"],
    absent: ["acl", "website_domain", "website_endpoint"],
    answers: (bucket) => {
      const policy = settingOf(bucket, "aws_s3_bucket_policy");
      const own = settingOf(bucket, "aws_s3_bucket_server_side_encryption_configuration");
      const versions = settingOf(bucket, "aws_s3_bucket_versioning");
      const log = settingOf(bucket, "aws_s3_bucket_logging");
      const owner = new SeededRandom(`canonical user of ${bucket.account}`).hex(64);
      return {
        versioning: versions
          ? blocksOf(versions.versioning_configuration).map(({ status }) => ({
              enabled: status === "Enabled",
              mfa_delete: false,
            }))
          : either(bucket.state.versioning, [{ enabled: false, mfa_delete: false }]),
        ...(log && {
          logging: [{ target_bucket: textOf(log.target_bucket), target_prefix: textOf(log.target_prefix) }],
        }),
        grant: either(bucket.state.grant, [
          { id: owner, permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
        ]),
        server_side_encryption_configuration: own
          ? [{ rule: blocksOf(own.rule) }]
          : either(bucket.state.server_side_encryption_configuration, encryption),
        ...(policy && { policy: textOf(policy.policy) }),
      };
    },
  },
  aws_s3_bucket_policy: { answers: (policy) => ({ policy: deletedPrincipals(policy, policy.text("policy")) }) },
  aws_s3_bucket_lifecycle_configuration: untouched("expected_bucket_owner"),
  aws_s3_bucket_versioning: untouched("mfa"),
  aws_s3_object: untouched("content", "content_base64", "force_destroy", "override_provider", "source", "source_hash"),
};
