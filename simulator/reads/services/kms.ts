import { textOf } from "../forms";
import { deletedPrincipals } from "../policies";
import { type ReadSubject, type ServiceReads, untouched } from "../rule";

const notRead = ["deletion_window_in_days", "bypass_policy_lockout_safety_check"];

/** The key that a replica was made of, where it is known. */
function primaryOf(replica: ReadSubject) {
  return replica.neighbours.everywhere("aws_kms_key").find(({ arn }) => arn === replica.text("primary_key_arn"));
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html#mrk-sync-properties */
export const kms: ServiceReads = {
  aws_kms_key: { untouched: notRead, answers: (key) => ({ policy: deletedPrincipals(key, key.text("policy")) }) },
  aws_kms_replica_key: {
    untouched: notRead,
    answers: (replica) => {
      const primary = primaryOf(replica);
      return {
        policy: deletedPrincipals(replica, replica.text("policy")),
        // A primary and its replicas share these.
        ...(primary && {
          key_rotation_enabled: primary.enable_key_rotation === true,
          key_spec: textOf(primary.customer_master_key_spec),
          key_usage: textOf(primary.key_usage),
        }),
      };
    },
  },
  aws_kms_external_key: untouched(...notRead, "key_material_base64"),
  aws_kms_replica_external_key: untouched(...notRead, "key_material_base64"),
};
