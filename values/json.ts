import type { Check } from "./problem";

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** A JSON object as text. */
export const jsonObject: Check<string> = (text) => {
  const value = parsed(text);
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? undefined
    : "is not a JSON object; write it as JSON in braces";
};

/** A JSON list as text. */
export const jsonList: Check<string> = (text) =>
  Array.isArray(parsed(text)) ? undefined : "is not a JSON array; write it as JSON in square brackets";
