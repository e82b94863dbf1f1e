import type { Problem } from "../../problem";
import { isObject } from "../object";
import { withShortReferences } from "../references";
import { countPrincipals } from "./principals";
import {
  inlinePolicyLimits,
  managedPolicyLimits,
  type PolicyLimits,
  resourcePolicyLimits,
  sizeProblem,
  trustPolicyLimits,
} from "./sizes";
import { type StatementRules, statementProblem } from "./statements";

export {
  inlinePolicyLimits,
  managedPolicyLimits,
  type PolicyLimits,
  policySize,
  resourcePolicyLimits,
  trustPolicyLimits,
} from "./sizes";

/** The services whose resources have policies of their own. */
export type ResourcePolicyService = keyof typeof resourcePolicyLimits;

const identity: StatementRules = { principals: false, resources: true, notPrincipal: false, plainSids: true };
const trust: StatementRules = {
  principals: true,
  resources: false,
  notPrincipal: false,
  plainSids: true,
  services: ["sts"],
};
const resource: StatementRules = { principals: true, resources: true, notPrincipal: true, plainSids: false };

/** A customer managed policy, as JSON: at most 6,144 characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export const identityPolicy = (text: string): Problem | undefined => policyProblem(text, identity, managedPolicyLimits);

/** An inline policy of a role, as JSON: all of a role have at most 10,240 characters together. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const inlinePolicy = (text: string): Problem | undefined => policyProblem(text, identity, inlinePolicyLimits);

/** Who may assume a role, as JSON: at most 2,048 characters. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html */
export const trustPolicy = (text: string): Problem | undefined => policyProblem(text, trust, trustPolicyLimits);

/** The policy of a resource, as JSON, with the limits of the service that keeps it. */
export const resourcePolicy =
  (service: ResourcePolicyService) =>
  (text: string): Problem | undefined =>
    policyProblem(text, resource, resourcePolicyLimits[service]);

const versions = ["2012-10-17", "2008-10-17"];

function policyProblem(text: string, rules: StatementRules, limits: PolicyLimits): Problem | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(withShortReferences(text));
  } catch {
    return 'is not valid JSON; write it like {"Version": "2012-10-17", "Statement": []}';
  }
  if (!isObject(policy)) return "is not a JSON object; write one with Version and Statement";
  const unknown = Object.keys(policy).find((name) => !["Version", "Id", "Statement"].includes(name));
  if (unknown !== undefined) return `has the unknown element ${unknown.slice(0, 40)}; use Version, Id and Statement`;
  const { Version: version, Statement: statement } = policy;
  if (version !== undefined && (typeof version !== "string" || !versions.includes(version))) {
    return `has the invalid Version ${JSON.stringify(version).slice(0, 40)}; use 2012-10-17`;
  }
  const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (statement === undefined || statements.length === 0) return "has no Statement; add one";
  for (const [index, one] of statements.entries()) {
    const problem = statementProblem(one, rules);
    if (problem) return `its statement ${nameOf(one, index)}${problem.startsWith("its ") ? ":" : ""} ${problem}`;
  }
  if (/[^\t\n\r\u0020-\u00ff]/.test(text))
    return "has a character that policies do not allow; use characters of ASCII and Latin-1 only";
  return sidsProblem(statements) ?? countsProblem(statements, limits) ?? sizeProblem(text, limits);
}

function nameOf(statement: unknown, index: number): string {
  const sid = isObject(statement) ? statement.Sid : undefined;
  return typeof sid === "string" && sid !== "" ? sid.slice(0, 60) : String(index + 1);
}

function sidsProblem(statements: readonly unknown[]): Problem | undefined {
  const seen = new Set<unknown>();
  for (const statement of statements) {
    const sid = isObject(statement) ? statement.Sid : undefined;
    if (sid === undefined || sid === "") continue;
    if (seen.has(sid)) return `has the Sid ${String(sid).slice(0, 60)} twice; give each statement its own`;
    seen.add(sid);
  }
  return undefined;
}

function countsProblem(statements: readonly unknown[], limits: PolicyLimits): Problem | undefined {
  const all = statements.filter(isObject);
  const sum = (count: (statement: Record<string, unknown>) => number) =>
    all.reduce((total, one) => total + count(one), 0);
  const most = Math.max(...all.map(({ Action: action }) => (Array.isArray(action) ? action.length : 1)));
  const counts: readonly (readonly [what: string, count: number, limit: number | undefined])[] = [
    ["statements", all.length, limits.statements],
    ["principals", sum(({ Principal, NotPrincipal }) => countPrincipals(Principal ?? NotPrincipal)), limits.principals],
    ["conditions", sum(countConditions), limits.conditions],
    ["actions in one statement", most, limits.actions],
  ];
  const over = counts.find(([, count, limit]) => limit !== undefined && count > limit);
  return over && `has ${over[1]} ${over[0]}, but ${limits.of} may have ${over[2]}; use fewer`;
}

function countConditions({ Condition: condition }: Record<string, unknown>): number {
  return isObject(condition)
    ? Object.values(condition).reduce<number>((n, keys) => n + Object.keys(keys ?? {}).length, 0)
    : 0;
}
