import { z } from "zod";

/** What zod says about a schema in the form of JSON Schema. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly propertyNames?: JsonSchema;
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** A schema as JSON Schema, of what is written: fields with defaults may be left out. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** What a field takes, as Markdown: `integer 128..10240`, or each of its values. */
export function takes(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) {
    return schema.enum.length > 12
      ? `one of ${schema.enum.length} values`
      : schema.enum.map((value) => `\`${value}\``).join(" ");
  }
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return [...new Set(options.map(takes))].join(" or ");
  if (schema.type === "array") {
    return `list of ${takes(schema.items ?? {})}${amount("entries", schema.minItems, schema.maxItems)}`;
  }
  if (schema.type === "object") {
    if (!schema.additionalProperties) return "object";
    const { minLength, maxLength } = schema.propertyNames ?? {};
    return `map${amount("characters in a name", minLength, maxLength)}`;
  }
  return `${[schema.type ?? "any"].flat().join(" or ")}${range(schema)}`;
}

function range({ minimum, maximum, exclusiveMaximum, minLength, maxLength }: JsonSchema): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? String(minimum) : "";
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? String(maximum) : "";
  if (exclusiveMaximum !== undefined) return ` ${low}.., below ${exclusiveMaximum}`;
  if (low || high) return ` ${low}..${high}`;
  return amount("characters", minLength, maxLength).replace(",", " of");
}

/** A lower limit of 1 is left out beside an upper one: what is empty says nothing anywhere. */
function amount(unit: string, least = 0, most?: number): string {
  if (most === undefined) return least > 1 ? `, at least ${least} ${unit}` : "";
  return least > 1 ? `, ${least} to ${most} ${unit}` : `, at most ${most} ${unit}`;
}

/** A field somewhere in a schema. */
export interface SchemaField {
  /** From the root; `[]` stands for each entry of a list, `*` for each name of a map. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Whether it is there if the object that contains it is. */
  readonly required: boolean;
}

/** Every field of a schema, in its order, each before those inside of it. */
export const fieldsOf = (schema: JsonSchema): SchemaField[] => within(schema, "", true);

function within(schema: JsonSchema, path: string, required: boolean): SchemaField[] {
  const variants = (schema.oneOf ?? schema.anyOf ?? []).filter((variant) => variant.properties);
  const own = path ? [{ path, schema, required }] : [];
  return [
    ...own,
    ...properties(schema, path),
    ...variants.flatMap((variant) => properties(variant, path)),
    ...(schema.items ? within(schema.items, `${path}[]`, true).slice(schema.items.properties ? 1 : 0) : []),
    ...(typeof schema.additionalProperties === "object" ? properties(schema.additionalProperties, `${path}.*`) : []),
  ];
}

function properties({ properties: all = {}, required = [] }: JsonSchema, path: string): SchemaField[] {
  return Object.entries(all).flatMap(([name, field]) =>
    within(field, path ? `${path}.${name}` : name, required.includes(name)),
  );
}
