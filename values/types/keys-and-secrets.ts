import { parameterTier } from "../rules/parameters";
import type { Family } from "./type-values";

const putParameter = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html";

/** Values of KMS, Secrets Manager and Parameter Store. */
export const keysAndSecrets: Family = {
  aws_kms_alias: { api: ["kms.CreateAlias"], cfn: "AWS::KMS::Alias", members: { name: "AliasName" } },
  aws_kms_key: {
    api: ["kms.CreateKey", "kms.EnableKeyRotation", "kms.ScheduleKeyDeletion"],
    cfn: "AWS::KMS::Key",
    members: { deletion_window_in_days: "PendingWindowInDays", customer_master_key_spec: "KeySpec" },
  },
  aws_kms_replica_key: {
    api: ["kms.ReplicateKey", "kms.ScheduleKeyDeletion"],
    cfn: "AWS::KMS::ReplicaKey",
    members: { deletion_window_in_days: "PendingWindowInDays", primary_key_arn: "KeyId" },
  },
  aws_secretsmanager_secret: {
    api: ["secretsmanager.CreateSecret", "secretsmanager.DeleteSecret"],
    cfn: "AWS::SecretsManager::Secret",
    members: { replica: "AddReplicaRegions" },
    own: {
      recovery_window_in_days: {
        enum: ["0", ...Array.from({ length: 24 }, (_, index) => String(index + 7))],
        because: "0 is Terraform's word for a deletion without recovery",
        see: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
      },
    },
  },
  aws_secretsmanager_secret_policy: {
    api: ["secretsmanager.PutResourcePolicy"],
    members: { policy: "ResourcePolicy", secret_arn: "SecretId" },
  },
  aws_secretsmanager_secret_rotation: {
    api: ["secretsmanager.RotateSecret"],
    cfn: "AWS::SecretsManager::RotationSchedule",
    members: { rotation_lambda_arn: "RotationLambdaARN" },
  },
  aws_secretsmanager_secret_version: {
    api: ["secretsmanager.PutSecretValue"],
    members: { secret_string_wo: "SecretString" },
    computed: { secret_string_wo_version: "a number of ours, which goes up when the value is written anew" },
  },
  aws_ssm_parameter: {
    api: ["ssm.PutParameter"],
    cfn: "AWS::SSM::Parameter",
    members: { insecure_value: "Value", value_wo: "Value" },
    own: {
      insecure_value: { minLength: 1, maxLength: 8192, bytes: true, see: putParameter },
    },
    rules: [parameterTier],
  },
};
