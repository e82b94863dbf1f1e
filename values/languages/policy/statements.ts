import type { Problem } from "../../problem";
import { didYouMean, nearest, show } from "../nearest";
import { isObject } from "../object";
import { conditionProblem } from "./conditions";
import { principalProblem } from "./principals";
import { servicePrefixes } from "./service-prefixes";

/** What a kind of policy has that others have not. */
export interface StatementRules {
  /** Identity policies have no principals; policies of resources and trust policies must have some. */
  readonly principals: boolean;
  /** A trust policy has none: the role itself is the resource. */
  readonly resources: boolean;
  readonly notPrincipal: boolean;
  /** Whether a Sid has letters and digits only. */
  readonly plainSids: boolean;
  /** The services whose actions it may name; all by default. */
  readonly services?: readonly string[];
}

const elements = "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" ");
const prefixes = new Set(servicePrefixes);

/** What is wrong with one statement. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function statementProblem(statement: unknown, rules: StatementRules): Problem | undefined {
  if (!isObject(statement)) return "is not an object; write one with Effect, Action and the other elements";
  const unknown = Object.keys(statement).find((name) => !elements.includes(name));
  if (unknown !== undefined) return `has the unknown element ${show(unknown)}; ${didYouMean(unknown, elements)}`;
  const { Sid: sid, Effect: effect, Condition: condition } = statement;
  if (sid !== undefined && (typeof sid !== "string" || (rules.plainSids && !/^[A-Za-z0-9]*$/.test(sid)))) {
    return `has the invalid Sid ${show(String(sid))}; use letters and digits`;
  }
  if (effect !== "Allow" && effect !== "Deny") {
    return effect === undefined
      ? "has no Effect; write Allow or Deny"
      : `has the invalid Effect ${show(String(effect))}; write Allow or Deny`;
  }
  return (
    principalsProblem(statement, rules) ??
    either(statement, "Action", (text) => actionProblem(text, rules)) ??
    (rules.resources
      ? either(statement, "Resource", resourceProblem)
      : without(statement, "Resource", "a trust policy")) ??
    (condition === undefined ? undefined : conditionProblem(condition))
  );
}

function principalsProblem(statement: Readonly<Record<string, unknown>>, rules: StatementRules): Problem | undefined {
  if (!rules.principals) return without(statement, "Principal", "a policy of a role, user or group");
  const { Principal: principal, NotPrincipal: not } = statement;
  if (not !== undefined && !rules.notPrincipal)
    return "has NotPrincipal, which a trust policy does not allow; use Principal";
  if (principal === undefined && not === undefined) return "has no Principal; name whom it allows or denies access";
  if (principal !== undefined && not !== undefined) return "has Principal and NotPrincipal; use one of them";
  return principalProblem(principal ?? not);
}

function without(statement: Readonly<Record<string, unknown>>, name: string, where: string): Problem | undefined {
  const found = [name, `Not${name}`].find((element) => statement[element] !== undefined);
  return found === undefined ? undefined : `has ${found}, which ${where} does not allow; remove it`;
}

/** One or many texts, in the element itself or in its negation, but not in both. */
function either(
  statement: Readonly<Record<string, unknown>>,
  name: string,
  check: (text: string) => Problem | undefined,
): Problem | undefined {
  const { [name]: plain, [`Not${name}`]: negated } = statement;
  if (plain !== undefined && negated !== undefined) return `has ${name} and Not${name}; use one of them`;
  const value = plain ?? negated;
  if (value === undefined) return `has no ${name}; add it`;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return `has an empty list as ${name}; add an entry`;
  for (const one of values) {
    if (typeof one !== "string")
      return `has ${name === "Action" ? "an" : "a"} ${name} that is not a string; use strings`;
    const problem = check(one);
    if (problem) return problem;
  }
  return undefined;
}

function actionProblem(text: string, { services }: StatementRules): Problem | undefined {
  if (text === "*" && services === undefined) return undefined;
  const at = text.indexOf(":");
  const service = text.slice(0, Math.max(at, 0)).toLowerCase();
  if (at < 1 || !/^[A-Za-z0-9*?]+$/.test(text.slice(at + 1))) {
    return `has the invalid action ${show(text)}; write it as service:Action, such as dynamodb:GetItem`;
  }
  if (services && !services.includes(service))
    return `has the action ${show(text)}, which this kind of policy does not allow; use actions of ${services.join(" or ")}`;
  if (prefixes.has(service)) return undefined;
  const near = nearest(service, servicePrefixes);
  return `has an action of the unknown service ${show(service)}; ${near === undefined ? "use a prefix from the AWS service authorization reference" : `did you mean ${near}?`}`;
}

/** `*`, or an ARN with wildcards; one that begins with a reference of Terraform is left alone. */
function resourceProblem(text: string): Problem | undefined {
  if (text === "*" || text.startsWith("${")) return undefined;
  const parts = text.split(":", 6);
  const isArn = parts.length === 6 && parts[0] === "arn" && parts.slice(1, 3).every(Boolean) && parts[5] !== "";
  if (!isArn && !/^arn:\*/.test(text)) {
    return `has the invalid resource ${show(text)}; use an ARN, or * where the action has no resource`;
  }
  return undefined;
}
