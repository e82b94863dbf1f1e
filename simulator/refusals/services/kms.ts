import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { keyPolicyAllows } from "../demands/key-policy";
import { isKeyDeleted, keyIdOf, keyIn, keyTypes, kmsSays } from "../demands/keys";
import { principalsKnown } from "../demands/principals";
import { newTextsAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const day = 24 * 3600 * 1000;

/** How long a key waits for its deletion; AWS's default is 30 days. */
const deletionWindow = ({ deletion_window_in_days: days }: ObjectValue): number => Number(days ?? 30) * day;

/**
 * Whoever sets a key's policy must be able to change it again.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#API_CreateKey_RequestParameters
 */
const policyCanBeChanged: Demand = (call) => {
  const [policy] = newTextsAt(call, "policy");
  if (policy === undefined || call.values.bypass_policy_lockout_safety_check === true) return undefined;
  const { account } = call.cloud.place;
  return keyPolicyAllows(policy, { action: "PutKeyPolicy", account, context: { "kms:CallerAccount": account } })
    ? undefined
    : {
        status: 400,
        code: "MalformedPolicyDocumentException",
        message: "The new key policy will not allow you to update the key policy in the future.",
      };
};

const answer = (code: string, message: string): Answer => ({ status: 400, code, message });

/** The primary is an enabled multi-Region key of another region. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html */
const primaryCanBeReplicated: Demand = (call) => {
  const [primaryArn] = newTextsAt(call, "primary_key_arn");
  const arn = parseArn(primaryArn);
  const { account, region } = call.cloud.place;
  if (primaryArn === undefined || !arn || arn.account !== account) return undefined;
  if (arn.region === region) return replicaExists(call);
  const id = keyIdOf(primaryArn);
  const primary = call.cloud.everywhere("aws_kms_key", (key) => key.arn === primaryArn)[0];
  if (primary) call.cloud.withArn(primaryArn);
  if (!primary) {
    if (isKeyDeleted(call, arn.region, id)) return { status: 400, ...kmsSays("deleted", primaryArn) };
    if (keyIn(call, arn.region, id))
      return answer("UnsupportedOperationException", `${primaryArn} is not a multi-Region primary key.`);
    const elsewhere = keyTypes.some((type) => call.cloud.everywhere(type, (key) => key.id === id).length > 0);
    return elsewhere ? { status: 400, ...kmsSays("elsewhere", primaryArn) } : undefined;
  }
  if (primary.state.multi_region !== true)
    return answer("UnsupportedOperationException", `${primaryArn} is not a multi-Region primary key.`);
  return primary.state.is_enabled === false ? { status: 400, ...kmsSays("disabled", primaryArn) } : undefined;
};

/** Also while the old replica waits for its deletion. */
const replicaExists = ({ values, cloud }: Call): Answer =>
  answer(
    "AlreadyExistsException",
    `Unable to create replica of ${text(values, "primary_key_arn")}: the key already exists in ${cloud.place.region}`,
  );

/** The key of an alias, a policy or a grant stands in the call's region and does not wait for its deletion. */
const keyFound =
  (attribute: string): Demand =>
  (call) => {
    const [given] = newTextsAt(call, attribute);
    if (given === undefined) return undefined;
    const { account, region, partition } = call.cloud.place;
    const arn = parseArn(given);
    const id = keyIdOf(given);
    const full = arn ? given : `arn:${partition}:kms:${region}:${account}:key/${id}`;
    if (arn && arn.account !== account) return undefined;
    if (arn && arn.region !== region) return { status: 400, ...kmsSays("elsewhere", full) };
    if (keyIn(call, region, id)) {
      for (const type of keyTypes) call.cloud.find(type, (key) => key.id === id);
      return undefined;
    }
    if (isKeyDeleted(call, region, id)) return { status: 400, ...kmsSays("deleted", full) };
    const elsewhere = keyTypes.some((type) => call.cloud.everywhere(type, (key) => key.id === id).length > 0);
    return elsewhere ? { status: 400, ...kmsSays("elsewhere", full) } : undefined;
  };

/**
 * KMS. A deleted key waits for its deletion, and cannot be used; its replicas and aliases stay.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export const kms: ServiceCalls = {
  aws_kms_key: {
    service: "KMS",
    create: { name: "CreateKey", says: () => "creating KMS Key" },
    update: { name: "PutKeyPolicy", says: (key) => `updating KMS Key (${text(key, "key_id")}) policy` },
    remove: { name: "ScheduleKeyDeletion", says: (key) => `deleting KMS Key (${text(key, "key_id")})` },
    remembered: true,
    heldForMs: deletionWindow,
    demands: [policyCanBeChanged],
    warnings: [principalsKnown("policy")],
  },
  aws_kms_replica_key: {
    service: "KMS",
    create: { name: "ReplicateKey", says: () => "creating KMS Replica Key" },
    update: { name: "PutKeyPolicy", says: (key) => `updating KMS Replica Key (${text(key, "key_id")}) policy` },
    remove: { name: "ScheduleKeyDeletion", says: (key) => `deleting KMS Replica Key (${text(key, "key_id")})` },
    exists: replicaExists,
    remembered: true,
    heldForMs: deletionWindow,
    demands: [primaryCanBeReplicated, policyCanBeChanged],
    warnings: [principalsKnown("policy")],
  },
  aws_kms_alias: {
    service: "KMS",
    create: { name: "CreateAlias", says: (alias) => `creating KMS Alias (${text(alias, "name")})` },
    update: { name: "UpdateAlias", says: (alias) => `updating KMS Alias (${text(alias, "name")})` },
    remove: { name: "DeleteAlias", says: (alias) => `deleting KMS Alias (${text(alias, "name")})` },
    exists: ({ values }) =>
      answer("AlreadyExistsException", `An alias with the name ${text(values, "arn")} already exists`),
    demands: [keyFound("target_key_id")],
  },
  aws_kms_key_policy: {
    service: "KMS",
    create: { name: "PutKeyPolicy", says: (policy) => `updating KMS Key (${text(policy, "key_id")}) policy` },
    remove: { name: "PutKeyPolicy", says: (policy) => `updating KMS Key (${text(policy, "key_id")}) policy` },
    demands: [keyFound("key_id"), policyCanBeChanged],
    warnings: [principalsKnown("policy")],
  },
};
