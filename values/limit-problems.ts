import type { AttributeLimits } from "./limits-of";
import { nearestName } from "./nearest";
import { type Matcher, matcherOf } from "./patterns";
import { patternWords } from "./patterns/words";
import type { Problem } from "./problem";

/** What is wrong with a text or number. */
export function problemWith(limits: AttributeLimits, value: unknown): Problem | undefined {
  if (typeof value === "number" || typeof value === "bigint") {
    return problemWithNumber(limits, Number(value)) ?? problemWithChoice(limits, String(value));
  }
  if (typeof value !== "string") return undefined;
  return (
    problemWithLength(limits, value) ??
    problemWithChoice(limits, value) ??
    problemWithNumber(limits, value) ??
    problemWithForm(limits, value) ??
    limits.check?.(value)
  );
}

/** What is wrong with the number of entries. */
export function problemWithCount({ minItems, maxItems }: AttributeLimits, count: number): Problem | undefined {
  if (minItems !== undefined && count < minItems) return `has ${entries(count)}; use at least ${minItems}`;
  if (maxItems !== undefined && count > maxItems) return `has ${entries(count)}; use at most ${maxItems}`;
  return undefined;
}

const entries = (count: number): string => (count === 0 ? "no entries" : count === 1 ? "1 entry" : `${count} entries`);

function problemWithLength({ minLength, maxLength, bytes }: AttributeLimits, text: string): Problem | undefined {
  if (minLength === undefined && maxLength === undefined) return undefined;
  // A text has at most three bytes for each UTF-16 unit, and at least half as many characters.
  if (maxLength !== undefined && text.length * 3 <= maxLength && text.length >= 2 * (minLength ?? 0)) return undefined;
  const length = bytes ? Buffer.byteLength(text) : charactersOf(text);
  const unit = (count: number) => `${count} ${bytes ? "byte" : "character"}${count === 1 ? "" : "s"}`;
  if (minLength !== undefined && length < minLength) {
    return `is ${length === 0 ? "empty" : `${unit(length)} long`}; use at least ${length === 0 ? unit(minLength) : minLength}`;
  }
  return maxLength !== undefined && length > maxLength
    ? `is ${unit(length)} long; use at most ${maxLength}`
    : undefined;
}

/** AWS counts Unicode characters, JavaScript counts those above U+FFFF twice. @see https://smithy.io/2.0/spec/constraint-traits.html#length-trait */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function problemWithNumber({ min, max }: AttributeLimits, value: number | string): Problem | undefined {
  if (min === undefined && max === undefined) return undefined;
  const number = Number(value);
  if (typeof value === "string" && (value.trim() === "" || Number.isNaN(number)))
    return "is not a number; write it in digits";
  if (min !== undefined && number < min) return `is too small; use at least ${min}`;
  return max !== undefined && number > max ? `is too large; use at most ${max}` : undefined;
}

const mostShown = 16;

function problemWithChoice({ enum: values }: AttributeLimits, text: string): Problem | undefined {
  if (!values || values.includes(text)) return undefined;
  const shown = `${values.slice(0, mostShown).join(", ")}${values.length > mostShown ? ", …" : ""}`;
  const near = nearestName(text, values);
  return near
    ? `is not one of ${shown}; did you mean "${near}"?`
    : `is not a value that AWS accepts; use one of ${shown}`;
}

/** A pattern that RE2 does not take is not checked; `npm run values` lists such, and a test wants none in the data. */
function matches(pattern: string, text: string): boolean {
  let matcher: Matcher | undefined;
  try {
    matcher = matcherOf(pattern);
  } catch {
    return true;
  }
  return matcher(text);
}

function problemWithForm({ pattern, says, api, cfn }: AttributeLimits, text: string): Problem | undefined {
  if (pattern === undefined || matches(pattern, text)) return undefined;
  const [service, operation] = (api ?? "").split(".");
  const whose = operation ? `${service}.${operation}` : (cfn ?? "AWS");
  return (
    says ??
    patternWords[pattern] ??
    `does not match the pattern of ${whose}, ${pattern}; write it so that the whole value matches`
  );
}
