/** What is known of a value before Terraform evaluates it. */

/** `$${` and `%%{` are how Terraform writes `${` and `%{`. @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences */
const escapes = /\$\$\{|%%\{/g;

/** A text as Terraform would send it; undefined if it has an expression. */
export function evaluatedText(text: string): string | undefined {
  if (!text.includes("${") && !text.includes("%{")) return text;
  const rest = text.replace(escapes, "");
  if (rest.includes("${") || rest.includes("%{")) return undefined;
  return text.replace(escapes, (found) => found.slice(1));
}

/**
 * A copy of a configuration's values with texts as they are sent. What has an expression, and what is null, is left out
 * of objects, and undefined in lists.
 */
export function evaluated(value: unknown): unknown {
  if (typeof value === "string") return evaluatedText(value);
  if (value === null || typeof value !== "object") return value ?? undefined;
  if (Array.isArray(value)) return value.map(evaluated);
  const result: Record<string, unknown> = {};
  for (const [key, of] of Object.entries(value)) {
    const known = evaluated(of);
    if (known !== undefined) result[evaluatedText(key) ?? key] = known;
  }
  return result;
}
