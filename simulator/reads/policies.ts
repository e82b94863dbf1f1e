import { canonical } from "../fill/random";
import { documentOf, textOf } from "./forms";
import type { ReadSubject } from "./rule";

/** The version of a policy that names none. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const firstVersion = "2008-10-17";

/** A policy in which AWS wrote down the version that it applies. */
export function versioned(policy: string): string {
  const document = documentOf(policy);
  return document && document.Version === undefined ? canonical({ ...document, Version: firstVersion }) : policy;
}

/**
 * A policy in which deleted roles are shown by their unique id: the policy does not apply to a new role of the same name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export function deletedPrincipals({ neighbours }: ReadSubject, policy: string): string {
  const roles = neighbours.deleted("aws_iam_role").filter(({ arn }) => policy.includes(`"${textOf(arn)}"`));
  return roles.reduce(
    (text, { arn, unique_id }) => text.replaceAll(`"${textOf(arn)}"`, `"${textOf(unique_id)}"`),
    policy,
  );
}
