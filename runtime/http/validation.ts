import { en } from "zod/locales";
import * as z from "zod/mini";
import { InvalidInputError, type Issue } from "../errors/service-errors.js";
import { isStorable, notStorable, type Path, textsNotStorable } from "../invocation/text.js";

/** Any zod or zod/mini schema that results in a T. */
export type Schema<T> = z.core.$ZodType<T>;

/** Where a value of the request comes from. */
export type Source = { readonly in: "body" } | { readonly in: "header" | "path" | "query"; readonly name: string };

// zod/mini has no messages of its own. Imported by name: `z.locales.en` would put all languages, 250 KB, into the bundle.
const { localeError } = en();

/** RFC 6901 as a URI fragment: `#/items/0/quantity`. */
const pointer = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;

/**
 * The schema's result for a value of the request. Whatever the schema says, texts must be such that every store can keep them as they are: no
 * NUL, no halves of surrogate pairs. Throws {@link InvalidInputError} with every issue at once.
 */
export function validate<T>(schema: Schema<T>, value: unknown, source: Source): T {
  const texts = textsNotStorable(value);
  const result = z.safeParse(schema, value, { error: localeError });
  if (result.success && texts.length === 0) {
    return result.data;
  }
  const issue = (path: Path, detail: string): Issue =>
    source.in === "body"
      ? { in: "body", pointer: pointer(path), detail }
      : { in: source.in, name: source.name, detail };
  const issues = texts.map((path) => issue(path, `Invalid input: ${notStorable}`));
  const found = new Set(texts.map(pointer));
  // A message names unknown properties, and there may be one whose name is such a text.
  for (const { path, message } of result.error?.issues ?? []) {
    if (isStorable(message) && !found.has(pointer(path))) issues.push(issue(path, message));
  }
  throw new InvalidInputError(issues);
}
