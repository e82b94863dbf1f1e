/** A reference to an attribute: of a resource, or of what another stack hands out. */
export type Resolve = (reference: string) => string | undefined;

const attributeReference =
  /\b(?:data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+|aws_[a-z0-9_]+\.[a-z][\w-]*(?:\.\w+|\[\d+\])*)/g;

/**
 * Replaces references in the expressions of a JSON value.
 * @param resolve gives an expression for a reference, `"text"` or another reference, or undefined to leave it
 */
export function replaceReferences<T>(value: T, resolve: Resolve): T {
  if (typeof value === "string") {
    if (!value.includes("${")) return value;
    return value.replace(attributeReference, (reference) => resolve(reference) ?? reference) as T;
  }
  if (Array.isArray(value)) return value.map((element) => replaceReferences(element, resolve)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceReferences(inner, resolve)])) as T;
}

/** All references in the expressions of a JSON value. */
export function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  replaceReferences(value, (reference) => {
    found.push(reference);
    return undefined;
  });
  return found;
}

/** `aws_kms_key.data_primary` of `aws_kms_key.data_primary.arn`. */
export const addressOf = (reference: string): string => reference.split(/[.[]/).slice(0, 2).join(".");
