import { secretForm, secretUnder } from "../../values/secrets";
import { showReceived } from "./received";

type Path = readonly PropertyKey[];

/** A part of an input that no field can take, whatever its schema. */
export interface InputProblem {
  readonly path: Path;
  /** `<what is wrong>; <what to do>` */
  readonly message: string;
  readonly received: string;
}

/** An input as plain data, and what of it is not. */
export interface PlainInput {
  /** A copy, in which a symbol stands for what is not plain data: no field takes one, and none takes it for missing. */
  readonly value: unknown;
  readonly problems: readonly InputProblem[];
}

/** Levels of lists and objects. The deepest that AWS takes in one value are event patterns and policies, with far fewer. */
const deepest = 64;
/** Characters of one text. AWS takes far fewer in any. */
const longestText = 100_000;
/** Entries of a list or an object: as many as a list of addresses may have. */
const mostEntries = 10_000;
/** Entries that are lists or objects themselves. */
const mostParts = 1_000;
/** Lists and objects in all, so that time and memory have a limit. */
const mostInAll = 100_000;

/**
 * Copies an input and looks at what is the same for every field: that it is plain data of a size that is possible, and that
 * no text is a secret. It takes linear time, runs getters once, and never throws.
 */
export function plainInput(input: unknown): PlainInput {
  const copy = new Copy();
  const value = copy.of(input, []);
  return { value, problems: copy.problems };
}

class Copy {
  readonly problems: InputProblem[] = [];
  private readonly ancestors = new Set<object>();
  private count = 0;

  of(value: unknown, path: Path): unknown {
    // Told already: a property that cannot be read.
    if (value === unusable) return value;
    switch (typeof value) {
      case "undefined":
      case "boolean":
        return value;
      case "number":
        if (!Number.isFinite(value)) return this.wrong(path, "is not a finite number; write a number", String(value));
        // JSON has no negative zero.
        return value === 0 ? 0 : value;
      case "string":
        return this.text(value, path);
      case "object":
        return value === null ? null : this.container(value, path);
      default:
        return this.wrong(path, `is a ${typeof value}, not plain data; ${writePlainData}`, `a ${typeof value}`);
    }
  }

  private text(text: string, path: Path): unknown {
    if (text.length > longestText) {
      const message = `has ${text.length} characters; use at most ${longestText}`;
      return this.wrong(path, message, showReceived(text, path));
    }
    if (/[\0\p{Surrogate}]/u.test(text)) {
      const what = text.includes("\0") ? "the character NUL" : "half of a character that UTF-16 writes in two";
      return this.wrong(path, `contains ${what}, which AWS takes nowhere; remove it`, showReceived(text, path));
    }
    const name = String(path.findLast((part) => typeof part === "string") ?? "");
    const secret = secretUnder(name, text);
    if (secret === undefined) return text;
    this.wrong(path, secretMessage(secret), "(hidden)");
    // Left in the copy, because a text is not missing.
    return text;
  }

  private container(value: object, path: Path): unknown {
    if (this.ancestors.has(value)) {
      return this.wrong(path, "contains itself; write out what is meant", "a reference to what it is in");
    }
    if (path.length > deepest) {
      return this.wrong(path, `is nested in more than ${deepest} others; use fewer levels`, "a list or an object");
    }
    this.count += 1;
    if (this.count > mostInAll) {
      // Told once: where the limit is passed.
      if (this.count > mostInAll + 1) return unusable;
      const message = `is too much, as more than ${mostInAll} lists and objects come before it; use fewer`;
      return this.wrong(path, message, "a list or an object");
    }
    this.ancestors.add(value);
    try {
      return Array.isArray(value) ? this.list(value, path) : this.object(value, path);
    } catch (error) {
      // A getter or a proxy of the user's.
      return this.wrong(path, `cannot be read, ${reason(error)}; ${writePlainData}`, "an object that throws");
    } finally {
      this.ancestors.delete(value);
    }
  }

  private list(list: readonly unknown[], path: Path): unknown {
    const { length } = list;
    if (length > mostEntries) return this.tooMany(length, mostEntries, path);
    const entries: unknown[] = [];
    let parts = 0;
    for (let index = 0; index < length; index++) {
      if (!(index in list)) {
        entries.push(this.wrong([...path, index], "is a hole in the list; remove the extra comma", "nothing"));
        continue;
      }
      const entry = list[index];
      if (isObject(entry) && ++parts > mostParts) return this.tooMany(length, mostParts, path);
      entries.push(this.of(entry, [...path, index]));
    }
    return entries;
  }

  private object(object: object, path: Path): unknown {
    const kind = kindOf(object);
    if (kind !== undefined) return this.wrong(path, `is a ${kind}, not plain data; ${writePlainData}`, `a ${kind}`);
    const names = Object.keys(object);
    if (names.length > mostEntries) return this.tooMany(names.length, mostEntries, path);
    const copy: Record<string, unknown> = {};
    let parts = 0;
    for (const name of names) {
      const at = [...path, name];
      const value = this.property(object, name, at);
      if (isObject(value) && ++parts > mostParts) return this.tooMany(names.length, mostParts, path);
      const problem = nameProblem(name);
      if (problem !== undefined) this.wrong(at, problem, showReceived(value, at));
      else copy[name] = this.of(value, at);
    }
    return copy;
  }

  private property(object: object, name: string, path: Path): unknown {
    try {
      return (object as Record<string, unknown>)[name];
    } catch (error) {
      return this.wrong(path, `cannot be read, ${reason(error)}; ${writePlainData}`, "a getter that throws");
    }
  }

  private tooMany(count: number, most: number, path: Path): symbol {
    const those = most === mostParts ? " that are lists or objects themselves" : "";
    return this.wrong(path, `has too many entries; use at most ${most}${those}`, `${count} entries`);
  }

  private wrong(path: Path, message: string, received: string): symbol {
    this.problems.push({ path, message, received });
    return unusable;
  }
}

const secretMessage = (what: string): string =>
  `looks like a secret, because it holds ${what}; keep it in Secrets Manager and let the function read it there`;

const writePlainData = "write text, a number, true, false, a list or an object";

const unusable = Symbol("unusable");

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** What is wrong with the name of a property, whatever object it is in. */
function nameProblem(name: string): string | undefined {
  if (name === "__proto__") return "is not possible as a name; use another one";
  if (name.length > 1024) return "is too long a name; use at most 1024 characters";
  if (/[\0\p{Surrogate}]/u.test(name)) return "is a name with a character that AWS takes nowhere; remove the character";
  if (secretForm(name) === undefined) return undefined;
  return "is a name that looks like a secret; keep it in Secrets Manager";
}

/** What an object is that is more than its properties: `Date`; undefined for a plain one. */
function kindOf(object: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  // Object.prototype, also that of another realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return undefined;
  const { name } = (prototype as { constructor?: { name?: unknown } }).constructor ?? {};
  return typeof name === "string" && /^\w{1,40}$/.test(name) ? name : "class instance";
}

/** Why something cannot be read, in a few words. */
function reason(error: unknown): string {
  let message = "";
  try {
    message = error instanceof Error ? String(error.message) : String(error);
  } catch {
    // What was thrown cannot be read either.
  }
  const words = message.split("\n")[0]?.slice(0, 80) ?? "";
  if (words === "" || secretForm(words) !== undefined) return "as it throws an error";
  return `as it throws "${words}"`;
}
