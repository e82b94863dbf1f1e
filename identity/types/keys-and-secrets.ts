import { secret } from "../forms";
import type { Rules } from "../rule";

const ofSecretId = { secret_id: secret };

/**
 * KMS, Secrets Manager and Parameter Store.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/
 */
export const keysAndSecrets: Rules = {
  aws_kms_alias: { scope: "region", name: "key alias {name}" },
  // Replicas have the id of their primary key, in their own region.
  aws_kms_replica_key: {
    scope: "region",
    name: "the replica of key {primary_key_arn}",
  },
  aws_kms_key_policy: { scope: "region", name: "the policy of key {key_id}" },
  aws_secretsmanager_secret: { scope: "region", name: "secret {name}" },
  aws_secretsmanager_secret_policy: {
    scope: "region",
    name: "the policy of secret {secret_arn}",
    read: { secret_arn: secret },
  },
  aws_secretsmanager_secret_rotation: {
    scope: "region",
    name: "the rotation of secret {secret_id}",
    read: ofSecretId,
  },
  aws_ssm_document: { scope: "region", name: "document {name} of Systems Manager" },
  aws_ssm_parameter: { scope: "region", name: "parameter {name}" },
};
