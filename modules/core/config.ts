import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import { ConfigError, type ConfigIssue, showReceived } from "./config-error";

type Path = readonly PropertyKey[];
/** Reports one mistake; `path` is relative to the checked value, `message` is `<what is wrong>; <what to do>`. */
export type Report = (path: PropertyKey[], message: string) => void;

/**
 * Adds a rule over several fields to a schema. Unlike a plain zod refinement, the rule also runs if individual fields
 * are invalid, so that all mistakes in a file are reported at once. A rule that throws because of such a field is
 * ignored.
 */
export function withRule<T extends z.ZodType>(schema: T, rule: (value: z.output<T>, report: Report) => void): T {
  return schema.superRefine(
    (value, context) => {
      const alreadyWrong = context.issues.length > 0;
      try {
        rule(value as z.output<T>, (path, message) => context.addIssue({ code: "custom", path, message }));
      } catch (error) {
        if (!alreadyWrong) throw error;
      }
    },
    { when: () => true },
  ) as T;
}

/**
 * Validates literal configuration against a schema and returns it with defaults filled in.
 * @throws ConfigError listing every mistake: the path, what is wrong, what to do and the value received
 */
export function parseConfig<T extends z.ZodType>(schema: T, input: unknown, subject: string): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfigError(subject, configIssues(schema, input, result.error));
}

/** Converts the issues of a failed parse to the toolkit's messages, with one issue per unknown field. */
export function configIssues(schema: z.ZodType, input: unknown, error: z.ZodError): ConfigIssue[] {
  const issues = error.issues as z.core.$ZodIssue[];
  // If a field itself is invalid, a rule's message about it would only repeat that.
  const wrongInThemselves = new Set(issues.filter(({ code }) => code !== "custom").map(({ path }) => showPath(path)));
  return issues
    .filter(({ code, path }) => code !== "custom" || !wrongInThemselves.has(showPath(path)))
    .flatMap((issue) => describe(issue, schema, input));
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown): ConfigIssue[] {
  const at = (path: Path, message: string): ConfigIssue => ({
    path: showPath(path),
    message,
    received: showReceived(valueAt(input, path), path),
  });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => at([...issue.path, key], unknownField(key, fieldsAt(schema, issue.path, input))));
    case "invalid_key":
      return issue.issues.map((inner) => at(issue.path, `this name is not allowed; ${inner.message}`));
    case "invalid_union":
      return [at(issue.path, unionMessage(issue, String(valueAt(input, issue.path))))];
    default:
      return [at(issue.path, messageOf(issue, valueAt(input, issue.path)))];
  }
}

function messageOf(issue: z.core.$ZodIssue, received: unknown): string {
  // The schema's own messages already say what is wrong and what to do.
  if (issue.message.includes("; ")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return received === undefined
        ? `is required; add ${article(issue.expected)}`
        : `has the wrong type; use ${article(issue.expected)}`;
    case "invalid_value":
      if (received === undefined) return `is required; set it to one of ${issue.values.join(", ")}`;
      return `is not one of the allowed values; ${suggestion(String(received), issue.values.map(String))}`;
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

function unionMessage(issue: z.core.$ZodIssueInvalidUnion, received: string): string {
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

/** `did you mean ...?` if a known name is close, otherwise the list of known names. */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return "remove it";
  const nearest = closest(name, known);
  const near =
    nearest.length > 2 &&
    distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3));
  const shown = known.length > 16 ? `${known.slice(0, 16).join(", ")}, ...` : known.join(", ");
  return near ? `did you mean "${nearest}"?` : `use one of ${shown}`;
}

/** `services[0].function.memoryMb` */
export function showPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    "",
  );
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );
}

interface Def {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly entries?: Record<string, unknown>;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
}

/** The field names that the schema defines at a path; for a discriminated union, those of the selected option. */
function fieldsAt(schema: z.ZodType, path: Path, input: unknown): string[] {
  const found = descend(schema, path, input);
  const def = found?._zod.def as unknown as Def | undefined;
  const names = def?.keyType && (def.keyType._zod.def as unknown as Def).entries;
  return Object.keys(def?.shape ?? names ?? {});
}

function descend(schema: z.ZodType | undefined, path: Path, input: unknown): z.ZodType | undefined {
  if (!schema) return undefined;
  const def = schema._zod.def as unknown as Def;
  if (def.innerType) return descend(def.innerType, path, input);
  if (def.options) {
    const key = def.discriminator;
    const chosen = def.options.find((option) => {
      const literal = key ? (option._zod.def as unknown as Def).shape?.[key] : undefined;
      return literal?.safeParse(valueAt(input, key ? [key] : [])).success;
    });
    return descend(chosen, path, input);
  }
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  return descend(def.shape?.[String(head)] ?? def.element ?? def.valueType, rest, valueAt(input, [head]));
}
