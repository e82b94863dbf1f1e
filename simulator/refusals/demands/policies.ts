import { isObject } from "../../protocol/values";

/** What somebody wants to do. */
export interface Wish {
  /** `lambda.amazonaws.com`, the ARN of a role, or undefined where the policy belongs to whoever asks. */
  readonly principal?: string;
  /** `sqs:SendMessage`. */
  readonly action: string;
  /** An ARN; undefined for a policy that has no resources, as the trust of a role. */
  readonly resource?: string;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

/**
 * Whether a policy lets somebody do something. Conditions are taken to be met where they allow, and not where they deny:
 * what they look at is known when the call is made only.
 * @param policy a policy document as JSON
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(policy: string, wish: Wish): boolean {
  const meant = statementsOf(policy).filter((statement) => covers(statement, wish));
  const denied = meant.some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined);
  return !denied && meant.some(({ Effect }) => Effect === "Allow");
}

/** The principals of a kind (`AWS`, `Service`) that a policy names. */
export function principalsOf(policy: string, kind: "AWS" | "Service"): string[] {
  return statementsOf(policy).flatMap(({ Principal }) => (isObject(Principal) ? words(Principal[kind]) : []));
}

/** Whether a policy lets everybody do something, whoever and wherever they are. */
export function isPublic(policy: string): boolean {
  return statementsOf(policy).some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" &&
      Condition === undefined &&
      (Principal === "*" || (isObject(Principal) && words(Principal.AWS).includes("*"))),
  );
}

function statementsOf(policy: string): Statement[] {
  try {
    const { Statement: given } = JSON.parse(policy) as { Statement?: unknown };
    return (Array.isArray(given) ? given : [given]).filter(isObject) as Statement[];
  } catch {
    return [];
  }
}

function covers(statement: Statement, { principal, action, resource }: Wish): boolean {
  if (principal !== undefined && !namesPrincipal(statement.Principal, principal)) return false;
  const actions = words(statement.Action);
  const acts = statement.NotAction === undefined ? fits(actions, action) : !fits(words(statement.NotAction), action);
  if (!acts || resource === undefined) return acts;
  if (statement.NotResource !== undefined) return !fits(words(statement.NotResource), resource);
  // The policy of a role's trust or of a function has none.
  return statement.Resource === undefined || fits(words(statement.Resource), resource);
}

function namesPrincipal(given: unknown, principal: string): boolean {
  if (given === "*") return true;
  if (!isObject(given)) return false;
  return Object.values(given).some((value) => words(value).some((word) => word === "*" || word === principal));
}

const words = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((word) => typeof word === "string");

/** `*` and `?` stand for any text and any character; actions do not tell upper from lower case. */
function fits(patterns: readonly string[], value: string): boolean {
  return patterns.some((pattern) => {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`, "i").test(value);
  });
}
