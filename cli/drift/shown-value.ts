import type { DriftChange } from "../../drift";
import { isSecretName, secretForm } from "../../values/secrets";

/** Arguments that hold whatever somebody puts there: variables of functions, parameters, logins, documents. */
const freeText =
  /environment|variables|value|secret|password|token|credential|auth|header|user_data|definition|content|body|template|policy|input|query|params/i;

/** The most characters of a value. */
const longest = 60;

/**
 * A value as it is shown; `(hidden)` where it is sensitive, or might be: everything but numbers, flags, and words of arguments that hold
 * no free text. Of lists and blocks nothing but how many there are.
 */
export function shownValue({ sensitive, path = "" }: DriftChange, value: unknown): string {
  if (value === undefined || value === null || value === "") return "(none)";
  if (sensitive) return "(hidden)";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `(${value.length} ${value.length === 1 ? "element" : "elements"})`;
  if (typeof value !== "string") return "(a block)";
  const last =
    path
      .split(/[.[\]"]+/)
      .filter(Boolean)
      .at(-1) ?? "";
  if (freeText.test(path) || isSecretName(last) || secretForm(value) !== undefined) return "(hidden)";
  const line = value.replace(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
