import { textOf } from "../forms";
import { deletedPrincipals } from "../policies";
import { type ServiceReads, untouched } from "../rule";

/** Secrets Manager and Parameter Store. */
export const secrets: ServiceReads = {
  aws_secretsmanager_secret: {
    untouched: ["recovery_window_in_days", "force_overwrite_replica_secret"],
    answers: (secret) => {
      const own = secret.neighbours
        .of("aws_secretsmanager_secret_policy")
        .find(({ secret_arn }) => secret_arn === secret.text("arn"));
      return { policy: deletedPrincipals(secret, textOf(own?.policy) || secret.text("policy")) };
    },
  },
  aws_secretsmanager_secret_policy: {
    untouched: ["block_public_policy"],
    answers: (policy) => ({ policy: deletedPrincipals(policy, policy.text("policy")) }),
  },
  aws_secretsmanager_secret_version: untouched("secret_string_wo", "secret_string_wo_version"),
  aws_secretsmanager_secret_rotation: untouched("rotate_immediately"),
  aws_ssm_document: untouched("attachments_source"),
  aws_ssm_parameter: {
    untouched: ["overwrite", "value_wo", "value_wo_version"],
    // The provider sets the one in which the value was written.
    absent: ["value", "insecure_value", "has_value_wo"],
  },
};
