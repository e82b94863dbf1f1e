import type { Problem } from "../problem";
import { jsonCondition } from "./log-filter-condition";
import { show } from "./nearest";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const longest = 1024;

/**
 * The pattern of a metric filter or subscription filter of CloudWatch Logs: words, fields of JSON in braces, or columns
 * in square brackets. An empty pattern matches every event.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function logFilterPattern(text: string): Problem | undefined {
  if (text.length > longest) return `has ${text.length} characters; use at most ${longest}`;
  const pattern = text.trim();
  if (pattern.startsWith("{")) {
    return pattern.endsWith("}") ? jsonCondition(pattern.slice(1, -1)) : "has a { that is not closed; add }";
  }
  if (pattern.startsWith("[")) {
    return pattern.endsWith("]") ? columns(pattern.slice(1, -1)) : "has a [ that is not closed; add ]";
  }
  return terms(pattern);
}

/** Words that a line must have, with `?` any of them, with `-` none; a regular expression stands between %. */
function terms(pattern: string): Problem | undefined {
  let at = 0;
  while (at < pattern.length) {
    if (/\s/.test(pattern.charAt(at))) {
      at += 1;
      continue;
    }
    if (pattern[at] === "?" || pattern[at] === "-") at += 1;
    const first = pattern[at];
    if (first === '"' || first === "%") {
      const end = endOf(pattern, at);
      if (end < 0)
        return `has a ${first} that is not closed; add ${first} at the end of the ${first === "%" ? "regular expression" : "phrase"}`;
      at = end + 1;
    } else {
      const start = at;
      while (at < pattern.length && !/\s/.test(pattern.charAt(at))) at += 1;
      const word = pattern.slice(start, at);
      if (word === "") return "has a ? or - with no word after it; add the word";
      if (!/^\w+$/.test(word)) return `has the word ${show(word)} without quotation marks; write it as "${show(word)}"`;
    }
  }
  return undefined;
}

/** Columns of a line by position: names, each with a condition if needed; `...` stands for any number of them. */
function columns(inner: string): Problem | undefined {
  let dots = 0;
  for (const column of splitOutside(inner, ",")) {
    const text = column.trim();
    if (text === "...") dots += 1;
    else {
      const name = /^\w+/.exec(text)?.[0];
      if (name === undefined)
        return `has the invalid column ${show(text) || "nothing"}; begin each column with a name, or write ...`;
      const rest = text.slice(name.length).trimStart();
      if (rest !== "" && !/^(=|!=|<|>|\|\||&&)/.test(rest)) {
        return `has ${show(rest)} after the column ${show(name)}; write a comparison such as ${show(name)} = 4*`;
      }
      if (/(=|<|>|\|\||&&)$/.test(text)) return `has an incomplete condition on the column ${show(name)}; add a value`;
    }
  }
  return dots > 1 ? "has ... twice; use it once" : undefined;
}

function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"' || text[at] === "%") {
      const end = endOf(text, at);
      if (end >= 0) at = end;
    } else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** The place of the same character further on that no backslash stands before; -1 if there is none. */
export function endOf(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === text[start]) return at;
  }
  return -1;
}
