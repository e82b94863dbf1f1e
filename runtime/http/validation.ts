import { en } from "zod/locales";
import * as z from "zod/mini";
import { InvalidInputError, type Issue } from "../errors/service-errors.js";

/** Any zod or zod/mini schema that results in a T. */
export type Schema<T> = z.core.$ZodType<T>;

/** Where a value of the request comes from. */
export type Source = { readonly in: "body" } | { readonly in: "header" | "path" | "query"; readonly name: string };

// zod/mini has no messages of its own. Imported by name: `z.locales.en` would put all languages, 250 KB, into the bundle.
const { localeError } = en();

/** RFC 6901 as a URI fragment: `#/items/0/quantity`. */
const pointer = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;

/** The schema's result for a value of the request; throws {@link InvalidInputError} with every issue at once. */
export function validate<T>(schema: Schema<T>, value: unknown, source: Source): T {
  const result = z.safeParse(schema, value, { error: localeError });
  if (result.success) {
    return result.data;
  }
  throw new InvalidInputError(
    result.error.issues.map(
      ({ path, message }): Issue =>
        source.in === "body"
          ? { in: "body", pointer: pointer(path), detail: message }
          : { in: source.in, name: source.name, detail: message },
    ),
  );
}
