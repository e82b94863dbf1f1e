import type { Problem } from "../problem";
import { show } from "./nearest";

/** Looks at what stands after the name of a command; texts and regular expressions are emptied. */
type Arguments = (text: string) => Problem | undefined;

const anything: Arguments = () => undefined;

const something =
  (name: string, what: string): Arguments =>
  (text) =>
    text === "" ? `has ${name} with nothing after it; add ${what}` : separated(name, text);

function separated(name: string, text: string): Problem | undefined {
  if (text.startsWith(",") || text.endsWith(",")) return `has a comma at the start or end of its ${name}; remove it`;
  return /,\s?,/.test(text) ? `has two commas in a row in its ${name}; remove one` : undefined;
}

/** CloudWatch returns at most 10,000 events. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html */
const limit: Arguments = (text) => {
  if (!/^\d{1,9}$/.test(text)) return `its limit is ${show(text) || "missing"}; use a whole number`;
  return Number(text) < 1 || Number(text) > 10_000 ? `its limit is ${text}; use 1 to 10000` : undefined;
};

/** Which aggregates there are is left to CloudWatch. */
const call = /\w\s?\(/;

const stats: Arguments = (text) => {
  const problem = something("stats", "an aggregate such as count(*)")(text);
  if (problem) return problem;
  return call.test(text)
    ? undefined
    : "has stats without an aggregate function; use one such as count(*), sum(field) or pct(field, 99)";
};

const parse: Arguments = (text) => {
  const problem = something("parse", 'a field and a pattern, such as @message "user=*" as user')(text);
  if (problem) return problem;
  if (/["'/]/.test(text)) {
    return /["']/.test(text) && !/\sas\s/i.test(text)
      ? 'has parse without as; name what each * stands for, as in "user=*" as user'
      : undefined;
  }
  return "has parse without a pattern; write a string with * or a regular expression after the field";
};

/**
 * Commands of Logs Insights by name, with what each needs.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const queryCommands: Readonly<Record<string, Arguments>> = {
  SOURCE: something("SOURCE", "log groups, such as logGroups(namePrefix: [])"),
  addtotals: anything,
  anomaly: anything,
  dedup: something("dedup", "fields"),
  diff: anything,
  display: something("display", "fields"),
  fields: something("fields", "fields such as @timestamp, @message"),
  filter: something("filter", "a condition such as level = 'ERROR'"),
  filterIndex: something("filterIndex", "a condition on an indexed field"),
  join: something("join", "what is joined"),
  limit,
  lookup: something("lookup", "a table"),
  parse,
  pattern: something("pattern", "a field such as @message"),
  sort: something("sort", "fields such as @timestamp desc"),
  stats,
  unmask: something("unmask", "fields"),
  unnest: something("unnest", "a field"),
};
