/** A policy of a role as an object. A reference stands in the text as Terraform reads it, with quotes that JSON would have escaped. */
export function writtenPolicy(text: unknown): { readonly Statement: readonly Record<string, unknown>[] } {
  return JSON.parse(String(text).replace(/\$\{[^}]*\}/g, (reference) => reference.replaceAll('"', "'")));
}
