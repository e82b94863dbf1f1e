/** An object of a JSON file. */
export interface Json {
  readonly [key: string]: unknown;
}

/** A value of a JSON file as an object; empty if it is not an object. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
