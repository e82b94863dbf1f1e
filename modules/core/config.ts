import type { z } from "zod";
import { ConfigError, type ConfigIssue } from "./config-error";
import { messageOf, unionMessage, unknownField } from "./messages";
import { type InputProblem, plainInput } from "./plain-input";
import { showPath, showReceived } from "./received";

type Path = readonly PropertyKey[];
/** Reports one mistake; `path` is relative to the checked value, `message` is `<what is wrong>; <what to do>`. */
export type Report = (path: PropertyKey[], message: string) => void;

/**
 * Adds rules over several fields to a schema. Unlike plain zod refinements, rules also run if individual fields are
 * invalid, so that all mistakes in a file are reported at once: they see fields of the wrong type as missing, and one that
 * throws because of one is passed over. What they report about a part that is wrong in itself is left out.
 */
export function withRule<T extends z.ZodType>(
  schema: T,
  ...rules: readonly ((value: z.output<T>, report: Report) => void)[]
): T {
  return schema.superRefine(
    (value, context) => {
      if (!takeOutWrongTypes(value, context.issues as readonly z.core.$ZodRawIssue[])) return;
      const report: Report = (path, message) => context.addIssue({ code: "custom", path, message });
      for (const rule of rules) {
        try {
          rule(value as z.output<T>, report);
        } catch (error) {
          // Whether it is a defect is known once the whole file has been checked.
          const params = { [thrown]: error };
          context.addIssue({ code: "custom", message: "cannot be checked; correct the rule", params });
        }
      }
    },
    { when: () => true },
  ) as T;
}

/** Marks the issue of a rule that threw. */
const thrown = "thrownByRule";

/** Takes fields of the wrong type out of a copy that zod has made. @returns false if the value itself is of the wrong type */
function takeOutWrongTypes(value: unknown, issues: readonly z.core.$ZodRawIssue[]): boolean {
  for (const { code, path = [] } of issues) {
    if (code !== "invalid_type" && (code !== "invalid_union" || path.length > 0)) continue;
    const name = path.at(-1);
    if (name === undefined) return false;
    const parent = valueAt(value, path.slice(0, -1));
    // Leaves a hole in a list, which forEach, map and their like step over.
    if (isObject(parent)) delete (parent as Record<PropertyKey, unknown>)[name];
  }
  return true;
}

/**
 * Validates literal configuration against a schema and returns it with defaults filled in.
 * @param change of the input, such as the stage of a rehearsal, made before it is checked
 * @throws ConfigError listing the mistakes: the path, what is wrong, what to do and the value received
 */
export function parseConfig<T extends z.ZodType>(
  schema: T,
  input: unknown,
  subject: string,
  change: (input: unknown) => unknown = (unchanged) => unchanged,
): z.output<T> {
  const plain = plainInput(input);
  const value = change(plain.value);
  // Most schemas read one value in a process: compiling a function for each would take longer.
  const result = schema.safeParse(value, { jitless: true });
  if (result.success && plain.problems.length === 0) return result.data;
  const raw = (result.error?.issues ?? []) as z.core.$ZodIssue[];
  const issues = [
    ...plain.problems.map((problem) => ({ ...problem, path: showPath(problem.path) })),
    ...configIssues(schema, value, raw, plain.problems),
  ];
  if (issues.length > 0) throw new ConfigError(subject, issues);
  for (const issue of raw)
    if (issue.code === "custom" && issue.params && thrown in issue.params) throw issue.params[thrown];
  throw new Error(`${subject} was refused without a reason`);
}

/** Converts the issues of a failed parse to the toolkit's messages, with one for each unknown field. */
function configIssues(
  schema: z.ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
  problems: readonly InputProblem[],
): ConfigIssue[] {
  const told = new Paths(problems.map(({ path }) => path));
  // If a field itself is invalid, a rule's message about it or a part of it would only repeat that.
  const wrongInThemselves = new Paths(
    issues.filter(({ code }) => code !== "custom" && code !== "unrecognized_keys").map(({ path }) => path),
  );
  const found = issues
    .filter((issue) => issue.code !== "custom" || !(issue.params && thrown in issue.params))
    .filter(({ path }) => !told.cover(path))
    .filter(({ code, path }) => code !== "custom" || !wrongInThemselves.cover(path))
    .flatMap((issue) => describe(issue, schema, input, told));
  // Rules look at each region that is listed, and one may be listed twice, by mistake.
  return [...new Map(found.map((issue) => [`${issue.path}\0${issue.message}`, issue])).values()];
}

/** At the end of a path: what stands there looks like a secret, and is not shown. */
export const secretMark = "(secret)";
/** At the end of a path: all that stands there together is too large. */
export const sizeMark = "(size)";

/** Paths, to find out whether another one is among them or leads on from one of them. */
class Paths {
  private readonly known: ReadonlySet<string>;

  constructor(paths: readonly Path[]) {
    this.known = new Set(paths.map((path) => path.map(partOf).join("")));
  }

  cover(path: Path): boolean {
    let text = "";
    if (this.known.has(text)) return true;
    return path.some((part) => {
      text += partOf(part);
      return this.known.has(text);
    });
  }
}

const partOf = (part: PropertyKey): string => `${String(part)}\0`;

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown, told: Paths): ConfigIssue[] {
  const at = (path: Path, message: string): ConfigIssue => {
    const last = path.at(-1);
    // A rule marks what is no field, but something about one.
    const shown = last === secretMark || last === sizeMark ? path.slice(0, -1) : path;
    const value = valueAt(input, shown);
    if (last === sizeMark) {
      const { length } = Object.keys(value ?? {});
      return { path: showPath(shown), message, received: length === 1 ? "1 entry" : `${length} entries` };
    }
    const received = last === secretMark ? "(hidden)" : showReceived(value, shown);
    return { path: showPath(shown), message, received };
  };
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = fieldsAt(schema, issue.path, input);
      return issue.keys
        .filter((key) => !told.cover([...issue.path, key]))
        .map((key) => at([...issue.path, key], unknownField(key, known)));
    }
    case "invalid_key":
      return issue.issues.map((inner) => at(issue.path, `this name is not allowed; ${inner.message}`));
    case "invalid_union":
      return [at(issue.path, unionMessage(issue, valueAt(input, issue.path)))];
    default:
      return [at(issue.path, messageOf(issue, valueAt(input, issue.path)))];
  }
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      isObject(value) && Object.hasOwn(value, part) ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

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
