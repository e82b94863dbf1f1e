import type { Problem } from "../problem";
import { show } from "./nearest";

/**
 * A condition on fields of JSON, what stands in braces: `$.level = "error" && ($.ms > 100 || $.ok IS FALSE)`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function jsonCondition(text: string): Problem | undefined {
  const tokens = tokensOf(text);
  if (typeof tokens === "string") return tokens;
  let depth = 0;
  let at = 0;
  while (at < tokens.length) {
    while (tokens[at] === "(") {
      depth += 1;
      at += 1;
    }
    const problem = comparison(tokens.slice(at, at + 3));
    if (problem) return problem;
    at += 3;
    while (tokens[at] === ")") {
      depth -= 1;
      at += 1;
    }
    if (depth < 0) return "has an unmatched ); remove it";
    if (at >= tokens.length) break;
    if (tokens[at] !== "&&" && tokens[at] !== "||") {
      return `has ${show(tokens[at] ?? "")} after a condition; join conditions by && or ||`;
    }
    at += 1;
    if (at >= tokens.length) return `has ${tokens[at - 1]} with no condition after it; add one or remove it`;
  }
  if (depth > 0) return "has an unmatched (; add )";
  return tokens.length === 0 ? 'is empty; write a condition such as { $.level = "error" }' : undefined;
}

const comparisons = ["=", "!=", "<", ">", "<=", ">="];

function comparison([field = "", operator = "", value]: readonly string[]): Problem | undefined {
  if (!field.startsWith("$"))
    return `has ${show(field) || "nothing"} where a field is expected; begin fields with $., as in $.level`;
  if (!selector(field)) return `has the invalid field ${show(field)}; write it like $.name, $.list[0] or $['name']`;
  if (operator === "IS" || operator === "NOT") {
    const wanted = operator === "IS" ? ["NULL", "TRUE", "FALSE"] : ["EXISTS"];
    return value !== undefined && wanted.includes(value)
      ? undefined
      : `has ${operator} with ${show(value ?? "nothing")} after it; write ${wanted.map((word) => `${operator} ${word}`).join(" or ")}`;
  }
  const isKnown = comparisons.includes(operator) && !comparisons.includes(value ?? "");
  if (!isKnown) {
    const found = comparisons.includes(operator) ? `${operator}${value}` : show(operator);
    return `has ${found || "nothing"} after ${show(field)}; use =, !=, <, >, <=, >=, IS or NOT EXISTS`;
  }
  if (value === undefined || ["(", ")", "&&", "||"].includes(value)) return `has no value after ${operator}; add one`;
  const isOrdering = operator !== "=" && operator !== "!=";
  return isOrdering && !/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value)
    ? `compares ${show(field)} by ${operator} with ${show(value)}; use a number`
    : undefined;
}

/** `$.a.b[0]['c']`, read once from left to right. */
function selector(text: string): boolean {
  let at = 1;
  if (at === text.length) return false;
  while (at < text.length) {
    const part =
      text[at] === "."
        ? /^\.[\w*@:-]+/.exec(text.slice(at, at + 260))
        : /^\[(\d+|\*|'[^']+'|"[^"]+")\]/.exec(text.slice(at, at + 260));
    if (!part) return false;
    at += part[0].length;
  }
  return true;
}

/** Fields, operators, values, brackets; or what is not closed. */
function tokensOf(text: string): readonly string[] | Problem {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const first = text.charAt(at);
    if (/\s/.test(first)) {
      at += 1;
      continue;
    }
    const start = at;
    const two = text.slice(at, at + 2);
    if (first === '"' || first === "%") {
      at += 1;
      while (at < text.length && text[at] !== first) at += text[at] === "\\" ? 2 : 1;
      if (at >= text.length) return `has a ${first} that is not closed; add ${first}`;
      at += 1;
    } else if (["&&", "||", "!=", "<=", ">="].includes(two)) at += 2;
    else if ("()=<>".includes(first)) at += 1;
    else
      while (at < text.length && !/[\s()=<>!&|"]/.test(text.charAt(at))) at += text[at] === "[" ? bracket(text, at) : 1;
    if (at === start)
      return `has ${show(text.slice(at))}; use =, !=, <, >, &&, || and brackets between fields and values`;
    tokens.push(text.slice(start, at));
  }
  return tokens;
}

/** The length of a part in square brackets, which may hold any character. */
function bracket(text: string, start: number): number {
  const end = text.indexOf("]", start);
  return end < 0 || end - start > 256 ? 1 : end - start + 1;
}
