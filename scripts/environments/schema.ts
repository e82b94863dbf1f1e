import { z } from "zod";
import type { EnvironmentDefinition } from "../../config";
import type { Draw } from "../random";

/** What a JSON schema says of a value, as far as mutations ask. */
export interface SchemaPart {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly required?: readonly string[];
  readonly items?: SchemaPart;
  readonly additionalProperties?: SchemaPart | boolean;
  readonly propertyNames?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly oneOf?: readonly SchemaPart[];
}

/** The schema of environment files. */
export const schemaOf = ({ toolkit }: EnvironmentDefinition): SchemaPart =>
  z.toJSONSchema(toolkit.schema, { io: "input", unrepresentable: "any" }) as SchemaPart;

/** What the schema says of a path; several where it allows several forms. */
export function partsAt(schema: SchemaPart, path: readonly PropertyKey[]): readonly SchemaPart[] {
  let parts: readonly SchemaPart[] = formsOf(schema);
  for (const step of path) parts = parts.flatMap((part) => formsOf(stepInto(part, step)));
  return parts;
}

function formsOf(part: SchemaPart | undefined): readonly SchemaPart[] {
  if (!part) return [];
  return [part, ...(part.anyOf ?? []).flatMap(formsOf), ...(part.oneOf ?? []).flatMap(formsOf)];
}

function stepInto(part: SchemaPart, step: PropertyKey): SchemaPart | undefined {
  if (typeof step === "number") return part.items;
  const { properties = {}, additionalProperties } = part;
  if (Object.hasOwn(properties, step)) return properties[String(step)];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** A value that the schema allows by itself, drawn. */
export function validValue(part: SchemaPart, draw: Draw): unknown {
  if (part.const !== undefined) return part.const;
  if (part.enum) return draw(part.enum);
  const forms = part.oneOf ?? part.anyOf;
  if (forms && forms.length > 0) return validValue(draw(forms), draw);
  if (part.type === undefined) return part.default ?? {};
  switch (part.type) {
    case "object": {
      const { properties = {}, required = [], additionalProperties, propertyNames } = part;
      const chosen = Object.entries(properties).filter(
        ([name]) => required.includes(name) || draw([true, false, false]),
      );
      const fields = chosen.map(([name, field]) => [name, validValue(field, draw)] as const);
      if (typeof additionalProperties !== "object" || draw([true, false])) return Object.fromEntries(fields);
      const name = String(propertyNames?.enum ? draw(propertyNames.enum) : draw(names));
      return Object.fromEntries([...fields, [name, validValue(additionalProperties, draw)]]);
    }
    case "array":
      return Array.from({ length: draw([0, 1, 1, 2]) }, () => validValue(part.items ?? {}, draw));
    case "boolean":
      return draw([true, false]);
    case "integer":
    case "number":
      return draw([part.default ?? part.minimum ?? 1, ...limitsOf([part]), 1, 60]);
    case "string":
      return part.default ?? draw(texts);
    default:
      return part.default;
  }
}

const names = ["orders", "ledger", "extra", "GET /extra", "EXTRA", "page-size"];
const texts = [
  "orders",
  "A sentence of some words",
  "extra.example.com",
  "https://example.com/x",
  "10.0.0.0/16",
  "eu-west-1",
];

/** The limits of numbers. */
export const limitsOf = (parts: readonly SchemaPart[]): number[] =>
  parts
    .flatMap(({ minimum, maximum }) => [minimum, maximum])
    .filter((limit): limit is number => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER);
