import type { Gate } from "../../contract/gate";
import { type ChangedArgument, findingsOfArguments, shown, type Unacceptable } from "../changed-arguments";
import { isStillAllowed, type Statement, statementsOf } from "../policies";

/** The arguments that hold policies which say who may use a resource, by type, with what those who are left out cannot do. */
export const accessPolicies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_backup_vault_policy: { policy: "back up and restore" },
  aws_cloudwatch_event_bus_policy: { policy: "send events" },
  aws_cloudwatch_log_resource_policy: { policy_document: "write logs" },
  aws_dynamodb_resource_policy: { policy: "read or write the items" },
  aws_ecr_repository_policy: { policy: "pull images" },
  aws_efs_file_system_policy: { policy: "mount the files" },
  aws_elasticsearch_domain: { access_policies: "read the documents" },
  aws_iam_role: { assume_role_policy: "take on the role" },
  aws_kms_external_key: { policy: "read what it encrypts, or administer it" },
  aws_kms_key: { policy: "read what it encrypts, or administer it" },
  aws_kms_key_policy: { policy: "read what it encrypts, or administer it" },
  aws_kms_replica_external_key: { policy: "read what it encrypts, or administer it" },
  aws_kms_replica_key: { policy: "read what it encrypts, or administer it" },
  aws_opensearch_domain: { access_policies: "read the documents" },
  aws_s3_bucket_policy: { policy: "read or write the objects" },
  aws_secretsmanager_secret: { policy: "read the secret" },
  aws_secretsmanager_secret_policy: { policy: "read the secret" },
  aws_sns_topic_policy: { policy: "publish" },
  aws_sqs_queue_policy: { policy: "send or receive messages" },
};

/** Nobody who may use something loses that. */
export const noLockout: Gate = {
  id: "no-lockout",
  statement: "Nobody who may use a key, a secret, a bucket, a queue, a topic, an API or a role loses that.",
  why: "A service without a key cannot read what it stored; a table's replica is cut off for good after 20 hours; and who may not administer a key any more cannot take it back.",
  howToFix:
    "keep the statement, or the issuer; once nobody needs it any more, name the address with the argument under acknowledgedRemovals of the environment",
  neverAcknowledged: "who may not administer a key can neither take that back nor delete the key",
  check: (plan) => findingsOfArguments(plan, lossOf),
};

function lossOf(argument: ChangedArgument): string | Unacceptable | undefined {
  const { resource, name, before, after, isUnknown } = argument;
  const { type } = resource;
  if (isUnknown) return undefined;
  const use = accessPolicies[type]?.[name];
  if (use) return lossOfPolicy(type, use, statementsOf(before), statementsOf(after));
  if (name === "jwt_configuration.issuer" && before) {
    return `callers with tokens of ${shown(before)} would be refused; it would trust ${shown(after)}`;
  }
  if (name === "jwt_configuration.audience" && Array.isArray(before)) {
    const kept = Array.isArray(after) ? after : [];
    const lost = before.filter((one) => !kept.includes(one));
    if (lost.length > 0) return `callers with tokens for ${lost.join(", ")} would be refused`;
  }
  return undefined;
}

function lossOfPolicy(
  type: string,
  use: string,
  before: readonly Statement[] | undefined,
  after: readonly Statement[] | undefined,
): string | Unacceptable | undefined {
  if (!before) return undefined;
  const now = after ?? [];
  if (type.startsWith("aws_kms_") && after && !now.some(administers)) {
    return {
      message: "nobody could administer the key any more, and AWS would refuse the policy or the next change of it",
      howToFix: "keep a statement without conditions that lets a principal of the account put the key's policy",
    };
  }
  const denied = now.filter(
    (one) => one.effect === "Deny" && !before.some((other) => JSON.stringify(other) === JSON.stringify(one)),
  );
  const lost = new Map<string, string[]>();
  for (const statement of before.filter(({ effect }) => effect === "Allow")) {
    for (const principal of statement.principals) {
      const actions = statement.actions.filter((action) => !isStillAllowed(now, statement, principal, action));
      if (actions.length > 0) lost.set(principal, [...(lost.get(principal) ?? []), ...actions]);
    }
  }
  const losses = [
    ...[...lost].map(([principal, actions]) => `${principal} would lose ${few([...new Set(actions)])}`),
    ...denied.map(({ principals, actions }) => `${few(principals)} would be denied ${few(actions)}`),
  ];
  return losses.length > 0 ? `${losses.join(", ")}; it could not ${use} as before` : undefined;
}

const administers = ({ effect, principals, actions, conditions }: Statement): boolean =>
  effect === "Allow" &&
  principals.some((one) => one === "*" || one.startsWith("AWS:")) &&
  actions.some((action) => /^kms:(\*|Put\*|PutKeyPolicy)$/i.test(action) || action === "*") &&
  Object.keys(conditions).length === 0;

function few(names: readonly string[]): string {
  const first = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}
