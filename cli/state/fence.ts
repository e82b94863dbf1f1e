import { policyDocument } from "../../modules/core";
import { fenceIds, fenceStatements } from "../../modules/state-buckets";
import { type Json, objectOf } from "../../terraform";
import type { StateBucketClient } from "./bucket";

const statementsOf = (policy: Json): Json[] => [policy.Statement ?? []].flat().map(objectOf);

const isFenceOf = (keyPrefix: string, { Sid: sid }: Json): boolean => fenceIds(keyPrefix).some((id) => id === sid);

/** Whether a policy fences the states below a prefix. */
export const isFenced = (policy: Json, keyPrefix: string): boolean =>
  statementsOf(policy).filter((one) => isFenceOf(keyPrefix, one)).length === fenceIds(keyPrefix).length;

/** Denies everybody to write the states of an environment in this bucket; the rest of the policy stays. @throws AwsRefusedError */
export async function fence(client: StateBucketClient): Promise<void> {
  const policy = await client.policy();
  if (isFenced(policy, client.place.keyPrefix)) return;
  const others = statementsOf(policy).filter((one) => !isFenceOf(client.place.keyPrefix, one));
  const fences = statementsOf(objectOf(JSON.parse(policyDocument(fenceStatements(client.place)))));
  await client.setPolicy({ Version: "2012-10-17", ...policy, Statement: [...others, ...fences] });
}

/** Takes the fence away; the rest of the policy stays. @throws AwsRefusedError */
export async function unfence(client: StateBucketClient): Promise<void> {
  const policy = await client.policy();
  const all = statementsOf(policy);
  const others = all.filter((one) => !isFenceOf(client.place.keyPrefix, one));
  if (others.length < all.length) await client.setPolicy({ Version: "2012-10-17", ...policy, Statement: others });
}
