import type { Json } from "../../../../terraform";

/** A resource that AWS refuses to create. */
export interface WrongInput {
  /** What is wrong with it: `a queue whose name another has, with other attributes`. */
  readonly title: string;
  readonly type: string;
  readonly body: Json;
  /** A resource of the same type that AWS accepts, and that stands in the way of the other. */
  readonly first?: Json;
  /** AWS's error code; the provider's own words where it refuses before it calls AWS. */
  readonly code: string;
  /** What moto answers where that is not AWS's code. */
  readonly motoCode?: string;
}

/**
 * A second resource that AWS takes for the first.
 * @param other Arguments in which the second differs.
 */
export function twice(
  title: string,
  code: string,
  type: string,
  body: Json,
  { other = {}, motoCode }: { readonly other?: Json; readonly motoCode?: string } = {},
): WrongInput {
  return { title, type, first: body, body: { ...body, ...other }, code, motoCode };
}

/** A resource that is wrong by itself. */
export function alone(title: string, code: string, type: string, body: Json, motoCode?: string): WrongInput {
  return { title, type, body, code, motoCode };
}
