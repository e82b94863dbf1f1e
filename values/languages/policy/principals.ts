import type { Problem } from "../../problem";
import { show } from "../nearest";
import { isObject } from "../object";

const kinds = ["AWS", "Service", "Federated", "CanonicalUser"];

/** What is wrong with a `Principal` or `NotPrincipal`. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function principalProblem(principal: unknown): Problem | undefined {
  if (principal === "*") return undefined;
  if (!isObject(principal) || Object.keys(principal).length === 0) {
    return 'has a Principal that names nobody; write "*", or an object such as { "Service": "lambda.amazonaws.com" }';
  }
  for (const [kind, value] of Object.entries(principal)) {
    if (!kinds.includes(kind))
      return `has a Principal of the unknown type ${show(kind)}; use one of ${kinds.join(", ")}`;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0) return `has an empty list of principals in ${kind}; add one or remove it`;
    for (const one of values) {
      if (typeof one !== "string" || one === "")
        return `has a principal in ${kind} that is empty or not a string; use a string`;
      const problem = one.includes("${") ? undefined : oneProblem(kind, one);
      if (problem) return problem;
    }
  }
  return undefined;
}

/** How many principals a statement names. */
export function countPrincipals(principal: unknown): number {
  if (!isObject(principal)) return principal === undefined ? 0 : 1;
  return Object.values(principal).flat().length;
}

function oneProblem(kind: string, text: string): Problem | undefined {
  if (kind === "AWS") {
    if (text === "*" || /^\d{12}$/.test(text) || /^A[A-Z0-9]{15,127}$/.test(text)) return undefined;
    if (text.includes("*"))
      return `has the principal ${show(text)}, but * cannot stand for part of a principal; name the whole principal, or its account with a condition on aws:PrincipalArn`;
    return /^arn:aws[a-z-]*:(iam::\d{12}:(root$|(user|role|group)\/.)|sts::\d{12}:(assumed-role|federated-user)\/.|iam::cloudfront:user\/.)/.test(
      text,
    )
      ? undefined
      : `has the invalid principal ${show(text)}; use the ARN of a role or user, or an account id`;
  }
  if (kind === "Service") {
    return /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,6}$/.test(text)
      ? undefined
      : `has the invalid service principal ${show(text)}; write it like lambda.amazonaws.com`;
  }
  return undefined;
}
