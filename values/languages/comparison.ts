import type { Problem } from "../problem";
import { addressRange } from "./address-range";
import { isObject } from "./object";

/** A comparison in a list of values of an event or filter pattern: what its operand must be. */
export type OperandCheck = (operand: unknown) => Problem | undefined;

/** The comparisons by their names: `{ "prefix": <operand> }`. */
export type Comparisons = Readonly<Record<string, OperandCheck>>;

/** How far a number may be from zero. */
const farthest = 5e9;

const text: OperandCheck = (operand) =>
  typeof operand === "string" ? undefined : "must be a string; put it in quotation marks";

const filledText: OperandCheck = (operand) =>
  text(operand) ?? (operand === "" ? "is empty; write at least one character" : undefined);

/** A text, or one whose case does not matter: `{ "equals-ignore-case": "x" }`. */
const textInAnyCase: OperandCheck = (operand) => {
  if (!isObject(operand)) return text(operand);
  const [name, ...more] = Object.keys(operand);
  if (name !== "equals-ignore-case" || more.length > 0) {
    return 'is not a string; write a string, or { "equals-ignore-case": "text" }';
  }
  return text(operand[name]);
};

/** `*` stands for any characters, but not twice in a row; a backslash makes a literal `*` or backslash. */
const wildcard: OperandCheck = (operand) => {
  const problem = text(operand);
  if (problem || typeof operand !== "string") return problem;
  for (let at = 0; at < operand.length; at += 1) {
    if (operand[at] === "\\") {
      at += 1;
      if (operand[at] !== "*" && operand[at] !== "\\") {
        return "has a backslash that escapes no asterisk or backslash; write \\\\ for a backslash and \\* for an asterisk";
      }
    } else if (operand[at] === "*" && operand[at + 1] === "*") {
      return "has two wildcards in a row; write one *";
    }
  }
  return undefined;
};

const number = (value: unknown): Problem | undefined => {
  if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number; write it without quotation marks";
  return Math.abs(value) > farthest ? `is ${value}; use -5e9 to 5e9` : undefined;
};

/** `["=", 5]`, `["<", 5]`, or a range from a lower to an upper bound, `[">", 0, "<=", 5]`. */
const numeric: OperandCheck = (operand) => {
  if (!Array.isArray(operand) || operand.length === 0) {
    return 'must be a list of comparisons and numbers; write it like [">", 0, "<=", 5]';
  }
  const [comparison, bound, second, upper, ...rest] = operand as unknown[];
  if (typeof comparison !== "string" || !["=", "<", "<=", ">", ">="].includes(comparison)) {
    return `has the unknown comparison ${JSON.stringify(comparison)}; use =, <, <=, > or >=`;
  }
  const problem = operand.length < 2 ? "has no number; write one after the comparison" : number(bound);
  if (problem || operand.length === 2) return problem;
  if (comparison !== ">" && comparison !== ">=") {
    return `has a second comparison after ${comparison}; begin a range with > or >=, as in [">", 0, "<=", 5]`;
  }
  if (second !== "<" && second !== "<=") {
    return `has ${JSON.stringify(second)} as its second comparison; use < or <=`;
  }
  const secondProblem = operand.length < 4 ? "has no upper bound; add a number at the end" : number(upper);
  if (secondProblem) return secondProblem;
  if (rest.length > 0) return "has more than two comparisons; use one range";
  return Number(bound) >= Number(upper) ? "has an upper bound that is not above the lower one; swap them" : undefined;
};

const exists: OperandCheck = (operand) =>
  typeof operand === "boolean" ? undefined : "must be true or false; write it without quotation marks";

/** A range of IPv4 or IPv6 addresses; a single address is an exact value. */
const cidr: OperandCheck = (operand) => {
  const range = typeof operand === "string" ? addressRange(operand) : undefined;
  if (range === undefined) return "is not an address range; write it in CIDR notation, such as 10.0.0.0/24";
  return range.prefix === (range.version === 4 ? 32 : 128)
    ? `is a single address; write the value "${range.address}" in place of the comparison`
    : undefined;
};

/** What may be excluded: a text, a number, a list of either, or with `forms` what begins with, ends with or is like a text. */
export const anythingBut = (forms: readonly AnythingButForm[]): OperandCheck => {
  return (operand) => {
    if (isObject(operand)) return excludedForm(operand, forms);
    if (typeof operand === "string") return undefined;
    if (typeof operand === "number") return number(operand);
    if (!Array.isArray(operand))
      return "is not something that anything-but can exclude; use a string, a number, or a list of either";
    if (operand.length === 0) return "is an empty list; add the values to exclude";
    if (operand.every((value) => typeof value === "string")) return undefined;
    if (operand.every((value) => typeof value === "number")) return operand.map(number).find(Boolean);
    return "is a list of mixed or unsupported types; use only strings or only numbers";
  };
};

type AnythingButForm = "prefix" | "suffix" | "equals-ignore-case" | "wildcard";

const excluded: Readonly<Record<AnythingButForm, OperandCheck>> = {
  prefix: filledText,
  suffix: filledText,
  "equals-ignore-case": text,
  wildcard,
};

function excludedForm(operand: Readonly<Record<string, unknown>>, forms: readonly AnythingButForm[]) {
  const [name, ...more] = Object.keys(operand);
  const form = forms.find((known) => known === name);
  if (form === undefined || more.length > 0) {
    return forms.length === 0
      ? "is an object, which this service does not support in anything-but; use a string, a number, or a list of either"
      : `is not supported in anything-but; use an object with one of ${forms.join(", ")}`;
  }
  const values = operand[form];
  if (!Array.isArray(values)) return excluded[form](values);
  if (values.length === 0) return "is an empty list; add the values to exclude";
  return values.map(excluded[form]).find(Boolean);
}

/** Every comparison of EventBridge by name, with the check of its operand. */
export const comparisons = {
  prefix: textInAnyCase,
  suffix: textInAnyCase,
  "equals-ignore-case": text,
  wildcard,
  numeric,
  exists,
  cidr,
  "anything-but": anythingBut(["prefix", "suffix", "equals-ignore-case", "wildcard"]),
  plainPrefix: text,
  plainSuffix: text,
} as const satisfies Comparisons;
