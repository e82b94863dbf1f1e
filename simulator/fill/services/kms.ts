import { arn, arnParts, form, same, starting, uuid } from "../forms";
import type { Rule, ServiceRules, Subject } from "../subject";

/** A multi-Region key's id begins with `mrk-`. @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html */
const keyId: Rule = (s) => (s.value("multi_region") === true ? `mrk-${s.random.hex(32)}` : s.random.uuid());

/** The default key policy. */
const defaultPolicy: Rule = (s) =>
  JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: s.arn("iam", "root", { region: "" }) },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });

/** A replica has the same key id as its primary. */
const primaryKeyId: Rule = (s) => arnParts(s.text("primary_key_arn")).resource.replace(/^key\//, "");

/** The ARN of a key that is given by id or ARN. */
function keyArn(s: Subject, key: string): string {
  return key.startsWith("arn:") ? key : s.arn("kms", `key/${key}`);
}

const replica = {
  key_id: primaryKeyId,
  id: same("key_id"),
  arn: ((s) => {
    const { account } = arnParts(s.text("primary_key_arn"));
    return s.arn("kms", `key/${s.text("key_id")}`, account ? { account } : {});
  }) as Rule,
  key_usage: starting("ENCRYPT_DECRYPT"),
  policy: defaultPolicy,
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id */
export const kms: ServiceRules = {
  aws_kms_key: {
    key_id: keyId,
    id: same("key_id"),
    arn: arn("kms", "key/{key_id}"),
    policy: defaultPolicy,
    description: starting(""),
    rotation_period_in_days: (s) => (s.value("enable_key_rotation") === true ? 365 : 0),
  },
  aws_kms_replica_key: { ...replica, key_spec: starting("SYMMETRIC_DEFAULT") },
  aws_kms_external_key: {
    id: keyId,
    arn: arn("kms", "key/{id}"),
    policy: defaultPolicy,
    key_state: starting("Enabled"),
    key_usage: starting("ENCRYPT_DECRYPT"),
    expiration_model: starting("KEY_MATERIAL_DOES_NOT_EXPIRE"),
  },
  aws_kms_replica_external_key: {
    ...replica,
    key_state: starting("Enabled"),
    expiration_model: starting("KEY_MATERIAL_DOES_NOT_EXPIRE"),
  },
  aws_kms_alias: {
    name: (s) => `${s.text("name_prefix") || "alias/"}2025${s.random.digits(22)}`,
    id: same("name"),
    arn: arn("kms", "{name}"),
    target_key_arn: (s) => keyArn(s, s.text("target_key_id")),
  },
  aws_kms_key_policy: { id: same("key_id") },
  aws_kms_grant: {
    grant_id: (s) => s.random.hex(64),
    grant_token: (s) => s.random.lower(200),
    id: form("{key_id}:{grant_id}"),
  },
  aws_kms_custom_key_store: { id: (s) => `cks-${s.random.hex(17)}`, custom_key_store_type: starting("AWS_CLOUDHSM") },
  aws_kms_ciphertext: { id: uuid, ciphertext_blob: (s) => Buffer.from(s.random.hex(64)).toString("base64") },
};
