import type { z } from "zod";
import { nearestName } from "../../values/nearest";

/** The message of an issue of zod: `<what is wrong>; <what to do>`. */
export function messageOf(issue: z.core.$ZodIssue, received: unknown): string {
  // The schema's own messages already say what is wrong and what to do.
  if (issue.message.includes("; ")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return received === undefined
        ? `is required; add ${article(issue.expected)}`
        : `has the wrong type; use ${article(issue.expected)}`;
    case "invalid_value":
      if (received === undefined) return `is required; set it to one of ${issue.values.join(", ")}`;
      return `is not one of the allowed values; ${suggestion(received, issue.values.map(String))}`;
    case "too_small":
      return `is too small; use ${measure(issue.origin, "at least", issue.minimum)}`;
    case "too_big":
      return `is too large; use ${measure(issue.origin, "at most", issue.maximum)}`;
    case "not_multiple_of":
      return `is not a multiple of ${issue.divisor}; use a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `is malformed; ${issue.message}`;
    default:
      return issue.message;
  }
}

/** The message for a value that is none of several forms. */
export function unionMessage(issue: z.core.$ZodIssueInvalidUnion, received: unknown): string {
  const values = issue.errors.flat().flatMap((inner) => ("values" in inner ? inner.values : []));
  const options = [...("options" in issue ? (issue.options as unknown[]) : []), ...values].map(String);
  return options.length > 0
    ? `is not one of the allowed values; ${suggestion(received, options)}`
    : "does not match any of the allowed forms; look up this field in the reference";
}

function article(type: string): string {
  const names: Record<string, string> = {
    int: "a whole number",
    record: "an object",
    tuple: "a list",
    array: "a list",
  };
  const name = names[type] ?? type;
  if (name.includes(" ")) return name;
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function measure(origin: string, bound: string, limit: number | bigint): string {
  const units: Record<string, [string, string]> = {
    string: ["character", "characters"],
    array: ["entry", "entries"],
    set: ["entry", "entries"],
    map: ["entry", "entries"],
    record: ["entry", "entries"],
  };
  const unit = units[origin];
  return unit ? `${bound} ${limit} ${Number(limit) === 1 ? unit[0] : unit[1]}` : `${bound} ${limit}`;
}

/** The message for a field that does not exist, with the closest name or a list of valid names. */
export function unknownField(name: string, known: readonly string[]): string {
  return `unknown field; ${suggestion(name, known)}`;
}

/** `did you mean ...?` if a known name is close to what was received, otherwise the list of known names. */
export function suggestion(received: unknown, known: readonly string[]): string {
  if (known.length === 0) return "remove it";
  const near = typeof received === "string" ? nearestName(received, known) : undefined;
  if (near !== undefined) return `did you mean "${near}"?`;
  return `use one of ${known.length > 16 ? `${known.slice(0, 16).join(", ")}, ...` : known.join(", ")}`;
}
