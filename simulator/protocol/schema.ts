import { schemaMessage, type WireBlock } from "./messages";
import { dataSourceSchemas, ephemeralResourceSchemas, resourceSchemas, type SchemaField } from "./schema-answer";

/** cty's JSON form of a type. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | ["list" | "set" | "map", Type]
  | ["tuple", Type[]]
  | ["object", { [name: string]: Type }]
  | ["object", { [name: string]: Type }, string[]];

export interface Attribute {
  name: string;
  type: Type;
  required: boolean;
  optional: boolean;
  computed: boolean;
  writeOnly: boolean;
}

export type Nesting = "single" | "list" | "set" | "map" | "group";

export interface NestedBlock {
  name: string;
  nesting: Nesting;
  minItems: number;
  block: Block;
}

export interface Block {
  attributes: Attribute[];
  blocks: NestedBlock[];
}

/** The schemas of one provider, each parsed on first use: most runs touch a few dozen of 1,500 types. */
export interface ProviderSchema {
  resource(typeName: string): Block;
  dataSource(typeName: string): Block;
  ephemeralResource(typeName: string): Block;
  resourceTypes: string[];
  dataSourceTypes: string[];
}

const nestings: Record<number, Nesting> = { 1: "single", 2: "list", 3: "set", 4: "map", 5: "group" };

function parseBlock(wire: WireBlock | null): Block {
  return {
    attributes: (wire?.attributes ?? []).map((attribute) => ({
      name: attribute.name,
      type: JSON.parse(Buffer.from(attribute.type).toString("utf8")) as Type,
      required: attribute.required,
      optional: attribute.optional,
      computed: attribute.computed,
      writeOnly: attribute.write_only,
    })),
    blocks: (wire?.block_types ?? []).map((nested) => ({
      name: nested.type_name,
      nesting: nestings[nested.nesting] ?? "list",
      minItems: nested.min_items,
      block: parseBlock(nested.block),
    })),
  };
}

function lookup(fields: SchemaField[], number: number): { find(typeName: string): Block; types: string[] } {
  const schemas = new Map<string, Buffer>();
  for (const field of fields) if (field.number === number && field.typeName) schemas.set(field.typeName, field.schema);
  const parsed = new Map<string, Block>();
  const find = (typeName: string): Block => {
    const known = parsed.get(typeName);
    if (known) return known;
    const bytes = schemas.get(typeName);
    if (!bytes) throw new Error(`The provider has no type ${typeName}.`);
    const block = parseBlock(schemaMessage.decode(bytes).block);
    parsed.set(typeName, block);
    return block;
  };
  return { find, types: [...schemas.keys()] };
}

/** Reads the fields of the answer to GetSchema. */
export function parseProviderSchema(fields: SchemaField[]): ProviderSchema {
  const resources = lookup(fields, resourceSchemas);
  const dataSources = lookup(fields, dataSourceSchemas);
  const ephemeralResources = lookup(fields, ephemeralResourceSchemas);
  return {
    resource: resources.find,
    dataSource: dataSources.find,
    ephemeralResource: ephemeralResources.find,
    resourceTypes: resources.types,
    dataSourceTypes: dataSources.types,
  };
}
