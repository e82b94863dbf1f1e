import type { Problem } from "../../problem";
import { addressRange } from "../address-range";
import { didYouMean, show } from "../nearest";
import { isObject } from "../object";
import { hasReferences } from "../references";

type ValueCheck = (value: string) => Problem | undefined;

const anyText: ValueCheck = () => undefined;

const truth: ValueCheck = (value) =>
  value === "true" || value === "false" ? undefined : `is ${show(value)}; use "true" or "false"`;

const number: ValueCheck = (value) =>
  /^-?(\d{1,300}(\.\d{1,300})?|\.\d{1,300})$/.test(value) ? undefined : `is ${show(value)}; use a number`;

/** ISO 8601 with a day at least, or seconds since 1970. */
const date: ValueCheck = (value) =>
  /^\d{1,13}$/.test(value) ||
  (/^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?$/.test(value) &&
    !Number.isNaN(Date.parse(value)))
    ? undefined
    : `is ${show(value)}; use a date such as 2030-01-31T00:00:00Z`;

const address: ValueCheck = (value) =>
  (addressRange(value) ?? addressRange(`${value}/32`) ?? addressRange(`${value}/128`))
    ? undefined
    : `is ${show(value)}; use an address range such as 203.0.113.0/24`;

const arn: ValueCheck = (value) =>
  value === "*" || value.split(":").length >= 6 || (value.startsWith("arn:") && value.includes("*"))
    ? undefined
    : `is ${show(value)}; use an ARN, with * for any part`;

const base64: ValueCheck = (value) =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0 ? undefined : `is ${show(value)}; use base64`;

/** What the values of each operator must be. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, ValueCheck>> = {
  ...all(
    "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike",
    anyText,
  ),
  ...all("NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals", number),
  ...all("NumericGreaterThan NumericGreaterThanEquals", number),
  ...all("DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals", date),
  ...all("ArnEquals ArnLike ArnNotEquals ArnNotLike", arn),
  ...all("IpAddress NotIpAddress", address),
  ...all("Bool Null", truth),
  BinaryEquals: base64,
};

/** What is wrong with the `Condition` of a statement: operators, keys and the types of values. */
export function conditionProblem(condition: unknown): Problem | undefined {
  if (!isObject(condition))
    return 'has a Condition that is not an object; write { "StringEquals": { "key": "value" } }';
  for (const [operator, keys] of Object.entries(condition)) {
    const check = operatorCheck(operator);
    if (typeof check === "string") return check;
    if (!isObject(keys) || Object.keys(keys).length === 0) {
      return `has ${operator} without a key; write { "${operator}": { "key": "value" } }`;
    }
    for (const [key, value] of Object.entries(keys)) {
      if (!/^[\w.-]+:./.test(key) && !hasReferences(key)) {
        return `has the condition key ${show(key)} without a prefix; write it like aws:SourceAccount`;
      }
      const problem = valuesProblem(value, check);
      if (problem) return `its ${operator} of ${show(key)} ${problem}`;
    }
  }
  return undefined;
}

function operatorCheck(operator: string): ValueCheck | Problem {
  const plain = operator.replace(/^(ForAllValues|ForAnyValue):/, "");
  const name = plain.endsWith("IfExists") ? plain.slice(0, -"IfExists".length) : plain;
  if (name === "Null" && plain !== name) return "has NullIfExists, which does not exist; use Null";
  const check = Object.hasOwn(operators, name) ? operators[name] : undefined;
  return check ?? `has the unknown condition operator ${show(operator)}; ${didYouMean(name, Object.keys(operators))}`;
}

function valuesProblem(value: unknown, check: ValueCheck): Problem | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return "has no values; add one";
  for (const one of values) {
    if (typeof one !== "string" && typeof one !== "number" && typeof one !== "boolean") {
      return "has a value that is not a string; use strings";
    }
    const text = String(one);
    const problem = text.includes("${") ? undefined : check(text);
    if (problem) return problem;
  }
  return undefined;
}

function all(names: string, check: ValueCheck): Record<string, ValueCheck> {
  return Object.fromEntries(names.split(" ").map((name) => [name, check]));
}
