import { createHash } from "node:crypto";
import { interceptLoad } from "./intercept-load";

type Stringify = (value: unknown, options?: { readonly space?: number | string }) => string | undefined;

/** The files of each engine: one writes Terraform JSON, one the list of stacks, one what tests compare. */
const writer = /[\\/]cdkt[fn][\\/]lib[\\/](synthesize[\\/]synthesizer|manifest|testing[\\/]index)\.js$/;

/** Set to `off`, the engine's library writes everything. */
const variable = "EVENKEEL_WRITE_SORTED";

/**
 * Has V8 write what the engine gives to `json-stable-stringify`, with the names in the same order: the text is the same. What that library
 * would write in another way is left to it.
 */
export function writeSortedDirectly(): void {
  if (process.env[variable] === "off") return;
  interceptLoad((request, importer, load) => {
    if (request !== "json-stable-stringify" || !writer.test(importer)) return undefined;
    // Loaded when it is called: it brings a dozen modules.
    return sortedWriter((...args) => (load() as Stringify)(...args));
  });
}

const written = new WeakMap<object, string>();
const digests = new WeakMap<object, string>();

/** A hash of the text that a value was written as, if V8 has written it in this process. */
export function writtenDigest(value: unknown): string | undefined {
  const text = written.get(value as object);
  if (text === undefined) return undefined;
  const digest = digests.get(value as object) ?? createHash("sha256").update(text).digest("hex");
  digests.set(value as object, digest);
  return digest;
}

/** Writes as the library does. */
export function sortedWriter(byLibrary: Stringify): Stringify {
  return (value, options) => {
    const sorted = options?.space === 2 ? inOrder(value) : undefined;
    if (sorted === undefined) return byLibrary(value, options);
    const text = openEmpty(JSON.stringify(sorted, undefined, 2));
    if (typeof value === "object" && value !== null) written.set(value, text);
    return text;
  };
}

/** A copy with names in the order of their characters; undefined for what has no such copy. */
function inOrder(value: unknown): unknown {
  if ("toJSON" in Object.prototype) return undefined;
  try {
    return copied(value);
  } catch {
    return undefined;
  }
}

function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError("is no plain data");
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    // V8 puts numbers in front of other names, whatever their order.
    if (startsWithDigit.test(name) || name === "__proto__") throw new RangeError("has no order of its own");
    if (name === "toJSON") throw new TypeError("is no plain data");
    copy[name] = copied((value as Record<string, unknown>)[name]);
  }
  return copy;
}

const startsWithDigit = /^\d/;

/** The library closes what is empty on a line of its own. A text never ends a line without a quote. */
function openEmpty(json: string): string {
  return json.replace(/([{[])([}\]])(?=,?$)/gm, (_, open: string, close: string, at: number) => {
    const line = json.slice(json.lastIndexOf("\n", at) + 1, at);
    return `${open}\n${line.slice(0, line.length - line.trimStart().length)}${close}`;
  });
}
