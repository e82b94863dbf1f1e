import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { DynamicValue } from "./messages";

/** What a provider promises about a value it does not know yet: Terraform's "refinements". */
export interface Refinements {
  /** The string starts with this. */
  prefix?: string;
  /** A collection has at least this many elements. */
  minLength?: number;
}

/** A value that is known only after apply. */
export class Unknown {
  constructor(readonly refinements: Refinements = {}) {}
}

/** Any value of Terraform's type system as it appears in MessagePack. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Unknown
  | Uint8Array
  | Value[]
  | { [name: string]: Value };

/** An object value: a resource, a block or a map. */
export type ObjectValue = { [name: string]: Value };

const prefixRefinement = 2;
const minLengthRefinement = 5;

function decodeRefinements(data: Uint8Array): Unknown {
  const map = new Decoder({ mapKeyConverter: mapKey }).decode(data) as Record<string, unknown>;
  const prefix = map[prefixRefinement];
  const minLength = map[minLengthRefinement];
  return new Unknown({
    ...(typeof prefix === "string" && { prefix }),
    ...(typeof minLength === "number" && { minLength }),
  });
}

function mapKey(key: unknown): string | number {
  return typeof key === "number" ? key : String(key);
}

const extensions = new ExtensionCodec();
// cty writes a plain unknown as extension 0 and a refined one as extension 12.
extensions.register({ type: 0, encode: () => null, decode: () => new Unknown() });
extensions.register({ type: 12, encode: () => null, decode: decodeRefinements });
const unknownExtension = new ExtData(0, new Uint8Array([0]));

// 64-bit integers stay exact as bigint; decimals that do not fit a float arrive as strings and stay so.
const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true, mapKeyConverter: mapKey });
const encoder = new Encoder({ useBigInt64: true });

function replaceUnknown(value: Value): unknown {
  if (value instanceof Unknown) return unknownExtension;
  if (value instanceof Uint8Array || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(replaceUnknown);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaceUnknown(inner)]));
}

/** Reads a value; an absent one reads as null. */
export function decodeValue(dynamic: DynamicValue | null | undefined): Value {
  if (dynamic?.msgpack?.length) return decoder.decode(dynamic.msgpack) as Value;
  if (dynamic?.json?.length) return JSON.parse(Buffer.from(dynamic.json).toString("utf8")) as Value;
  return null;
}

/** Reads a value that is an object or null. */
export function decodeObject(dynamic: DynamicValue | null | undefined): ObjectValue | null {
  const value = decodeValue(dynamic);
  return isObject(value) ? value : null;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(replaceUnknown(value)) };
}

export function isObject(value: unknown): value is ObjectValue {
  return (
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Unknown)
  );
}

/** True when a value or anything inside it is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}
