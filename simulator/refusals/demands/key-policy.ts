import { isObject } from "../../protocol/values";

/** A use of a key, as the key's policy sees it. */
export interface KeyUse {
  /** Without the prefix: `CreateGrant`, `GenerateDataKey`. */
  readonly action: string;
  /** The service that calls in its own name, `logs.eu-west-1.amazonaws.com`; without one it is somebody of the account. */
  readonly service?: string;
  /** 12 digits. */
  readonly account: string;
  /** Condition keys of the call with their values; conditions on others are taken for true. */
  readonly context: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

/**
 * True if a key's policy allows a use. Who deploys is not known here, and may do whatever IAM can allow: so every principal
 * of the account stands for the caller, the roles that AWS services keep for themselves aside.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function keyPolicyAllows(policy: string, use: KeyUse): boolean {
  const fitting = statementsOf(policy).filter(
    (statement) => isForAction(statement, use) && isForPrincipal(statement, use) && holds(statement.Condition, use),
  );
  return fitting.some(({ Effect }) => Effect === "Allow") && !fitting.some(({ Effect }) => Effect === "Deny");
}

function statementsOf(policy: string): Statement[] {
  try {
    const { Statement: statements } = JSON.parse(policy) as { Statement?: unknown };
    return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
  } catch {
    return [];
  }
}

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === "string");

/** True if a value fits a pattern with `*` and `?`, as policies have them. */
function fits(pattern: string, value: string, ignoringCase = false): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, ignoringCase ? "is" : "s").test(value);
}

function isForAction({ Action, NotAction }: Statement, { action }: KeyUse): boolean {
  const named = (actions: unknown): boolean => list(actions).some((one) => fits(one, `kms:${action}`, true));
  return Action === undefined ? NotAction !== undefined && !named(NotAction) : named(Action);
}

function isForPrincipal({ Principal }: Statement, { service, account }: KeyUse): boolean {
  if (Principal === "*") return true;
  if (!isObject(Principal)) return false;
  if (service !== undefined)
    return [...list(Principal.Service), ...list(Principal.AWS)].some((p) => p === service || p === "*");
  return list(Principal.AWS).some(
    (one) => one === "*" || one === account || (one.includes(`:${account}:`) && !one.includes("/aws-service-role/")),
  );
}

function holds(conditions: unknown, use: KeyUse): boolean {
  if (!isObject(conditions)) return true;
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).every(([key, values]) =>
      conditionHolds(operator, key, list(values), use),
    ),
  );
}

function conditionHolds(operator: string, key: string, values: readonly string[], use: KeyUse): boolean {
  const name = operator.replace(/^ForA(ny|ll)Values?:/, "").replace(/IfExists$/, "");
  const given = Object.entries(use.context).find(([known]) => known.toLowerCase() === key.toLowerCase())?.[1];
  if (given === undefined) {
    // The caller is no role that a service keeps for itself.
    return !(/^aws:PrincipalArn$/i.test(key) && values.every((value) => value.includes("/aws-service-role/")));
  }
  if (name === "Null") return values.includes("false");
  const matched = values.some((value) => fits(value, given, name === "Bool"));
  return /^(StringNot|ArnNot)/.test(name) ? !matched : matched;
}
