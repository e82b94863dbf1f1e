import type { Gate } from "../../contract/gate";
import { managedChanges } from "../../terraform";
import { type ChangedArgument, findingsOfArguments, shown } from "../changed-arguments";

/** Arguments that name a key, in any resource type. */
export const keyArgument =
  /^(target_key_id|kms_key|kms_arn|.*kms_(master_)?key(_id|_arn|_identifier)?|.*encryption_key(_arn|_id)?|kms_encryption_key)$/;

/** Switches of encryption, in any resource type. */
export const encryptionSwitch =
  /^(encrypted|.*_encrypted|encryption_enabled|.*_encryption_enabled|encrypt_at_rest|sqs_managed_sse_enabled|enable_encryption)$/;

/** The words for another way to encrypt, or for none. */
export const encryptionKind = /^(sse_algorithm|encryption_type|encryption_mode|encryption_option)$/;

const withCopies = new Set(["aws_dynamodb_table", "aws_secretsmanager_secret"]);

/** What is encrypted stays encrypted, with the key that it has. */
export const noOtherKey: Gate = {
  id: "no-other-key",
  statement: "What is encrypted stays encrypted, and with the same key; an alias goes on naming the same key.",
  why: "What is stored stays encrypted with the old key, so both are needed from then on; who may use one key may not use the other; without a key of its own, everybody in the account can read.",
  howToFix:
    "keep the key; to change it on purpose, let all who read use both keys, then name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan) => {
    // With a table that is replaced, its key is no question any more.
    const replaced = new Set(
      managedChanges(plan)
        .filter(({ change: { actions } }) => actions.includes("delete"))
        .map(({ address }) => address),
    );
    return findingsOfArguments(plan, (argument) =>
      replaced.has(argument.resource.address) ? undefined : whatChanges(argument),
    );
  },
};

function whatChanges({ resource, name, last, before, after, isUnknown }: ChangedArgument): string | undefined {
  // no-nested-data-loss sees a copy that is gone, and a table shows replicas of other resources too.
  if (withCopies.has(resource.type) && name.startsWith("replica.") && after === undefined) return undefined;
  if (keyArgument.test(last) && typeof before === "string" && before !== "") {
    if (isUnknown)
      return `${name} would be another key, which is only known after the apply, in place of ${shown(before)}`;
    if (after) return `${name} would be ${shown(after)} in place of ${shown(before)}`;
    return `${name} would be gone, which is ${shown(before)}; it would be encrypted with a key of AWS, or not at all`;
  }
  if (isUnknown) return undefined;
  const inBlock = name === "server_side_encryption.enabled";
  if ((encryptionSwitch.test(last) || inBlock) && isOn(before) && !isOn(after)) {
    // In place of SQS's own key, one of KMS.
    if (last === "sqs_managed_sse_enabled" && hasKey(resource.change.after)) return undefined;
    return `${name} would be switched off, so that what is stored from then on is not encrypted as before`;
  }
  if (encryptionKind.test(last) && typeof before === "string" && /kms/i.test(before) && after !== before) {
    return `${name} would be ${shown(after)} in place of ${shown(before)}`;
  }
  return undefined;
}

const isOn = (value: unknown): boolean => value === true || value === "true" || value === "ENABLED";

const hasKey = (values: unknown): boolean =>
  Boolean((values as Readonly<Record<string, unknown>> | null | undefined)?.kms_master_key_id);
