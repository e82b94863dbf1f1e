import { isObject } from "../../protocol/values";
import { answer } from "../operation";
import { type Demand, text } from "../refusal";

/** What a policy is for: `identity` says what its owner may do, `trust` who may become a role. */
export type PolicyKind = "identity" | "trust";

const versions = ["2012-10-17", "2008-10-17"];
const syntax = "Syntax errors in policy.";

const words = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/**
 * What IAM finds wrong with the form of a policy, in its words; undefined if nothing. It does not look whether actions and
 * resources exist.
 * @param document a policy as JSON
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyFault(document: string, kind: PolicyKind): string | undefined {
  const policy = parsed(document);
  if (!isObject(policy) || policy.Statement === undefined) return syntax;
  if (policy.Version !== undefined && !versions.includes(String(policy.Version))) return syntax;
  for (const statement of words(policy.Statement)) {
    const fault = statementFault(statement, kind);
    if (fault) return fault;
  }
  return undefined;
}

function statementFault(statement: unknown, kind: PolicyKind): string | undefined {
  if (!isObject(statement)) return syntax;
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") return syntax;
  const actions = [Action, NotAction].filter((given) => given !== undefined).flatMap(words);
  if (actions.length === 0) return "Policy statement must contain actions.";
  if (actions.some((action) => action !== "*" && !/^[\w-]+:./.test(String(action))))
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  const hasResource = [Resource, NotResource].some((given) => given !== undefined && words(given).length > 0);
  const hasPrincipal = Principal !== undefined || NotPrincipal !== undefined;
  if (kind === "trust") return hasResource ? "Has prohibited field Resource" : undefined;
  if (hasPrincipal) return "Policy document should not specify a principal.";
  return hasResource ? undefined : "Policy statement must contain resources.";
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Demands that an attribute holds a policy of the right form. */
export const policyWellFormed =
  (attribute: string, kind: PolicyKind): Demand =>
  ({ values }) => {
    const fault = policyFault(text(values, attribute), kind);
    return fault ? answer(400, "MalformedPolicyDocument", fault) : undefined;
  };
