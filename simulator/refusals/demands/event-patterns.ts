import { isObject } from "../../protocol/values";

/**
 * What is wrong with the form of an event pattern, or of a subscription's filter policy, in AWS's words; undefined if
 * nothing: each field holds a list of what matches, or fields of its own.
 * @param pattern JSON
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html
 */
export function patternFault(pattern: string, quote: "'" | '"'): string | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(pattern);
  } catch {
    return "Filter is not JSON";
  }
  return isObject(fields) ? faultIn(fields, quote) : "Filter is not an object";
}

function faultIn(fields: Readonly<Record<string, unknown>>, quote: string): string | undefined {
  for (const [name, wanted] of Object.entries(fields)) {
    if (Array.isArray(wanted)) {
      if (wanted.length === 0) return "Empty arrays are not allowed";
      continue;
    }
    const fault = isObject(wanted) ? faultIn(wanted, quote) : `${quote}${name}${quote} must be an object or an array`;
    if (fault) return fault;
  }
  return undefined;
}
