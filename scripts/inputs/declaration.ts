import { posix } from "node:path";
import type { z } from "zod";
import { documented, indented } from "./comment";
import { bare, definitionOf, isOptional, isSame, type Shape } from "./definition";
import { type NamedSchema, shapeOf } from "./named-schemas";

/** What is known of single fields besides their schemas: which capability they come with. */
export type Notes = ReadonlyMap<z.ZodType, string>;

/** The fields that may also come from elsewhere, each with its form that may then be written in part. */
export type Given = ReadonlyMap<z.ZodType, z.ZodType | undefined>;

/** Declares the input types of one folder's schemas, and knows the types of the others. */
export class Declarations {
  private readonly imported = new Map<string, Set<string>>();

  constructor(
    private readonly folder: string,
    private readonly known: readonly NamedSchema[],
    private readonly notes: Notes,
    /** What each capability brings, for the exceptions that name them. */
    private readonly brings: ReadonlyMap<string, string>,
    private readonly given: Given = new Map(),
  ) {}

  /** The text of the file that declares some schemas. */
  file(own: readonly NamedSchema[]): string {
    const declarations = own.map((named) => this.declared(named));
    const imports = [...this.imported]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([from, names]) => `import type { ${[...names].sort().join(", ")} } from "${from}";`);
    return ["// Generated from the schemas by `npm run docs`; do not edit.", ...imports, "", ...declarations, ""].join(
      "\n",
    );
  }

  private declared(named: NamedSchema): string {
    const { schema, schemaName } = named;
    const name = named.open
      ? `${named.name}<A extends ${this.imports("AddedInput", "contract")} = AddedInput>`
      : named.name;
    const inner = bare(schema);
    const what = schemaName ? `What \`${schemaName}\` takes: fields with defaults may be left out.` : inner.description;
    const comment = documented(
      schema,
      what ?? "As an environment's file states it: fields with defaults may be left out.",
    );
    if (definitionOf(inner).type !== "object") return `${comment}export type ${name} = ${this.written(inner)};\n`;
    const { base, own } = this.parts(shapeOf(inner), named);
    return `${comment}export interface ${name} ${base ? `extends ${base} ` : ""}${this.body(own)}\n`;
  }

  /** The type of what is written for a schema. */
  private typeOf(schema: z.ZodType): string {
    const inner = bare(schema);
    const named = this.known.find((each) => isSame(bare(each.schema), inner));
    return named ? this.use(named) : this.written(inner);
  }

  private written(schema: z.ZodType): string {
    const { type, shape, element, keyType, valueType, innerType, options, entries, values } = definitionOf(schema);
    if (shape) {
      const { base, own } = this.parts(shape);
      if (!base) return this.body(own);
      return Object.keys(own).length > 0 ? `${base} & ${this.body(own)}` : base;
    }
    if (element) return `readonly ${inParentheses(this.typeOf(element))}[]`;
    if (keyType && valueType) return this.record(keyType, valueType);
    if (options) return options.map((option) => this.typeOf(option)).join(" | ");
    if (entries) return literals(Object.values(entries));
    if (values) return literals(values);
    if (type === "nullable" && innerType) return `${this.typeOf(innerType)} | null`;
    if (["string", "number", "boolean", "unknown"].includes(type)) return type;
    throw new Error(`the input of a schema of type ${type} is not declared yet; add it to scripts/inputs`);
  }

  private record(keyType: z.ZodType, valueType: z.ZodType): string {
    const value = this.typeOf(valueType);
    const { entries } = definitionOf(bare(keyType));
    if (!entries) return `{ readonly [name: string]: ${value} }`;
    const named = this.known.find((each) => isSameEnum(each.schema, keyType));
    if (named) return `{ readonly [K in ${this.use(named)}]?: ${value} }`;
    const names = Object.values(entries);
    if (!names.some((name) => this.brings.has(name))) return `{ readonly [K in ${literals(names)}]?: ${value} }`;
    return this.block(names.map((name) => documented(undefined, this.brings.get(name)) + field(name, true, value)));
  }

  /**
   * A shape as the named one that it adds to, and what it adds. One with a name of its own may also narrow fields. Everything
   * else is written in full: the compiler forgets the comments of fields that go through `Omit`, or are narrowed by `&`.
   */
  private parts(shape: Shape, self?: NamedSchema): { readonly base?: string; readonly own: Shape } {
    const [closest] = this.known
      .filter((each) => each !== self)
      .map((each) => ({ each, theirs: Object.entries(shapeOf(each.schema)) }))
      .map(({ each, theirs }) => ({
        each,
        holds: theirs.every(([name]) => name in shape),
        shared: theirs.filter(([name, schema]) => schema === shape[name]).map(([name]) => name),
        most: theirs.length,
      }))
      .filter(
        ({ holds, shared, most }) =>
          holds && shared.length > 1 && (self ? shared.length * 2 > most : shared.length === most),
      )
      .sort((one, other) => other.shared.length - one.shared.length);
    if (!closest) return { own: shape };
    const { each, shared } = closest;
    return {
      base: this.use(each),
      own: Object.fromEntries(Object.entries(shape).filter(([name]) => !shared.includes(name))),
    };
  }

  private body(shape: Shape, allOptional = false): string {
    return this.block(
      Object.entries(shape).map(([name, schema]) => {
        const optional = allOptional || isOptional(schema) || this.given.has(schema);
        return documented(schema, undefined, this.notes.get(schema)) + field(name, optional, this.fieldType(schema));
      }),
    );
  }

  /** In full where a form may be written in part: the compiler forgets the comments of fields that go through `Partial`. */
  private fieldType(schema: z.ZodType): string {
    const partial = this.given.get(schema);
    if (!partial) return this.typeOf(schema);
    const { options = [] } = definitionOf(bare(schema));
    return options
      .map((option) => (option === partial ? this.body(shapeOf(option), true) : this.typeOf(option)))
      .join(" | ");
  }

  private block(fields: readonly string[]): string {
    return fields.length > 0 ? `{\n${indented(fields.join("\n"))}\n}` : "{}";
  }

  private use({ name, folder, added, open }: NamedSchema): string {
    return `${this.imports(name, folder)}${open ? "<A>" : ""}${added ? ` & A["${added}"]` : ""}`;
  }

  private imports(name: string, folder: string): string {
    if (folder !== this.folder) {
      const from = posix.relative(this.folder, folder);
      this.imported.set(from, (this.imported.get(from) ?? new Set()).add(name));
    }
    return name;
  }
}

const literals = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(" | ");

const field = (name: string, optional: boolean, type: string): string =>
  `readonly ${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}${optional ? "?" : ""}: ${type};`;

/** In parentheses if it is several types, apart from those of fields. */
function inParentheses(type: string): string {
  let outer = type;
  while (/\{[^{}]*\}/.test(outer)) outer = outer.replace(/\{[^{}]*\}/g, "");
  return /[|&]/.test(outer) ? `(${type})` : type;
}

/** Keys of a map that need not all be there are a copy of their schema. */
function isSameEnum(one: z.ZodType, other: z.ZodType): boolean {
  const { entries } = definitionOf(bare(one));
  return entries !== undefined && entries === definitionOf(bare(other)).entries;
}
