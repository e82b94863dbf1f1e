import type { z } from "zod";

/** What zod keeps of a schema, whatever its kind. */
interface Definition {
  readonly type: string;
  readonly shape?: Shape;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly (string | number | boolean | null)[];
}

export type Shape = Readonly<Record<string, z.ZodType>>;

export const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition;

/** A schema without its defaults, and without whether it may be left out. */
export function bare(schema: z.ZodType): z.ZodType {
  const { type, innerType } = definitionOf(schema);
  return innerType && type !== "nullable" ? bare(innerType) : schema;
}

/** Whether a field may be left out where it is written. */
export const isOptional = (schema: z.ZodType): boolean => schema._zod.optin !== undefined;

/** Whether two schemas are one, apart from what describes them. */
export const isSame = (one: z.ZodType, other: z.ZodType): boolean => one._zod.def === other._zod.def;
