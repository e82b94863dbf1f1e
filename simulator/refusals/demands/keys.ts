import type { Thing } from "../../inventory/thing";
import { type Answer, type Call, type Demand, type ProviderWords, text } from "../refusal";
import { parseArn } from "./arns";
import { keyPolicyAllows } from "./key-policy";
import { newTextsAt } from "./references";

/** Types of KMS keys. */
export const keyTypes = ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"];

/**
 * Why a key cannot be used: there is none, it is in another region, disabled, deleted (it waits for its deletion), or its
 * policy does not allow the use.
 */
export type KeyProblem = "absent" | "elsewhere" | "disabled" | "deleted" | "denied";

/** What a service does with a key that a call names. */
export interface KeyNeed {
  /** Actions that must be allowed, without `kms:`. */
  readonly actions: readonly string[];
  /** The service that acts for its caller, as its endpoint begins: `dynamodb`. */
  readonly via?: string;
  /** The service that acts in its own name: `logs.eu-west-1.amazonaws.com`. */
  readonly service?: string;
  /** Further condition keys with their values, `kms:EncryptionContext:aws:logs:arn`. */
  readonly context?: Readonly<Record<string, string>>;
  /** The region where the key must be; by default the call's. */
  readonly region?: string;
}

/**
 * What stands in the way of using a key; undefined if nothing does. A key that the simulated cloud never knew, and keys of
 * other accounts, are taken as given and usable.
 * @param key Its id, ARN, alias name or alias ARN.
 */
export function keyProblem(call: Call, key: string, need: KeyNeed): KeyProblem | undefined {
  const { account, region: home } = call.cloud.place;
  const region = need.region ?? home;
  const arn = parseArn(key);
  if (arn && arn.account !== account) return undefined;
  if (arn && arn.region !== region) return "elsewhere";
  const name = arn?.resource ?? key;
  if (name.startsWith("alias/aws/")) return undefined;
  if (!name.startsWith("alias/")) return problemOfKey(call, name.replace(/^key\//, ""), region, need);
  const alias = inRegion(call, ["aws_kms_alias"], region, name)[0];
  return alias ? problemOfKey(call, keyIdOf(text(alias.state, "target_key_id")), region, need) : "absent";
}

/** The id in a key's ARN, or the id itself. */
export const keyIdOf = (key: string): string => key.replace(/^arn:.*:key\//, "");

/** A key of the account in a region; undefined for one that does not stand there. */
export function keyIn(call: Call, region: string, id: string): Thing | undefined {
  return inRegion(call, keyTypes, region, id)[0];
}

/** True if the key waits for its deletion in a region. */
export function isKeyDeleted({ cloud }: Call, region: string, id: string): boolean {
  return keyTypes.some((type) =>
    cloud.deleted(type, (state) => state.id === id && parseArn(state.arn)?.region === region),
  );
}

function inRegion({ cloud }: Call, types: readonly string[], region: string, id: string): Thing[] {
  const here = region === cloud.place.region;
  return types.flatMap((type) => {
    const fits = (state: Thing["state"]): boolean => state.id === id;
    // Found by `find`, what is needed is told.
    const found = here ? cloud.find(type, fits) : undefined;
    return found ? [found] : cloud.everywhere(type, fits).filter(({ place }) => place.region === region);
  });
}

function problemOfKey(call: Call, id: string, region: string, need: KeyNeed): KeyProblem | undefined {
  const key = keyIn(call, region, id);
  if (!key) return whyNotThere(call, region, id);
  if (key.state.is_enabled === false || key.state.enabled === false) return "disabled";
  const { account } = call.cloud.place;
  const suffix = call.cloud.place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const context = {
    ...(need.service ? { "aws:SourceAccount": account } : { "kms:CallerAccount": account }),
    ...(need.via && { "kms:ViaService": `${need.via}.${region}.${suffix}`, "kms:GrantIsForAWSResource": "true" }),
    ...need.context,
  };
  const policy = policyOf(call, key, region);
  const denied = need.actions.some(
    (action) => !keyPolicyAllows(policy, { action, account, context, ...(need.service && { service: need.service }) }),
  );
  return denied ? "denied" : undefined;
}

function whyNotThere(call: Call, region: string, id: string): KeyProblem | undefined {
  if (isKeyDeleted(call, region, id)) return "deleted";
  const elsewhere = keyTypes.some((type) => call.cloud.everywhere(type, (state) => state.id === id).length > 0);
  return elsewhere ? "elsewhere" : undefined;
}

/** A policy that is set apart from its key takes the place of the key's own. */
function policyOf(call: Call, key: Thing, region: string): string {
  const [apart] = inRegion(call, ["aws_kms_key_policy"], region, text(key.state, "id"));
  return text(apart?.state ?? key.state, "policy");
}

/**
 * Demands that a key can be used as the service needs it.
 * @param path Where the key is named: `server_side_encryption.kms_key_arn`. What AWS fills in itself is never sent.
 */
export function usableKey(
  path: string,
  need: KeyNeed | ((call: Call) => KeyNeed),
  answer: (problem: KeyProblem, key: string, call: Call) => Answer | ProviderWords,
): Demand {
  return (call) => {
    for (const key of newTextsAt(call, path)) {
      const problem = keyProblem(call, key, typeof need === "function" ? need(call) : need);
      if (problem) return answer(problem, key, call);
    }
    return undefined;
  };
}

/** What CloudWatch Logs does with the key of a log group. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export function logGroupNeed({ cloud: { place } }: Call, logGroupArn: string): KeyNeed {
  const suffix = place.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    actions: ["Encrypt", "Decrypt", "GenerateDataKey"],
    service: `logs.${place.region}.${suffix}`,
    context: { "kms:EncryptionContext:aws:logs:arn": logGroupArn },
  };
}

/** What KMS says of a key that cannot be used, in the sentences that services pass on. */
export function kmsSays(problem: KeyProblem, key: string): { code: string; message: string } {
  const says: Readonly<Record<KeyProblem, { code: string; message: string }>> = {
    absent: { code: "NotFoundException", message: `${key} is not found.` },
    elsewhere: { code: "NotFoundException", message: `Key '${key}' does not exist` },
    disabled: { code: "DisabledException", message: `${key} is disabled.` },
    deleted: { code: "KMSInvalidStateException", message: `${key} is pending deletion.` },
    denied: {
      code: "AccessDeniedException",
      message: `The caller is not authorized to use ${key}, because the key's policy does not allow the action`,
    },
  };
  return says[problem];
}
